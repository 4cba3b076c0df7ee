"""Places in what people type: addresses, towns, postcodes; and beside the words of a search."""

import pytest

from madang.web.catalogue.areas import LONGEST, Places
from madang.web.catalogue.postcodes import areas_of
from tests.backend.catalogue.test_areas import ROWS
from tests.backend.catalogue.test_local_offices import areas

PLACES = Places(areas())
JUNG = tuple(f"{city}-jung" for city in ("seoul", "busan", "daegu", "incheon", "daejeon", "ulsan"))


@pytest.mark.parametrize("language", ["ko", "en", "ja", "zh", "th", "vi"])
def test_every_official_name_finds_its_area(language: str) -> None:
    parents = {row["id"]: row[language] for row in ROWS}
    for row in ROWS:
        assert row["id"] in PLACES.near(row[language]), row[language]
        if row["parent"]:
            together = f"{parents[row['parent']]} {row[language]}"
            found = PLACES.near(together)
            assert row["id"] in found, together
            assert all(name.startswith(row["parent"]) for name in found), together
            assert language == "th" or found == (row["id"],), together


@pytest.mark.parametrize(
    "typed",
    ["종로", "종로구", "종로구청", "종로역", "Jongno", "jongno-gu", "JONGNO GU", "Jongnogu", "Jongno District", "鍾路",
     "鍾路区", "钟路", "钟路区", "鍾路區", "จงโน", "เขตจงโน", "quận Jongno", "q. Jongno",
     "서울특별시 종로구 사직로8길 31", "서울시종로구", "03045", "030",
     "31 Sajik-ro 8-gil, Jongno-gu, Seoul 03045", "ソウル特別市鍾路区社稷路", "首尔特别市钟路区", "เขตจงโน กรุงโซล",
     "quận Jongno, thành phố Seoul"],
)  # fmt: skip
def test_one_place_is_written_in_many_ways(typed: str) -> None:
    assert PLACES.near(typed) == ("seoul-jongno",)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("중구", JUNG),
        ("Jung-gu", JUNG),
        ("中区", JUNG),
        ("부산 중구", ("busan-jung",)),
        ("Jung-gu, Busan", ("busan-jung",)),
        ("고성", ("gangwon-goseong", "gyeongnam-goseong")),
        ("강원 고성군", ("gangwon-goseong",)),
        ("광주", ("gwangju", "gyeonggi-gwangju")),
        ("광주 북구", ("gwangju-buk",)),
        ("경기 광주", ("gyeonggi-gwangju",)),
        ("광주광역시", ("gwangju",)),
        ("예산", ("chungnam-yesan",)),
        ("충남", ("chungnam",)),
        ("忠南", ("chungnam",)),
        ("전라북도", ("jeonbuk",)),
        ("Jeju", ("jeju",)),
        ("서귀포시", ("jeju",)),
        ("ปูซาน", ("busan",)),
        ("16489", ("gyeonggi",)),
        ("경기도 종로구", ("seoul-jongno",)),
    ],
)
def test_what_is_not_clear_is_all_there(typed: str, expected: tuple[str, ...]) -> None:
    assert PLACES.near(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "아틀란티스",
        "Atlantis",
        "中",
        "구",
        "64000",
        "00000",
        "1234",
        "020-1234-55555",
        "\x00",
        "﷽",
        "()",
        "ั",
        "종" * 500,
    ],
)
def test_what_names_no_area_finds_none(typed: str) -> None:
    assert PLACES.near(typed) == ()


@pytest.mark.parametrize(
    ("typed", "expected", "rest"),
    [
        ("수원 대형폐기물", "gyeonggi-suwon", "대형폐기물"),
        ("대형폐기물 수원시", "gyeonggi-suwon", "대형폐기물"),
        ("여권 종로구청 재발급", "seoul-jongno", "여권 재발급"),
        ("수원시민 할인", "gyeonggi-suwon", "할인"),
        ("충남 예산 대형폐기물", "chungnam-yesan", "대형폐기물"),
        ("Suwon bulky waste", "gyeonggi-suwon", "bulky waste"),
        ("rác cồng kềnh Suwon", "gyeonggi-suwon", "rác cồng kềnh"),
        ("水原粗大ごみ", "gyeonggi-suwon", "粗大ごみ"),
        ("粗大ごみ水原市", "gyeonggi-suwon", "粗大ごみ"),
        ("大型垃圾 首尔江南区", "seoul-gangnam", "大型垃圾"),
        ("ขยะชิ้นใหญ่ซูวอน", "gyeonggi-suwon", "ขยะชิ้นใหญ่"),
        ("수원", "gyeonggi-suwon", ""),
        ("예산", "chungnam-yesan", ""),
    ],
)
def test_a_search_may_name_a_place(typed: str, expected: str, rest: str) -> None:
    assert PLACES.find(typed) == ((expected,), rest)


@pytest.mark.parametrize(
    "typed",
    ["예산 신청", "영주 자격", "고령 운전자 면허 반납", "고령자 혜택", "서구식 식단", "음성 안내",
     "경기 침체 지원",     "이천만원 대출", "장수 수당",
     "世宗学堂", "สถาบันเซจง", "hà nam", "nam giới", "đồng", "Sejong institute", "南海 旅行", "수영 강습",
     "전입신고", ""],
)  # fmt: skip
def test_words_are_not_places(typed: str) -> None:
    assert PLACES.find(typed) == ((), typed)


def test_a_name_that_many_bear_leaves_the_choice() -> None:
    assert PLACES.find("중구 여권") == (JUNG, "여권")


def test_long_texts_are_cut() -> None:
    assert PLACES.find("이사 " * LONGEST + "수원시") == ((), " ".join(["이사"] * (LONGEST // 3) + ["이사"]))


def test_postcodes_name_their_province_and_in_seoul_the_district() -> None:
    ids = {row["id"] for row in ROWS}
    for number in range(100, 1000):
        found = areas_of(f"{number:03}")
        assert set(found) <= ids
        assert bool(found) == (number < 640), number
    assert {name for n in range(10, 90) for name in areas_of(f"{n:03}")} == {i for i in ids if i.startswith("seoul-")}
    assert areas_of("63122") == ("jeju",)
    assert areas_of("30151") == ("sejong",)
    assert areas_of("00512") == areas_of("1") == areas_of("0304a") == areas_of("٠٣٠٤٥") == ()


def test_without_areas_nothing_is_found() -> None:
    empty = Places(())
    assert empty.find("수원 대형폐기물") == ((), "수원 대형폐기물")
    assert empty.near("03045") == ()
