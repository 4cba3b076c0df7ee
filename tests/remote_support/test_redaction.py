"""What looks like a person's number is covered however it is written; what is plainly something else is left."""

import random
import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from madang.contract.numbers import check_character, group, new_application_number, new_document_number
from madang.i18n import formats
from madang.i18n.locales import LOCALES, Locale
from madang.remote_support import phrasebook
from madang.remote_support.codes import DIGITS
from madang.remote_support.redaction import MASK, cover, links, luhn, unsafe

LETTERS = [f"ABCDEFGHJKMNPQ{letter}" for letter in "ABCDEFGHJKMNPQRSTVWXYZ"]
ZEROS = "0０٠۰०০๐໐႐០𝟎𝟘𝟬"
"""Zero of ASCII, full width, Arabic, Persian, Hindi, Bengali, Thai, Lao, Burmese, Khmer, and mathematical letters."""
SEPARATORS = (
    "",
    " ",
    "-",
    ".",
    "/",
    "_",
    "·",
    " - ",
    "ー",
    "－",
    "–",
    "—",
    "\u3000",
    "\u00a0",
    "\u200b",
    ", ",
    "\n",
    "*",
)
SURROUNDINGS = (
    "{}",
    "제 번호는 {}입니다.",
    "It is {}, thanks",
    "私の番号は{}です",
    "我的号码是{}。",
    "เลข{}ค่ะ",
    "({})",
    "số:{}!",
)


def card(chance: random.Random, length: int = 16) -> str:
    body = chance.choice(("4", "51", "35", "37", "62", "9")) + "".join(chance.choices("0123456789", k=length))
    body = body[: length - 1]
    return next(body + digit for digit in "0123456789" if luhn(body + digit))


def person(chance: random.Random) -> tuple[str, ...]:
    day = f"{chance.randrange(100):02d}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
    return day, f"{chance.randrange(10)}{chance.randrange(10**6):06d}"


def numbers(chance: random.Random) -> dict[str, tuple[str, ...]]:
    """One number of every kind, in its groups."""
    digits = "".join(chance.choices("0123456789", k=30))
    paid = card(chance)
    return {
        "resident": person(chance),
        "card": (paid[:4], paid[4:8], paid[8:12], paid[12:]),
        "account": ("110", digits[:3], digits[3:9]),
        "account-long": (digits[:6], digits[6:8], digits[8:14]),
        "mobile": ("010", digits[:4], digits[4:8]),
        "seoul": ("02", digits[:4], digits[4:8]),
        "business": (digits[:3], digits[3:5], digits[5:10]),
        "licence": (digits[:2], digits[2:4], digits[4:10], digits[10:12]),
        "code": (digits[:3], digits[3:6], digits[6:9]),
    }


def in_script(text: str, zero: str) -> str:
    return "".join(chr(ord(zero) + int(letter)) if letter in "0123456789" else letter for letter in text)


def digits_left(text: str) -> int:
    return sum(character.isnumeric() for character in text)


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(2, 60))])
def test_no_number_of_a_person_passes(seed: int) -> None:
    chance = random.Random(seed)
    for kind, groups in numbers(chance).items():
        for zero in ZEROS:
            for separator in SEPARATORS:
                if kind == "code" and separator == ".":
                    continue  # 123.456.789 is an amount, in Vietnamese
                surrounding = chance.choice(SURROUNDINGS)
                text = surrounding.format(in_script(separator.join(groups), zero))
                covered = cover(text)
                assert MASK in covered, (kind, text)
                assert digits_left(covered) == 0, (kind, text, covered)
                assert unsafe(text) == "identity"


@pytest.mark.parametrize("locale", LOCALES)
def test_a_number_read_out_is_covered(locale: Locale) -> None:
    for joint in (" ", "", ", ", "-"):
        if joint == "" and locale in ("en", "vi"):
            continue
        for seed in range(20):
            groups = person(random.Random(seed))
            spelt = joint.join(DIGITS[locale][int(digit)] for digit in "".join(groups))
            assert cover(f"가 {spelt}.") == f"가 {MASK}.", spelt


@pytest.mark.parametrize(
    "text",
    [
        "①②③④⑤⑥⑦⑧⑨", "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣", "⁹⁰¹⁰¹⁰¹²³⁴⁵⁶⁷", "❾⓪❶⓪❶⓪-❶❷❸❹❺❻❼", "9̶0̶1̶0̶1̶0̶1̶2̶3̶4̶5̶6̶7̶",
        "O1O-1234-5678", "o1o 1234 5678", "9O1O1O-l234567", "9О1О1О1234567", "一三八零零一三八零零零",
        "壹叁捌零零壹叁捌零零零", "공일공 1234 5678", "공일공-일이삼사-오육칠팔", "영일영일이삼사오륙칠팔",
        "幺三八零零幺三八零零零", "901010-1******", "901010-1●●●●●●", "110, 115, 114423", "458, 120, 101",
        "3515864433785970", "901010-1", "901010-*******", "９０１０１０ー１", "+84 912 345 678",
        "+821012345678", "1990.10.10 1234567", "1990-10-10-1234567", "M12345678", "m12345678", "M123A4567",
        "EA1234567", "TK-1234567", "A 1234567", "C01X00T47", "2133-1234", "777-1234", "010) 1234-5678",
        "9:0:1:0:1:0:1:2:3:4:5:6:7", "9 0 1 0 1 0 1 2 3 4 5 6 7", "9\n0\n1\n0\n1\n0\n1\n2\n3\n4\n5\n6\n7",
    ],
)  # fmt: skip
def test_disguises(text: str) -> None:
    assert cover(text) == MASK
    assert cover(f"가 {text} 나") == f"가 {MASK} 나"


