"""Each field type: what people type, in which script and width ever, and what is refused with which code."""

import datetime as dt
from typing import Any

import msgspec
import pytest
from form_names import ADDRESSES, PASSPORT_NAMES, REGISTRY_NAMES
from form_samples import HOUSEHOLD, TODAY, field, options

from madang.forms.model import Field, FormDefinition, FormPage
from madang.forms.raw import raw_of
from madang.forms.validate import PageResult, validate_answers, validate_page
from madang.i18n.locales import LOCALES, Locale

FIELD = "it"


def form(definition: Field) -> FormDefinition:
    return FormDefinition(id="one", version=1, fields={FIELD: definition}, pages=(FormPage(id="p", ask=(FIELD,)),))


def read(definition: Field, typed: str | dict[str, Any], locale: Locale = "ko", **more: Any) -> PageResult:
    """One field, posted: a string for its only control, or its parts."""
    if isinstance(typed, str):
        posted = {FIELD: [typed]}
    else:
        posted = {f"{FIELD}-{part}" if part else FIELD: [v] if isinstance(v, str) else v for part, v in typed.items()}
    return validate_page(form(definition), "p", posted, answers={}, today=TODAY, locale=locale, **more)


def answer(definition: Field, typed: str | dict[str, Any], locale: Locale = "ko", **more: Any) -> Any:
    result = read(definition, typed, locale, **more)
    assert result.errors == ()
    assert validate_answers(form(definition), result.answers, TODAY, **more) == ()
    return result.answers[FIELD]


def code(definition: Field, typed: str | dict[str, Any], locale: Locale = "ko", **more: Any) -> tuple[str, str]:
    """The code of the only error, and the part it stands at."""
    (error,) = read(definition, typed, locale, **more).errors
    assert error.field == FIELD
    return error.code, error.control.removeprefix(FIELD).removeprefix("-")


DATE = field("date")


@pytest.mark.parametrize(
    "parts",
    [
        ("2026", "11", "22"),
        ("２０２６", "１１", "２２"),
        ("๒๕๖๙", "๑๑", "๒๒"),
        ("2569", "11", "22"),
        ("พ.ศ. 2569", "พ.ย.", "22"),
        ("พศ2569", "พฤศจิกายน", "วันที่ 22"),
        ("ค.ศ. 2026", "11", "22"),
        ("R8", "11", "22"),
        ("r8", "11", "22"),
        ("令和8年", "11月", "22日"),
        ("㋿8", "11", "22"),
        ("2026년", "11월", "22일"),
        ("2026年", "十一月", "22号"),
        ("2026", "November", "22nd"),
        ("2026 ", " nov. ", "22."),
        ("năm 2026", "tháng 11", "ngày 22"),
        ("2026", "thg 11", "22"),
        ("BE 2569", "11", "22"),
        ("2026 AD", "11", "22"),
        ("2026-11-22", "", ""),
        ("", "", "2026. 11. 22."),
        ("20261122", "", ""),
        ("2026年11月22日", "", ""),
        ("2569/11/22", "", ""),
        ("٢٠٢٦", "١١", "٢٢"),
    ],
)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_date_is_understood_however_it_is_written(parts: tuple[str, str, str], locale: Locale) -> None:
    assert answer(DATE, dict(zip(("year", "month", "day"), parts, strict=True)), locale) == "2026-11-22"


@pytest.mark.parametrize(
    ("year", "expected"),
    [("H31", "2019"), ("平成元", "1989"), ("S64", "1989"), ("昭和55", "1980"), ("T15", "1926"), ("明治45", "1912")],
)
def test_the_eras_of_japan(year: str, expected: str) -> None:
    assert answer(DATE, {"year": year, "month": "3", "day": "3"}) == f"{expected}-03-03"


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        ("", "11", "22", ("no-year", "year")),
        ("2026", "", "22", ("no-month", "month")),
        ("2026", "11", "", ("no-day", "day")),
        ("26", "11", "22", ("year", "year")),
        ("0", "11", "22", ("year", "year")),
        ("R0", "11", "22", ("year", "year")),
        ("2399", "11", "22", ("year", "year")),
        ("2701", "11", "22", ("year", "year")),
        ("1800", "11", "22", ("year", "year")),
        ("yes", "11", "22", ("year", "year")),
        ("2026", "13", "22", ("not-a-date", "month")),
        ("2026", "0", "22", ("not-a-date", "month")),
        ("2026", "Brumaire", "22", ("not-a-date", "month")),
        ("2026", "11", "31", ("not-a-date", "day")),
        ("2026", "2", "29", ("not-a-date", "day")),
        ("2026", "2", "0", ("not-a-date", "day")),
        ("11/22/2026", "", "", ("no-month", "month")),
        ("2026-13-45", "", "", ("not-a-date", "month")),
        ("2026\0", "11", "22", ("year", "year")),
    ],
)
def test_a_date_that_is_none(year: str, month: str, day: str, expected: tuple[str, str]) -> None:
    assert code(DATE, {"year": year, "month": month, "day": day}) == expected


