"""Dates, times, money, lists, names and numbers as each of the six languages writes them."""

import datetime as dt
import gettext
from decimal import Decimal
from typing import Any

import pytest
from babel import Locale as Cldr
from hypothesis import given
from hypothesis import strategies as st

from madang.i18n import calendars, countries, formats, names
from madang.i18n.digits import compact, fold
from madang.i18n.locales import CLDR, LOCALES, Locale

DAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 6, 5, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("locale", "style", "era", "expected"),
    [
        ("ko", "long", False, "2026년 11월 22일"),
        ("ko", "short", False, "2026. 11. 22."),
        ("ko", "weekday", False, "2026년 11월 22일 일요일"),
        ("en", "long", False, "22 November 2026"),
        ("en", "short", False, "22 Nov 2026"),
        ("en", "weekday", False, "Sunday, 22 November 2026"),
        ("ja", "long", False, "2026年11月22日"),
        ("ja", "long", True, "令和8年11月22日"),
        ("ja", "weekday", True, "令和8年11月22日日曜日"),
        ("zh", "long", False, "2026年11月22日"),
        ("zh", "short", False, "2026/11/22"),
        ("zh", "weekday", False, "2026年11月22日星期日"),
        ("th", "long", False, "22 พฤศจิกายน 2569"),
        ("th", "long", True, "22 พฤศจิกายน พ.ศ. 2569"),
        ("th", "short", False, "22 พ.ย. 2569"),
        ("th", "weekday", False, "วันอาทิตย์ที่ 22 พฤศจิกายน 2569"),
        ("vi", "long", False, "22 tháng 11 năm 2026"),
        ("vi", "short", False, "22/11/2026"),
        ("vi", "weekday", False, "Chủ Nhật, ngày 22 tháng 11 năm 2026"),
    ],
)
def test_dates(locale: Locale, style: formats.DateStyle, era: bool, expected: str) -> None:
    assert formats.date(DAY, locale, style, era=era) == expected


def test_a_year_that_stands_alone_says_that_it_is_one() -> None:
    assert [formats.year(2025, locale, named=True) for locale in LOCALES] == [
        "2025년", "2025", "2025年", "2025年", "พ.ศ. 2568", "2025",
    ]  # fmt: skip


def test_a_leap_day_and_the_year_9999_in_the_buddhist_era() -> None:
    assert formats.date(dt.date(2024, 2, 29), "th") == "29 กุมภาพันธ์ 2567"
    assert formats.date(dt.date(9999, 12, 31), "th").endswith("10542")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2019, 5, 1), "令和元年5月1日"),
        (dt.date(2019, 4, 30), "平成31年4月30日"),
        (dt.date(1989, 1, 8), "平成元年1月8日"),
        (dt.date(1989, 1, 7), "昭和64年1月7日"),
        (dt.date(1926, 12, 25), "昭和元年12月25日"),
        (dt.date(1912, 7, 30), "大正元年7月30日"),
        (dt.date(1873, 1, 1), "明治6年1月1日"),
        (dt.date(1872, 12, 31), "1872年12月31日"),
    ],
)
def test_eras_begin_on_their_day(day: dt.date, expected: str) -> None:
    assert formats.date(day, "ja", era=True) == expected


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("ko", "2026년 11월 22일 오후 3:05"),
        ("en", "22 November 2026, 15:05"),
        ("ja", "2026年11月22日 15:05"),
        ("zh", "2026年11月22日 15:05"),
        ("th", "22 พฤศจิกายน 2569 เวลา 15.05 น."),
        ("vi", "22 tháng 11 năm 2026, 15:05"),
    ],
)
def test_the_time_is_koreas(locale: Locale, expected: str) -> None:
    assert formats.date_time(NOON, locale) == expected
    assert formats.date_time(NOON.astimezone(dt.timezone(dt.timedelta(hours=-8))), locale) == expected


