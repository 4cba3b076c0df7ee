"""Registers about things: anyone asks for any building or lot, by what people type, and reads it or has it issued."""

import pytest
from backend_kit import Backend, Person, refused

from madang.backend.places import match, read

pytestmark = pytest.mark.anyio
SUWON = "경기도 수원시 팔달구 시연로 12"
FOREST = "전라남도 구례군 시연면 마당리 산 34"
FIELD = "전라남도 구례군 시연면 마당리 34"


async def places(person: Person, evidence: str, words: str) -> dict[str, object]:
    response = await person.call("POST", "/v1/places", json={"evidence": evidence, "words": words})
    assert response.status_code == 200, response.text
    found: dict[str, object] = response.json()
    return found


@pytest.mark.parametrize(
    "words",
    [
        SUWON,
        "수원시 팔달구 시연로 12",
        "경기 수원시 팔달구 시연로12",
        "수원시팔달구시연로１２",
        "(00101) 경기도 수원시 팔달구 시연로 12, 101동 1204호",
        "12 Siyeon-ro, Paldal-gu, Suwon-si",
        "siyeonro 12 PALDAL-GU suwon",
        "水原市 八達区 シヨンロ 12",
        "水原市八达区示演路12号",
        "12 ถนนชีย็อน เขตพัลดัล เมืองซูวอน",
        "๑๒ ถนนชีย็อน เขตพัลดัล",
        "수원시 시연동 120-4번지",
        "120-4, Siyeon-dong, Paldal-gu",
    ],
)
async def test_a_building_is_found_however_it_is_written(backend: Backend, words: str) -> None:
    person = await backend.newcomer()
    found = await places(person, "building-register", words)
    assert found["exact"] == SUWON
    assert found["items"][0]["name"]["en"] == "12 Siyeon-ro, Paldal-gu, Suwon-si, Gyeonggi-do"  # type: ignore[index]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("구례군 마당리 산 34", FOREST),
        ("구례군 마당리 산34번지", FOREST),
        ("San 34, Madang-ri, Gurye-gun", FOREST),
        ("求礼郡 マダン里 山34", FOREST),
        ("求礼郡示演面马当里山34号", FOREST),
        ("ซาน 34 มาดังรี อำเภอคูรเย", FOREST),
        ("구례군 마당리 34", FIELD),
        ("34 Madang-ri, Gurye", FIELD),
    ],
)
async def test_forest_is_another_lot_than_the_same_number_without_san(backend: Backend, words: str, key: str) -> None:
    person = await backend.newcomer()
    assert (await places(person, "land-register", words))["exact"] == key


async def test_what_may_be_several_is_offered_and_never_guessed(backend: Backend) -> None:
    person = await backend.newcomer()
    found = await places(person, "building-register", "시연로")
    assert found["exact"] == ""
    assert 1 < len(found["items"]) <= 10  # type: ignore[arg-type]
    partly = await places(person, "building-register", "해운대구 시연로 16")
    assert partly["exact"] == "", "시연로 210번길 16 is another address than 시연로 16"
    assert [item["key"] for item in partly["items"]] == ["부산광역시 해운대구 시연로 210번길 16"]  # type: ignore[attr-defined]


async def test_what_is_not_there_is_not_found(backend: Backend) -> None:
    person = await backend.newcomer()
    for words in ("수원시 팔달구 시연로 13", "수원시 시연로 120", "없는 길 12", "!!!", "12"):
        assert await places(person, "building-register", words) == {"items": [], "exact": ""}, words


async def test_registers_about_people_cannot_be_searched(backend: Backend) -> None:
    person = await backend.newcomer()
    for evidence in ("resident-register", "alien-register", "nothing"):
        response = await person.call("POST", "/v1/places", json={"evidence": evidence, "words": "한가람"})
        refused(response, 404, "not-found")


def test_words_are_taken_apart_without_trusting_them() -> None:
    assert read("Ngõ Đường 3-2 번지").words == ("ngo", "duong")
    assert read("산 12").numbers == ("f12",)
    assert read("안산시 12").numbers == ("12",), "the name of a town is no forest"
    assert read("").words == ()
    assert match(read("시연로 1" * 100), SUWON) == 0


@pytest.mark.parametrize(
    ("service", "answers", "holds"),
    [
        ("building-register", {"building": SUWON}, "철근콘크리트구조"),
        ("land-register", {"lot": FOREST}, "임야"),
    ],
)
async def test_anyone_has_it_issued_or_reads_it(
    backend: Backend, service: str, answers: dict[str, str], holds: str
) -> None:
    person = await backend.newcomer("nguyen-van-an")
    issued = await person.apply(service, answers=answers | {"how": "issue"}, locale="vi")
    assert issued["status"] == "completed"
    assert "reading" not in issued
    (document,) = issued["documents"]
    content = await person.get(f"/v1/documents/{document['number']}")
    assert holds in str(content)
    reading = await person.apply(service, answers=answers | {"how": "read"}, locale="vi")
    assert (reading["status"], reading.get("documents", [])) == ("completed", [])
    assert holds in str(reading["reading"])
    assert "xem trên màn hình" in str(reading["reading"]["statement"])
    listed = (await person.get("/v1/applications"))["items"]
    assert not any("reading" in item for item in listed), "a list does not carry what was read"
    assert (await person.get(f"/v1/applications/{reading['number']}")) == reading
    withdrawn = await person.call("POST", f"/v1/applications/{reading['number']}/withdrawal")
    refused(withdrawn, 409, "not-possible")


async def test_the_access_is_recorded_for_the_thing_and_not_for_the_person(backend: Backend) -> None:
    person = await backend.newcomer()
    application = await person.apply("building-register", answers={"building": SUWON, "how": "read"})
    assert (await person.get("/v1/me/accesses"))["items"] == []
    about = backend.person(SUWON)
    assert application["number"] in {item["application"] for item in (await about.get("/v1/me/accesses"))["items"]}


async def test_words_that_were_never_settled_are_understood_when_submitted(backend: Backend) -> None:
    person = await backend.newcomer()
    typed = {"building": "12 Siyeon-ro, Paldal-gu, Suwon", "how": "read"}
    assert (await person.apply("building-register", answers=typed))["status"] == "completed"
    for words in ("시연로", "수원시 팔달구 시연로 99"):
        draft = await person.draft("building-register", answers={"building": words, "how": "issue"})
        assert refused(await person.send(draft), 422, "not-on-register")["authority"] == "molit"
        assert (await person.get(f"/v1/drafts/{draft['id']}"))["state"] == "open"