def test_the_29th_of_february_of_a_leap_year_in_the_buddhist_era() -> None:
    assert answer(DATE, {"year": "2567", "month": "2", "day": "29"}) == "2024-02-29"


@pytest.mark.parametrize(
    ("rules", "typed", "expected"),
    [
        ({"latest": "today"}, "2026-11-22", None),
        ({"latest": "today"}, "2026-11-23", "future"),
        ({"earliest": "today"}, "2026-11-21", "past"),
        ({"earliest": "today-10y"}, "2016-11-22", None),
        ({"earliest": "today-10y"}, "2016-11-21", "too-early"),
        ({"latest": "today+3m"}, "2027-02-22", None),
        ({"latest": "today+3m"}, "2027-02-23", "too-late"),
        ({"earliest": "today-30d"}, "2026-10-22", "too-early"),
        ({"earliest": "2020-01-01"}, "2019-12-31", "too-early"),
    ],
)
def test_bounds_of_a_date(rules: dict[str, str], typed: str, expected: str | None) -> None:
    result = read(field("date", **rules), {"year": typed, "month": "", "day": ""})
    assert [error.code for error in result.errors] == ([expected] if expected else [])


def test_three_months_before_the_31st_of_may_is_the_last_of_february() -> None:
    definition = form(field("date", earliest="today-3m"))
    for day, wrong in (("28", False), ("27", True)):
        posted = {"it-year": ["2026"], "it-month": ["2"], "it-day": [day]}
        result = validate_page(definition, "p", posted, answers={}, today=dt.date(2026, 5, 31))
        assert bool(result.errors) is wrong


@pytest.mark.parametrize("locale", LOCALES)
def test_a_date_left_empty_leads_to_the_part_that_stands_first(locale: Locale) -> None:
    first = "year" if locale in ("ko", "ja", "zh") else "day"
    assert code(DATE, {"year": " ", "month": "", "day": "\u3000"}, locale) == ("enter", first)


@pytest.mark.parametrize(
    ("typed", "locale", "expected"),
    [
        ("12.5", "ko", "12.5"),
        ("１２．５", "ja", "12.5"),
        ("๑๒", "th", "12"),
        ("1,234.50", "ko", "1234.5"),
        ("1.234,50", "ko", "1234.5"),
        ("12,5", "ko", "12.5"),
        ("1,234", "en", "1234"),
        ("1.234", "en", "1.234"),
        ("1.234", "vi", "1234"),
        ("1,234", "vi", "1.234"),
        ("1.234.567", "en", "1234567"),
        ("1 234 567", "en", "1234567"),
        ("1'234", "en", "1234"),
        ("−3", "ko", "-3"),
        ("-0", "ko", "0"),
        ("007", "ko", "7"),
        ("+7", "ko", "7"),
        ("３，０００", "zh", "3000"),
    ],
)
def test_a_number(typed: str, locale: Locale, expected: str) -> None:
    assert answer(field("number"), typed, locale) == expected


@pytest.mark.parametrize("typed", ["x", "1e5", "1,2,3", "1.2.3", "--1", "∞", "NaN", "1" * 40, "½", "1,234.5.6", "0x10"])
def test_no_number(typed: str) -> None:
    assert code(field("number"), typed) == ("number", "")


def test_bounds_of_numbers() -> None:
    assert code(field("number", min=1), "0.5")[0] == "too-small"
    assert code(field("number", max=10), "10.01")[0] == "too-large"
    assert answer(field("number", min=-5, max=-1), "-1") == "-1"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("50000", 50000),
        ("50,000", 50000),
        ("50.000", 50000),
        ("50.000 ₩", 50000),
        ("₩50,000", 50000),
        ("５０，０００円", 50000),
        ("50,000원", 50000),
        ("KRW 1,234,567", 1234567),
        ("๕๐๐ วอน", 500),
        ("50 000 won", 50000),
        ("0", 0),
    ],
)
def test_money(typed: str, expected: int) -> None:
    assert answer(field("money"), typed) == expected


