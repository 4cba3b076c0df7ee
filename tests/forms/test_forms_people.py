"""Names, addresses, telephone numbers, e-mail addresses and identity numbers of real people."""

import pytest
from form_names import ADDRESSES, PASSPORT_NAMES, REGISTRY_NAMES
from form_reading import answer, code, form, read
from form_samples import TODAY, field

from madang.forms.model import Field
from madang.forms.validate import validate_answers


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
    [
        "12",
        "010-1234",
        "090-1234-5678",
        "001-84-90-123-4567",
        "call me",
        "+",
        "+0123456789",
        "+" + "1" * 16,
        "010-1234-5678 ext 2",
        "--",
    ],
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
