"""A demonstration counter and a kiosk for every municipality: whole in six languages, and the same each time."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import madang.backend
from madang.backend.catalogue.loader import load
from madang.backend.catalogue.local_offices import SETTLED, VISITED, local_offices
from madang.contract.messages.catalogue import Area, Office
from madang.i18n.locales import LOCALES
from madang.i18n.text import Text
from tests.backend.catalogue.test_areas import ROWS, SCRIPTS, kilometres

MARKS = {
    "ko": "(시연용)",
    "en": "(demonstration)",
    "ja": "（デモ用）",
    "zh": "（演示用）",
    "th": "(สาธิต)",
    "vi": "(minh họa)",
}
FOREIGN = {
    "ko": r"[A-Za-z一-鿿ก-๎ァ-ヶ]",
    "en": r"[가-힣一-鿿ก-๎]",
    "ja": r"[가-힣A-Za-zก-๎]",
    "zh": r"[가-힣A-Za-zぁ-ヶก-๎]",
}
FOREIGN |= {"th": r"[가-힣A-Za-z一-鿿ぁ-ヶ]", "vi": r"[가-힣一-鿿ぁ-ヶก-๎]"}


@cache
def areas() -> tuple[Area, ...]:
    return tuple(
        Area(
            id=row["id"],
            level=row["level"],  # type: ignore[arg-type]  # test_areas checks that it is one of the four
            name=Text(**{language: row[language] for language in SCRIPTS}),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            parent=row["parent"],
        )
        for row in ROWS
    )


@cache
def offices() -> tuple[Office, ...]:
    return local_offices(areas())


def test_each_municipality_has_a_counter_and_a_kiosk() -> None:
    expected = [row["id"] for row in ROWS if row["parent"] or row["id"] in ("sejong", "jeju")]
    made = [(office.area, office.kind) for office in offices()]
    assert sorted(made) == sorted((area, kind) for area in expected for kind in ("counter", "kiosk"))
    assert len(made) == 456
    assert len({office.id for office in offices()}) == len(made)


def test_texts_are_whole_and_of_their_own_language() -> None:
    for office in offices():
        for text in (office.name, office.address, office.hours):
            assert not text.missing()
            for language in LOCALES:
                written = getattr(text, language)
                assert not re.search(FOREIGN[language], written), written
                assert not re.search(r"[{}]|  |None", written), written
        for language in LOCALES:
            assert getattr(office.name, language).endswith(MARKS[language])
    assert len({office.address.ko for office in offices()}) == len(offices())


def test_names_and_addresses_as_they_stand() -> None:
    by_id = {office.id: office for office in offices()}
    jongno = by_id["seoul-jongno-counter"]
    assert jongno.name.ko == "종로구청 민원실(시연용)"
    assert jongno.name.en == "Jongno-gu Office, service counter (demonstration)"
    assert jongno.name.th == "ช่องบริการ สำนักงานเขตจงโน (สาธิต)"
    assert re.fullmatch(r"서울특별시 종로구 시연로 \d+", jongno.address.ko)
    assert re.fullmatch(r"\d+ Siyeon-ro, Jongno-gu, Seoul", jongno.address.vi)
    assert by_id["sejong-counter"].name.ko == "세종특별자치시청 민원실(시연용)"
    assert re.fullmatch(r"제주특별자치도 시연로 \d+", by_id["jeju-kiosk"].address.ko)


def test_offices_stand_where_their_area_is() -> None:
    seats = {row["id"]: row for row in ROWS}
    for office in offices():
        here = {"latitude": str(office.latitude), "longitude": str(office.longitude)}
        assert kilometres(here, seats[office.area]) < (0.1 if office.kind == "counter" else 1.0)


def test_what_is_offered_follows_the_place() -> None:
    counters = {office.area: office for office in offices() if office.kind == "counter"}
    assert counters.keys() >= SETTLED | VISITED
    assert counters["gyeonggi-ansan"].languages == LOCALES
    assert "ja" in counters["seoul-jung"].languages
    levels = {area.id: area.level for area in areas()}
    rural = [office for area, office in counters.items() if levels[area] == "county"]
    urban = [office for area, office in counters.items() if levels[area] != "county"]
    assert all(office.languages[0] == "ko" for office in offices())
    assert sum(len(o.languages) for o in rural) / len(rural) < sum(len(o.languages) for o in urban) / len(urban)
    assert all(office.step_free for office in urban)
    assert 0 < sum(not office.step_free for office in rural) < len(rural)
    assert not any(office.hearing_loop for office in offices() if office.kind == "kiosk")
    assert 0.3 < sum(office.hearing_loop for office in counters.values()) / len(counters) < 0.7
    assert len(Counter(office.hours.ko for office in offices())) == 4


def test_the_same_areas_make_the_same_offices() -> None:
    assert local_offices(areas()) == offices()
    assert local_offices(()) == ()
    some = local_offices(areas()[:20])
    assert set(some) > {office for office in offices() if office.area == areas()[18].id}


def test_the_written_offices_stand_in_areas_that_exist() -> None:
    made = {office.id for office in offices()}
    every = load(Path(madang.backend.__file__).parent / "data").catalogue.offices
    written = [office for office in every if office.id not in made]
    assert written
    assert len(written) + len(made) == len(every), "made once each, beside the written ones"
    seats = {row["id"]: row for row in ROWS}
    for office in written:
        assert office.area in seats, office.id
        here = {"latitude": str(office.latitude), "longitude": str(office.longitude)}
        assert kilometres(here, seats[office.area]) < 5, office.id