@pytest.mark.parametrize("typed", ["50,00", "1.5", "five", "1,234.567", "12,34,567", "9" * 30, "$"])
def test_no_money(typed: str) -> None:
    assert code(field("money"), typed) == ("money", "")


def test_money_is_not_negative_unless_the_field_says_so() -> None:
    assert code(field("money"), "-1")[0] == "too-small"
    assert answer(field("money", min=-10), "-1") == -1
    assert code(field("money", max=100), "101")[0] == "too-large"


@pytest.mark.parametrize("name", REGISTRY_NAMES, ids=lambda name: " ".join(name.values()))
def test_names_of_the_whole_world_are_valid(name: dict[str, str]) -> None:
    assert len(REGISTRY_NAMES) >= 60
    typed = {**name, "has-single": "true"} if "single" in name else name
    assert answer(field("name", kind="registry"), typed) == name


@pytest.mark.parametrize(("typed", "kept"), PASSPORT_NAMES, ids=lambda name: " ".join(name.values()))
def test_names_as_in_the_passport(typed: dict[str, str], kept: dict[str, str]) -> None:
    assert answer(field("name", kind="passport"), typed) == kept


REGISTRY, PASSPORT_NAME = field("name", kind="registry"), field("name", kind="passport")


@pytest.mark.parametrize(
    ("definition", "typed", "expected"),
    [
        (REGISTRY, {"family": "김", "given": ""}, ("given-name", "given")),
        (REGISTRY, {"family": "", "given": "민준"}, ("family-name", "family")),
        (REGISTRY, {}, ("enter", "family")),
        (REGISTRY, {"has-single": "true"}, ("enter", "single")),
        (REGISTRY, {"has-single": "true", "family": "A", "given": "B"}, ("enter", "single")),
        (REGISTRY, {"family": "김2", "given": "민준"}, ("name-characters", "family")),
        (REGISTRY, {"family": "김", "given": "😀"}, ("name-characters", "given")),
        (REGISTRY, {"family": "김", "given": "-"}, ("name-characters", "given")),
        (REGISTRY, {"family": "<b>", "given": "x"}, ("name-characters", "family")),
        (REGISTRY, {"family": "김\0", "given": "x"}, ("characters", "family")),
        (REGISTRY, {"family": "김", "given": "\ud800"}, ("characters", "given")),
        (REGISTRY, {"family": "김", "given": "x" * 201}, ("too-long", "given")),
        (PASSPORT_NAME, {"family": "MÜLLER", "given": "X"}, ("passport-characters", "family")),
        (PASSPORT_NAME, {"family": "김", "given": "X"}, ("passport-characters", "family")),
        (PASSPORT_NAME, {"family": "KIM", "given": "M1"}, ("passport-characters", "given")),
        (PASSPORT_NAME, {"family": "-KIM", "given": "M"}, ("passport-characters", "family")),
    ],
)
def test_names_that_need_a_word(definition: Field, typed: dict[str, str], expected: tuple[str, str]) -> None:
    assert code(definition, typed) == expected


def test_a_name_of_200_characters_and_a_single_name_in_the_wrong_box() -> None:
    assert answer(REGISTRY, {"family": "x" * 200, "given": "y"})["family"] == "x" * 200
    assert answer(REGISTRY, {"family": "Suharto", "has-single": "true"}) == {"single": "Suharto"}
    assert answer(REGISTRY, {"single": "Suharto"}) == {"single": "Suharto"}
    both = {"family": "김", "given": "민준"}
    assert answer(REGISTRY, {**both, "single": "left over"}) == both


def test_a_name_is_composed_and_tidied() -> None:
    assert answer(REGISTRY, {"family": " Nguye\u0302\u0303n ", "given": "Văn\u00a0\u3000An"}) == {
        "family": "Nguyễn",
        "given": "Văn An",
    }


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address["line1"])
def test_addresses_of_the_whole_world_are_valid(address: dict[str, str]) -> None:
    assert answer(field("address"), address) == address


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"country": "KR", "postcode": "110-840", "line1": "x"}, ("postcode", "postcode")),
        ({"country": "KR", "postcode": "", "line1": "x"}, ("postcode", "postcode")),
        ({"country": "KR", "postcode": "03045", "line1": " "}, ("address", "line1")),
        ({"country": "", "postcode": "", "line1": "x"}, ("country", "country")),
        ({"country": "XX", "postcode": "", "line1": "x"}, ("country", "country")),
        ({"country": "VN", "postcode": "!", "line1": "x"}, ("foreign-postcode", "postcode")),
        ({"country": "VN", "line1": "x\x07"}, ("characters", "line1")),
        ({"country": "VN", "line1": "x", "line2": "y" * 201}, ("too-long", "line2")),
        ({}, ("enter", "country")),
    ],
)
def test_addresses_that_need_a_word(typed: dict[str, str], expected: tuple[str, str]) -> None:
    assert code(field("address"), typed) == expected