@pytest.mark.parametrize(
    "number", ["9010101234567", "01012345678", "0212345678", "4111111111111111", "378282246310005"]
)
def test_digits_dictated_one_by_one_or_in_pairs_are_covered(number: str) -> None:
    pairs = [number[place : place + 2] for place in range(0, len(number), 2)]
    for pieces in (number, pairs):
        for joint in (", ", "; ", " / ", " | "):
            assert cover(f"제 번호는 {joint.join(pieces)}입니다") == f"제 번호는 {MASK}입니다"


def test_lists_are_no_numbers() -> None:
    for last in range(2, 32):
        counted = ", ".join(map(str, range(1, last)))
        assert cover(counted) is counted
    for numbers in (
        "4, 7, 7, 5, 5, 9, 4, 9, 3, 5, 4, 3, 9, 8, 9, 5",
        "12, 14, 30, 45, 61",
        "99, 99, 99, 99, 99, 99, 9",
    ):
        assert cover(numbers) is numbers


def test_brackets_stay_and_digits_go() -> None:
    assert cover("(02)2133-1234") == f"({MASK}"


@pytest.mark.parametrize("locale", LOCALES)
def test_no_sentence_of_the_phrasebook_is_refused(locale: Locale) -> None:
    for phrase in phrasebook.load().values():
        text = phrase.text.resolve(locale).text
        assert unsafe(text) == "", text


def test_words_of_four_letters_are_no_document_s_number() -> None:
    chance = random.Random(2)
    for _ in range(500):
        text = " ".join(chance.choices(("been", "that", "will", "take", "time", "here", "then", "with", "your"), k=4))
        assert cover(text) is text
    assert cover("Yes, it has been received. Well done.") == "Yes, it has been received. Well done."


def test_a_document_s_number_opens_it_and_is_covered() -> None:
    for _ in range(50):
        number = new_document_number()
        assert cover(f"no {number}.") == f"no {MASK}."
        if any(map(str.isdigit, number)):  # one in 400 has letters only, and is known by its hyphens alone
            assert cover(number.replace("-", "").lower()) == MASK
            assert cover(number.replace("-", " ")) == MASK
    assert cover("TEST-ABCD-EFGH-JKMN") == "TEST-ABCD-EFGH-JKMN"
    letters = next(body + check_character(body) for body in LETTERS if check_character(body).isalpha())
    assert cover(group(letters)) == MASK


def test_an_application_s_number_is_what_both_talk_about() -> None:
    for hour in range(24):
        number = new_application_number(datetime(2026, 11, 22, hour, tzinfo=UTC))
        assert cover(f"접수번호 {number}입니다") == f"접수번호 {number}입니다"
        assert cover(number[:-1] + str((int(number[-1]) + 1) % 10)) == MASK


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22 10:49", "2026. 11. 22. ~ 2026. 12. 1.", "22/11/2026, 22/11/2569", "2026.11.22",
        "2026年11月22日", "1,234,567,890원", "₩1,234,567", "12.000 ₩, 1.234.567 KRW", "100000000원",
        "51,234,567", "3.14159", "110, 112, 119, 1345", "1588-1234", "1588-1234 09:00-18:00", "080-123-4567",
        "02:00-18:00, 09:00~18:00", "2025-2026", "제3조 제2항 5호", "3 copies, 2 photos 35 x 45 mm",
        "1, 2, 3, 4, 5, 6, 7, 8, 9", "이 일은 사실 오늘 구청에서 이사 오시면", "二〇二六年十一月二十二日",
        "I live on 5 Oh street", "Line 3 of the form", "04524 서울특별시 중구 세종대로 110", "101동 1502호",
        "Form A4, 2 pages", "B1 visa, D-2, E-9, F-4", "COVID-19", "ISO 8601", "1/2", "5 × 3 = 15", "10%~20%",
        "", "둘이서 삼 일 사이에", "三个月", "หนึ่งชั่วโมง", "một hai ngày", "one or two days",
        "よんでください、いちにち", "にほんご", "100 km",
    ],
)  # fmt: skip
def test_what_is_nobody_s_number_is_left_and_is_the_same_object(text: str) -> None:
    assert cover(text) is text
    assert unsafe(text) == ""


