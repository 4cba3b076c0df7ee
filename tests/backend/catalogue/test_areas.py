"""The 17 provinces and 226 municipalities: whole, named in six scripts, on the map where they are."""

import csv
import math
import re
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

import madang.backend

AREAS: Final = Path(madang.backend.__file__).parent / "data" / "national" / "areas.tsv"
COLUMNS: Final = ["id", "level", "parent", "latitude", "longitude", "ko", "en", "ja", "zh", "th", "vi"]
SCRIPTS: Final = {
    "ko": r"[가-힣]+",
    "en": r"[A-Z][a-z]+(-(gu|si|gun|do)|( [A-Z][a-z]+(-[A-Z][a-z]+)?)*)",
    "ja": r"[一-鿿ァ-ヶー]+",
    "zh": r"[一-鿿]+",
    "th": r"[ก-๎]+",
    "vi": r"(thành phố|tỉnh|quận|huyện)( tự trị đặc biệt)? [A-Z][a-z]+( Bắc| Nam)?",
}
ENDINGS: Final = {
    "district": ("구", "-gu", "区", "区", "เขต", "quận "),
    "city": ("시", "-si", "市", "市", "เมือง", "thành phố "),
    "county": ("군", "-gun", "郡", "郡", "อำเภอ", "huyện "),
}
FAR_ISLANDS: Final = {"gyeongbuk-ulleung"}
"""Ulleungdo lies in the East Sea, 217 km from its province's seat. (Ongjin, all islands, has its seat in Incheon.)"""
PROVINCES = ["seoul", "busan", "daegu", "incheon", "gwangju", "daejeon", "ulsan", "sejong", "gyeonggi", "gangwon"]
PROVINCES += ["chungbuk", "chungnam", "jeonbuk", "jeonnam", "gyeongbuk", "gyeongnam", "jeju"]


def rows(path: Path = AREAS) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS: Final = rows()


def kilometres(one: dict[str, str], other: dict[str, str]) -> float:
    """Great-circle distance on a sphere of 6,371 km."""
    lat1, lon1, lat2, lon2 = (
        math.radians(float(row[key])) for row in (one, other) for key in ("latitude", "longitude")
    )
    a = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(a))


def test_the_columns_are_those_that_the_loader_reads() -> None:
    assert list(ROWS[0]) == COLUMNS
    assert all(value is not None and value == value.strip() for row in ROWS for value in row.values())


def test_every_local_government_is_there() -> None:
    assert Counter(row["level"] for row in ROWS) == {"province": 17, "city": 75, "county": 82, "district": 69}
    assert [row["id"] for row in ROWS[:17]] == PROVINCES
    per_province = Counter(row["parent"] for row in ROWS if row["parent"])
    assert per_province == {
        "seoul": 25, "busan": 16, "daegu": 9, "incheon": 10, "gwangju": 5, "daejeon": 5, "ulsan": 5, "gyeonggi": 31,
        "gangwon": 18, "chungbuk": 11, "chungnam": 15, "jeonbuk": 14, "jeonnam": 22, "gyeongbuk": 22, "gyeongnam": 18,
    }  # fmt: skip


def test_ids_are_unique_and_name_their_province() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)?", row["id"])
        assert row["parent"] == ("" if row["level"] == "province" else row["id"].partition("-")[0])
        assert not row["parent"] or row["parent"] in PROVINCES


def test_municipalities_stand_in_the_order_of_their_provinces() -> None:
    order = [PROVINCES.index(row["parent"]) for row in ROWS if row["parent"]]
    assert order == sorted(order)


@pytest.mark.parametrize("language", SCRIPTS)
def test_names_are_in_their_own_script(language: str) -> None:
    wrong = [row[language] for row in ROWS if not re.fullmatch(SCRIPTS[language], row[language])]
    assert wrong == []


def test_every_name_says_what_kind_of_place_it_is() -> None:
    for row in ROWS:
        if row["level"] != "province":
            ko, en, ja, zh, th, vi = ENDINGS[row["level"]]
            ends = {"ko": ko, "en": en, "ja": ja, "zh": zh}
            assert {lang: row[lang][-len(end) :] for lang, end in ends.items()} == ends
            assert (row["th"][: len(th)], row["vi"][: len(vi)]) == (th, vi)


@pytest.mark.parametrize("language", ["ko", "en", "ja", "zh", "vi"])
def test_names_within_a_province_differ(language: str) -> None:
    """In Thai two Korean sounds may become one; nowhere else may two neighbours have one name."""
    names = Counter((row["parent"], row[language]) for row in ROWS)
    assert [name for name, count in names.items() if count > 1] == []


def test_japanese_and_chinese_write_their_own_forms() -> None:
    """Forms of the traditional script, and those of the neighbour, do not slip in."""
    assert not set("".join(row["ja"] for row in ROWS)) & set("廣國龜鐵濟營禮寶靈榮齊澤德壽陕东阳长华兴义龙广庆")
    assert not set("".join(row["zh"] for row in ROWS)) & set("東陽楊龍長華興義學広沢鉄徳栄営済霊亀廣慶濟榮靈鍾陜爾廳")
    by_id = {row["id"]: row for row in ROWS}
    assert (by_id["seoul-jongno"]["ja"], by_id["seoul-jongno"]["zh"]) == ("鍾路区", "钟路区")
    assert (by_id["gyeonggi-gwangju"]["ja"], by_id["gwangju"]["ja"]) == ("広州市", "光州広域市")
    assert by_id["seoul"]["ja"] == "ソウル特別市"


def test_provinces_have_their_present_names() -> None:
    names = {row["id"]: row["ko"] for row in ROWS}
    assert (names["gangwon"], names["jeonbuk"]) == ("강원특별자치도", "전북특별자치도")
    assert names["daegu-gunwi"] == "군위군", "since 2023 in Daegu"


def test_seats_lie_in_korea_and_near_their_province() -> None:
    seats = {row["id"]: row for row in ROWS}
    for row in ROWS:
        assert 33.1 < float(row["latitude"]) < 38.62, row
        assert 125.9 < float(row["longitude"]) < 131.0, row
        if row["parent"] and row["id"] not in FAR_ISLANDS:
            assert kilometres(row, seats[row["parent"]]) < 150, row["id"]
    for island in FAR_ISLANDS:
        assert 150 < kilometres(seats[island], seats[seats[island]["parent"]]) < 250


def test_no_two_seats_are_one_place() -> None:
    places = Counter((row["latitude"], row["longitude"]) for row in ROWS)
    assert max(places.values()) == 1