def test_a_stored_address_may_lack_what_it_does_not_have() -> None:
    definition = form(field("address"))
    assert validate_answers(definition, {"it": {"country": "VN", "line1": "x"}}, TODAY) == ()
    for wrong in ({"country": "VN"}, {"line1": "x"}, {"country": "VN", "line1": "x", "planet": "y"}):
        assert [error.code for error in validate_answers(definition, {"it": wrong}, TODAY)] == ["malformed"]


def test_a_postcode_in_full_width_and_an_optional_address_with_only_its_country() -> None:
    assert answer(field("address"), {"country": "KR", "postcode": "０３０ ４５", "line1": "x"})["postcode"] == "03045"
    assert answer(field("address", required=False), {"country": "KR"}) is None
    both = read(field("address"), {"country": "KR"}).errors
    assert [error.control for error in both] == ["it-postcode", "it-line1"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("010-1234-5678", "+821012345678"),
        ("０１０－１２３４－５６７８", "+821012345678"),
        ("010ー1234ー5678", "+821012345678"),
        ("010 1234 5678", "+821012345678"),
        ("010.1234.5678", "+821012345678"),
        ("(010) 1234-5678", "+821012345678"),
        ("๐๑๐๑๒๓๔๕๖๗๘", "+821012345678"),
        ("+82 10-1234-5678", "+821012345678"),
        ("+82 (0)10-1234-5678", "+821012345678"),
        ("+82010-1234-5678", "+821012345678"),
        ("0082 10 1234 5678", "+821012345678"),
        ("82-10-1234-5678", "+821012345678"),
        ("82 2 123 4567", "+8221234567"),
        ("1012345678", "+821012345678"),
        ("\u202a+821012345678\u202c", "+821012345678"),
        ("02-123-4567", "+8221234567"),
        ("02-1234-5678", "+82212345678"),
        ("031-123-4567", "+82311234567"),
        ("070-1234-5678", "+827012345678"),
        ("1588-1234", "+8215881234"),
        ("011-234-5678", "+82112345678"),
        ("+84 90 123 4567", "+84901234567"),
        ("0084901234567", "+84901234567"),
        ("+66 81 234 5678", "+66812345678"),
        ("＋１ (415) 555-2671", "+14155552671"),
        ("00700 86 138 0013 8000", "+8613800138000"),
    ],
)
def test_a_phone_number(typed: str, expected: str) -> None:
    assert answer(field("phone"), typed) == expected


@pytest.mark.parametrize(
    "typed",
    ["12", "010-1234", "090-1234-5678", "001-84-90-123-4567", "call me", "+", "+0123456789", "+" + "1" * 16,
     "010-1234-5678 ext 2", "--"],
)
def test_no_phone_number(typed: str) -> None:
    assert code(field("phone"), typed) == ("phone", "")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("an@Example.COM", "an@example.com"),
        (" An.Nguyen+x@mail.example.vn ", "An.Nguyen+x@mail.example.vn"),
        ("ａｎ＠ｅｘａｍｐｌｅ．ｃｏｍ", "an@example.com"),
        ("민준@예시.한국", "민준@예시.한국"),
        ("สมชาย@ตัวอย่าง.ไทย", "สมชาย@ตัวอย่าง.ไทย"),
        ("用户@例子。中国", "用户@例子.中国"),
        ("mailto:an@example.com", "an@example.com"),
        ("o'neill@example.ie", "o'neill@example.ie"),
    ],
)
def test_an_email_address(typed: str, expected: str) -> None:
    assert answer(field("email"), typed) == expected