@pytest.mark.parametrize("locale", LOCALES)
def test_dates_and_amounts_as_pages_write_them_are_left(locale: Locale) -> None:
    for day in (date(2026, 1, 2), date(1999, 12, 31), date(2031, 10, 10)):
        text = formats.date(day, locale)
        assert cover(text) == text
    for won in (0, 400, 12_000, 1_234_567, 987_654_321):
        for text in (formats.money(won, locale), formats.number(won, locale)):
            assert cover(text) == text


def test_only_the_number_goes() -> None:
    text = "제 주민등록번호는 901010-1234567이고 생일은 2026-11-22, 요금은 1,000원입니다. 전화 010-1234-5678"
    assert cover(text) == f"제 주민등록번호는 {MASK}이고 생일은 2026-11-22, 요금은 1,000원입니다. 전화 {MASK}"


def test_the_mask_says_nothing_of_the_length() -> None:
    assert cover("010-1234-5678") == cover("4111 1111 1111 1111") == MASK


@given(st.text(st.characters(), max_size=60))
@example("1" * 400)
@example("\u0301" * 30 + "123456789\u0301")
@example("⑩⑪⑫⑬⑭⑮")
def test_covering_twice_is_covering_once(text: str) -> None:
    covered = cover(text)
    assert cover(covered) == covered
    assert (covered is text) == (unsafe(text) != "identity")


@given(
    st.lists(
        st.sampled_from([*"0123456789０๑①OlI", " ", "-", ".", ",", ":", "*", "공", "일", "at", "a", "\n", "\u200b"])
    )
)
def test_never_nine_digits_with_nothing_but_separators_between(pieces: list[str]) -> None:
    """Of what is left, no unbroken run of digits is as long as a number of somebody's, unless it is an amount."""
    covered = cover("".join(pieces))
    run = longest = 0
    for character in covered:
        run = run + 1 if character.isnumeric() else 0
        longest = max(longest, run)
    assert longest < 9


@pytest.mark.parametrize(
    "text",
    [
        "https://a.kr", "hxxps://evil.com", "naver.com", "naver[.]com", "naver 점 com", "naver . com",
        "www.evil", "a@b.com", "a ＠ b.com", "a골뱅이naver.com", "a (at) b (dot) com", "bit.ly/abc", "t.me/xx",
        "카톡 아이디 minsu", "카톡 minsu88", "LINE ID: abc", "line: abcd", "微信号 abc_d", "微信：abcd1",
        "Zalo: name99", "@handle", "http://1.2.3.4/", "1.2.3.4:80", "서울.한국", "evil.xyz",
        "ｅｖｉｌ．ｃｏｍ", "naver。com", "mailto:a", "텔레그램 @minsu", "WhatsApp id minsu",
        "ไลน์ไอดี minsu1", "인스타 min_su", "open.kakao.com/o/abc", "example.co.kr로 오세요", "gov.kr",
        "ftp://x", "Evil.COM", "e\u200bvil.com", "javascript:alert(1)", "sub.domain.my", "example.be/a",
        "ⓔⓥⓘⓛ.com",
    ],
)  # fmt: skip
def test_ways_out_of_the_session_are_found(text: str) -> None:
    assert links(text)
    assert links(f"보세요: {text} 감사합니다")
    assert unsafe(text) == "link"


@pytest.mark.parametrize(
    "text",
    [
        "Line 3 of the form", "Hello.How are you", "done.Thanks", "it.is", "e.g. and/or i.e.",
        "Please press the button.My name", "카카오 인증서로 로그인", "Use the Kakao certificate", "3.5 cm",
        "2026.11.22.", "Mr.Kim", "email address", "신청.하세요", "저장.다음", "OK.so", "10:30",
        "What is on line 12a", "라인 아래", "ชื่อ.นามสกุล", "请点击。下一步", "はい。次へ", "1.2.3", "100%",
        "메신저로 오는 연락은 사기입니다", "facebook or 인스타 안내", "a: b", "주소: 서울",
        "Họ và tên: Nguyễn", "",
    ],
)  # fmt: skip
def test_what_leads_nowhere_is_left(text: str) -> None:
    assert not links(text)
    assert unsafe(text) == ""


def test_an_identity_weighs_more_than_a_link() -> None:
    assert unsafe("901010-1234567 naver.com") == "identity"


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "a.",
        "@",
        "1,",
        "12-",
        "공",
        "a@",
        ". ",
        "A1",
        "kakao ",
        "(",
        " ",
        "a",
        "1,\n",
        "12, ",
        "a-",
        "1.1.",
        "M1",
        "\u0301",
    ],
)
def test_hostile_texts_take_no_longer_than_their_length(piece: str) -> None:
    """Four times the text takes nowhere near sixteen times as long: measured in the process's own time."""

    def spent(length: int) -> float:
        text = (piece * length)[:length]
        took = []
        for _ in range(3):
            begun = time.process_time()
            unsafe(text)
            links(text)
            took.append(time.process_time() - begun)
        return min(took)

    assert spent(8000) < 12 * max(spent(2000), 0.002)