def test_the_day_of_an_instant_is_koreas() -> None:
    late = dt.datetime(2026, 12, 31, 15, 0, tzinfo=dt.UTC)
    assert formats.date(late, "en") == "1 January 2027"
    assert formats.date_time(late, "th", "short") == "1 ม.ค. 2570 เวลา 00.00 น."
    assert formats.time(late, "ko") == "오전 12:00"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        formats.time(dt.datetime(2026, 1, 1), "ko")  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    ("locale", "expected"),
    [("ko", "2,000원"), ("en", "₩2,000"), ("ja", "₩2,000"), ("zh", "₩2,000"), ("th", "₩2,000"), ("vi", "2.000\xa0₩")],
)
def test_money(locale: Locale, expected: str) -> None:
    assert formats.money(2000, locale) == expected


def test_numbers_lists_and_sizes() -> None:
    assert formats.number(Decimal("1234567.125"), "vi") == "1.234.567,125"
    assert formats.number(1234, "th") == "1,234"
    assert formats.listing(["a", "b", "c"], "en") == "a, b and c"
    assert formats.listing(["a", "b", "c"], "ja") == "a、b、c"
    assert formats.listing(["a", "b"], "ko", "or") == "a 또는 b"
    assert formats.listing([], "ko") == ""
    assert formats.file_size(2_412_345, "vi") == "2,4\xa0MB"
    assert formats.file_size(1, "en") == "1\xa0kB"


@pytest.mark.parametrize("locale", LOCALES)
def test_durations_are_words_in_every_language(locale: Locale) -> None:
    for unit in ("second", "minute", "hour", "day", "week", "month", "year"):
        for amount in (0, 1, 2, 15):
            text = formats.duration(amount, unit, locale)
            assert "duration" not in text
            assert str(amount) in text
    assert formats.duration(15, "minute", "ko") == "15분"
    assert formats.duration(1, "day", "en") == "1 day"
    assert formats.duration(3, "hour", "ja") == "3時間"


def test_working_time_is_a_plural() -> None:
    plural = gettext.NullTranslations().ngettext
    assert formats.working_time(1, "hours", plural) == "1 working hour"
    assert formats.working_time(3, "hours", plural) == "3 working hours"
    assert formats.working_time(1, "days", plural) == "1 working day"
    assert formats.working_time(5, "days", plural) == "5 working days"


def test_a_period_says_the_thai_era() -> None:
    text = formats.period(dt.date(2026, 5, 1), DAY, "th", lambda sentence: "ตั้งแต่ %(start)s ถึง %(end)s")
    assert text == "ตั้งแต่ 1 พฤษภาคม พ.ศ. 2569 ถึง 22 พฤศจิกายน พ.ศ. 2569"
    assert formats.period(DAY, DAY, "en", str) == "from 22 November 2026 to 22 November 2026"


@pytest.mark.parametrize(
    ("name", "more", "expected"),
    [
        ({"family": "김", "given": "민준"}, {}, "김민준"),
        ({"family": "佐々木", "given": "さくら"}, {}, "佐々木さくら"),
        ({"family": "スミス", "given": "ジョン"}, {}, "スミス ジョン"),
        ({"family": "𠮷田", "given": "太郎"}, {}, "𠮷田太郎"),
        ({"family": "Nguyễn", "given": "Văn An"}, {}, "Nguyễn Văn An"),
        ({"family": "Nguye\u0302\u0303n", "given": "Nam"}, {}, "Nguyễn Nam"),
        ({"family": "ใจดี", "given": "สมชาย"}, {}, "สมชาย ใจดี"),
        ({"family": "Smith", "given": "John"}, {}, "John Smith"),
        ({"family": "Smith", "given": "John"}, {"locale": "vi", "lang": "en"}, "John Smith"),
        ({"family": "Tran", "given": "Nam"}, {"locale": "vi"}, "Tran Nam"),
        ({"family": "Hong", "given": "Gildong"}, {"lang": "ko-Latn"}, "Hong Gildong"),
        ({"family": "SMITH", "given": "JOHN"}, {"kind": "passport"}, "SMITH JOHN"),
        ({"family": "김", "given": "John"}, {}, "John 김"),
        ({"single": "Suharto"}, {}, "Suharto"),
        ({"family": "Suharto"}, {}, "Suharto"),
        ({}, {}, ""),
    ],
)
def test_names_of_persons(name: dict[str, str], more: dict[str, Any], expected: str) -> None:
    assert names.person_name(name, **more) == expected


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("김민준", "김○○"),
        ("남궁빛나라", "남○○○○"),
        ("이산", "이○"),
        ("山田 太郎", "山○ 太○"),
        ("阿卜杜拉·买买提", "阿○○○·买○○"),
        ("Nguyễn Văn An", "N*** V*** A***"),
        ("Đặng Ân", "Đ*** Â***"),
        ("เปรมชัย ใจดี", "เป*** ใจ***"),
        ("KIM MIN-JI", "K*** M***"),
        ("กี่", "กี่***"),
        ("กิน", "กิ***"),
        ("", ""),
    ],
)
def test_masked_names(full: str, expected: str) -> None:
    assert names.masked_name(full) == expected


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("김민준", "ko", ""),
        ("김민준", "en", "ko"),
        ("さくら", "en", "ja"),
        ("สมชาย", "vi", "th"),
        ("王伟", "en", "zh-Hans"),
        ("王伟", "zh", ""),
        ("王伟", "ko", ""),
        ("Nguyễn", "ko", "vi"),
        ("John", "ko", ""),
    ],
)
def test_the_language_to_mark_a_name_with(text: str, locale: Locale, expected: str) -> None:
    assert names.script_lang(text, locale) == expected