@pytest.mark.parametrize(
    "typed",
    ["an", "an@", "@example.com", "an@example", "a n@example.com", "an@exa mple.com", "a..n@example.com",
     ".a@example.com", "an@-example.com", "an@example.123", "an@@example.com",
     "an@example.com\r\nBcc: x@y.zz", "an@" + "x" * 64 + ".com",
     "x" * 65 + "@example.com", "an\0@example.com", "<an@example.com>", "an@example.c"],
)  # fmt: skip
def test_no_email_address(typed: str) -> None:
    assert code(field("email"), typed) == ("email", "")


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("resident", "901231-1234567", "9012311234567"),
        ("resident", "９０１２３１－１２３４５６７", "9012311234567"),
        ("resident", "901231 1234567", "9012311234567"),
        ("resident", "000229-4234567", "0002294234567"),
        ("resident", "960101-9234567", "9601019234567"),
        ("alien", "901231-5234567", "9012315234567"),
        ("alien", "๙๐๑๒๓๑๕๒๓๔๕๖๗", "9012315234567"),
        ("passport", "m1234 5678", "M12345678"),
        ("passport", "Ｂ１２３４５６７", "B1234567"),
        ("business", "123-45-67891", "1234567891"),
        ("business", "1234567891", "1234567891"),
    ],
)
def test_an_identity_number(kind: str, typed: str, expected: str) -> None:
    assert answer(field("identity-number", kind=kind), typed) == expected


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("resident", "901231-123456"),
        ("resident", "901331-1234567"),
        ("resident", "900229-1234567"),
        ("resident", "901231-5234567"),
        ("resident", "991231-3234567"),  # not born yet
        ("resident", "851231-9234567"),  # 1885
        ("resident", "951231-9234567"),
        ("resident", "901231-1******"),
        ("alien", "901231-1234567"),
        ("passport", "ABCDEFGH"),
        ("passport", "M1"),
        ("passport", "여권12345"),
        ("business", "123-45-67890"),
        ("business", "123-45-6789"),
    ],
)
def test_no_identity_number(kind: str, typed: str) -> None:
    assert code(field("identity-number", kind=kind), typed) == (f"{kind}-number", "")


@pytest.mark.parametrize("position", range(9))
def test_one_wrong_digit_of_a_business_number_is_found(position: int) -> None:
    digits = list("1234567891")
    digits[position] = str((int(digits[position]) + 1) % 10)
    assert code(field("identity-number", kind="business"), "".join(digits)) == ("business-number", "")


def test_text_is_kept_composed_trimmed_and_on_one_line() -> None:
    assert answer(field("text"), " 은\u1112\u1162\u11bc  용\t도\r\n끝 \ufeff") == "은행  용 도 끝"
    assert answer(field("textarea"), "하나 \r\n둘\r셋\n") == "하나\n둘\n셋"


@pytest.mark.parametrize(
    "bad", ["\0", "\x1b", "\x7f", "\x9f", "\ud83d", chr(0xFFFD), "\uffff", "\ufdd0", "\ue000", "\U0010ffff"]
)
@pytest.mark.parametrize("kind", ["text", "textarea"])
def test_characters_that_no_answer_may_hold(bad: str, kind: Any) -> None:
    result = read(field(kind), f"은행{bad}제출")
    (error,) = result.errors
    assert error.code == "characters"
    assert error.params["characters"] == f"U+{ord(bad):04X}"
    assert all(control.encode() for values in result.raw.values() for control in values)


def test_length_counts_characters() -> None:
    assert answer(field("text", max=2), "𠮷田") == "𠮷田"
    assert code(field("text", max=2), "abc") == ("too-long", "")
    assert code(field("text", min=4), "abc") == ("too-short", "")
    assert code(field("text"), "x" * 201) == ("too-long", "")


CHOICES = options("x", "y", "none", exclusive="none")


@pytest.mark.parametrize(
    ("definition", "values", "expected"),
    [
        (field("radios", options=CHOICES), ["x"], "x"),
        (field("radios", options=CHOICES), ["z"], "option"),
        (field("radios", options=CHOICES), [], "choose"),
        (field("select", options=CHOICES), [""], "choose"),
        (field("yes-no"), ["yes"], "yes"),
        (field("yes-no"), ["maybe"], "option"),
        (field("checkboxes", options=CHOICES), ["y", "x", "x"], ["x", "y"]),
        (field("checkboxes", options=CHOICES), ["none"], ["none"]),
        (field("checkboxes", options=CHOICES, min=2), ["none"], ["none"]),
        (field("checkboxes", options=CHOICES), ["none", "x"], "exclusive"),
        (field("checkboxes", options=CHOICES, min=2), ["x"], "too-few"),
        (field("checkboxes", options=CHOICES, max=1), ["x", "y"], "too-many"),
        (field("checkboxes", options=CHOICES), ["x", "z"], "option"),
        (field("checkboxes", options=CHOICES), [], "choose"),
        (field("checkboxes", options=CHOICES, required=False), [], None),
        (field("radios", options_from="household"), ["m2"], "m2"),
        (field("radios", options_from="household"), ["m3"], "option"),
        (field("files", max=2), ["f1", "f2", "f1"], ["f1", "f2"]),
        (field("files", max=2), ["f1", "f2", "f3"], "too-many-entries"),
        (field("files", min=2), ["f1"], "too-few-entries"),
        (field("files"), ["stranger"], "file"),
        (field("files"), [""], "upload"),
        (field("declaration"), ["true"], True),
        (field("declaration"), [], "confirm"),
    ],
)
def test_choices_files_and_declarations(definition: Field, values: list[str], expected: Any) -> None:
    result = read(definition, {"": values}, household=HOUSEHOLD, files={"f1", "f2", "f3"})
    assert [error.code for error in result.errors] or result.answers[FIELD] in (expected, None)
    if result.errors:
        assert [(error.code, error.control) for error in result.errors] == [(expected, FIELD)]
    else:
        assert result.answers == {FIELD: expected}


def test_numbers_are_shown_again_as_they_are_printed() -> None:
    for kind, stored, shown in (
        ("business", "1234567891", "123-45-67891"),
        ("resident", "9012311234567", "901231-1234567"),
        ("alien", "9012315234567", "901231-5234567"),
        ("passport", "M12345678", "M12345678"),
    ):
        assert raw_of("it", field("identity-number", kind=kind), stored, "ko") == {"it": (shown,)}
    assert raw_of("it", field("number"), "12.5", "vi") == {"it": ("12,5",)}
    assert raw_of("it", field("phone"), "+821012345678", "th") == {"it": ("010-1234-5678",)}


def test_what_was_typed_is_shown_again_as_it_was() -> None:
    typed = {"year": " 令和8 ", "month": "<13>", "day": "\u0e22"}
    result = read(DATE, typed)
    assert result.errors
    assert result.raw == {f"it-{part}": (value,) for part, value in typed.items()}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_thai_reader_sees_the_buddhist_year(locale: Locale) -> None:
    shown = raw_of("it", DATE, "2026-11-22", locale)["it-year"]
    assert shown == (("2569",) if locale == "th" else ("2026",))


REPEAT = field(
    "repeat", min=1, max=2, fields={"who": field("text"), "from": field("date"), "to": field("date", earliest="from")}
)


def _entry(number: int, who: str, start: str, end: str) -> dict[str, str]:
    return {f"{number}-who": who, f"{number}-from-year": start, f"{number}-to-year": end}


def test_entries_left_empty_are_dropped_and_the_others_numbered_again() -> None:
    typed = _entry(3, "A", "2020-01-01", "2020-01-02") | _entry(5, " ", "", "")
    typed |= _entry(9, "B", "2021-01-01", "2021-01-01")
    result = read(REPEAT, typed)
    assert result.errors == ()
    assert [entry["who"] for entry in result.answers[FIELD]] == ["A", "B"]
    assert result.raw["it-2-who"] == ("B",)
    assert not any(control.startswith(("it-3", "it-9")) for control in result.raw)


def test_mistakes_in_entries_name_their_controls() -> None:
    typed = {**_entry(1, "A", "2020-01-02", "2020-01-01"), **_entry(4, "", "2021-01-01", "")}
    found = {(error.control, error.code) for error in read(REPEAT, typed).errors}
    assert found == {("it-1-to-year", "too-early"), ("it-2-who", "enter"), ("it-2-to-year", "enter")}


def test_too_many_and_no_entries() -> None:
    typed: dict[str, str] = {}
    for number in (1, 2, 3):
        typed |= _entry(number, "A", "2020-01-01", "2020-01-01")
    assert code(REPEAT, typed) == ("too-many-entries", "")
    assert code(REPEAT, {}) == ("enter", "")
    two = msgspec.structs.replace(REPEAT, min=2)
    assert code(two, _entry(1, "A", "2020-01-01", "2020-01-01")) == ("too-few-entries", "")


def test_entries_are_numbered_from_one() -> None:
    entry = {"who": "A", "from": "2020-01-02", "to": "2020-01-03"}
    assert raw_of("it", REPEAT, [entry], "ko")["it-1-who"] == ("A",)
    stored = {"it": [entry, {**entry, "to": "2020-01-01"}]}
    (error,) = validate_answers(form(REPEAT), stored, TODAY)
    assert (error.field, error.control, error.code) == ("it-2-to", "it-2-to-year", "too-early")