def test_masked_numbers_and_telephone_numbers() -> None:
    assert names.masked_identity("9012311234567") == "901231-1******"
    assert names.masked_identity("9012315234567", "alien") == "901231-5******"
    assert names.masked_identity("M12345678", "passport") == "M1*******"
    assert names.phone("+821012345678") == "010-1234-5678"
    assert names.phone("+8221234567") == "02-123-4567"
    assert names.phone("+8215881234") == "1588-1234"
    assert names.phone("+84901234567") == "+84 901234567"
    assert names.phone("+14155552671") == "+1 4155552671"
    assert names.phone("+85512345678") == "+855 12345678"


@pytest.mark.parametrize("locale", LOCALES)
def test_countries(locale: Locale) -> None:
    listed = countries.countries(locale)
    assert len(listed) == len(countries.COUNTRIES) == 249
    assert listed[0][0] == "KR"
    assert len({name for _, name in listed}) == 249
    assert all(name == Cldr.parse(CLDR[locale]).territories[code] for code, name in listed)
    assert countries.country("VN", locale) != "VN"
    assert countries.country("??", locale) == "??"


def test_countries_stand_in_the_order_of_the_alphabet() -> None:
    vietnamese = [code for code, _ in countries.countries("vi")]  # Ả Rập Xê-út, Ai Cập, Áo, Ấn Độ, Bỉ, Đức, Hà Lan
    assert vietnamese.index("EG") < vietnamese.index("AT") < vietnamese.index("BE") < vietnamese.index("DE")
    chinese = [code for code, _ in countries.countries("zh")]
    assert chinese.index("AL") < chinese.index("BR") < chinese.index("US") < chinese.index("VN") < chinese.index("CN")
    thai = [code for code, _ in countries.countries("th")]
    assert thai.index("KH") < thai.index("TH") < thai.index("VN")


@given(st.dates(dt.date(1868, 1, 1), dt.date(2157, 12, 31)), st.sampled_from(LOCALES))
def test_a_year_shown_is_the_year_read(day: dt.date, locale: Locale) -> None:
    assert calendars.read_year(formats.year(day.year, locale)) == day.year
    assert calendars.read_month(formats.date(day, "vi").split(" năm")[0].split(" ", 1)[1]) == day.month


@given(st.text())
def test_whatever_is_typed_can_be_folded_and_read(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    for read in (calendars.read_year, calendars.read_month, calendars.read_day, calendars.read_whole, compact):
        read(text)
    names.masked_name(text)
    names.person_name({"family": text, "given": text})
    names.script_lang(text, "ko")


@given(st.integers(0, 10**12).map(str), st.sampled_from([0x0660, 0x0966, 0x0E50, 0xFF10, 0x1D7CE, 0x17E0]))
def test_digits_of_any_script(number: str, zero: int) -> None:
    assert fold("".join(chr(zero + int(digit)) for digit in number)) == number


def test_the_marks_between_digits() -> None:
    assert fold("０１０ー１２３４ー５６７８") == "010-1234-5678"
    assert fold("コード") == "コード"
    assert fold("\u200e１，０００．５\ufeff") == "1,000.5"
    assert compact(" (02) 123–4567 ") == "021234567"
