"""Nationality, domestic residence, driving record, immunization: whose they are, what they show, and who gets none."""

import datetime as dt
from typing import Any

import pytest
from backend_kit import Backend, Person, refused

from madang.backend.catalogue.loader import load
from madang.backend.config import CATALOGUE

pytestmark = pytest.mark.anyio
HOLDINGS = load(CATALOGUE)
TODAY = dt.date(2026, 11, 22)
COSTS = {
    "nationality-acquisition": {"online": 0, "counter": 2000},
    "domestic-residence": {"online": 0, "counter": 2000},
    "driving-record": {"online": 0, "counter": 1000},
    "immunization": {"online": 0, "counter": 0},
}


@pytest.mark.parametrize("service_id", sorted(COSTS))
async def test_facts(service_id: str) -> None:
    service = HOLDINGS.services[service_id]
    assert {cost.channel: cost.krw for cost in service.costs} == COSTS[service_id]
    assert service.processing_time.rule == "immediate"
    assert service.proxy_online == ("guardian" if service_id == "immunization" else "none")
    assert not any(needed.source == "attached" for needed in service.inputs)


async def test_guardians_see_only_minors_in_the_register() -> None:
    """The register hands a guardian no record of anybody whom the form does not offer."""
    people = {person.subject: person for person in HOLDINGS.people}
    for subject, record in HOLDINGS.registers["immunization-records"].items():
        household = {member.id: member for member in people[subject].household}
        for entry in record["members"]:
            if entry["id"] != "self":
                member = household[entry["id"]]
                assert member.relation == "child"
                assert member.date_of_birth.isoformat() == entry["date_of_birth"]
                assert TODAY.year - member.date_of_birth.year < 19


async def content(person: Person, service: str, answers: dict[str, Any]) -> Any:
    application = await person.apply(service, answers=answers)
    (summary,) = application["documents"]
    return (await person.get(f"/v1/documents/{summary['number']}"))["content"]


async def test_a_guardian_gets_a_childs_certificate(backend: Backend) -> None:
    person = await backend.newcomer("yun-saebom")
    text = str(await content(person, "immunization", {"whose": "han-maru", "items": None, "purpose": "school"}))
    assert "한마루" in text
    assert "윤새봄" not in text
    assert "DEMO" not in text, "products are shown to who ticks them"
    more = {"whose": "han-maru", "items": ["product", "clinic"], "purpose": "school"}
    assert "DEMO" in str(await content(person, "immunization", more))


async def test_nobody_gets_the_certificate_of_a_spouse(backend: Backend) -> None:
    person = await backend.newcomer("yun-saebom")
    draft = await person.draft("immunization", answers={"whose": "han-garam", "items": None, "purpose": "school"})
    problem = refused(await person.send(draft), 422, "invalid")
    assert {found["field"] for found in problem["fields"]} == {"whose"}
    assert (await person.get("/v1/me/accesses"))["items"] == []


async def test_who_is_on_no_resident_register_gets_their_own(backend: Backend) -> None:
    person = await backend.newcomer("nguyen-van-an")
    assert [member["id"] for member in (await person.get("/v1/me"))["household"]] == ["self"]
    text = str(await content(person, "immunization", {"whose": "self", "items": None, "purpose": "employment"}))
    assert "NGUYỄN VĂN AN" in text


async def test_the_last_five_years_are_counted_from_today(backend: Backend) -> None:
    person = await backend.newcomer("seonu-daon")
    items = ["measures", "violations", "accidents"]

    async def rows(period: str) -> list[int]:
        answers = {"period": period, "items": items, "purpose": "employment"}
        sections = (await content(person, "driving-record", answers))["sections"]
        return [len(section["table"]["rows"]) for section in sections if section.get("table")]

    assert await rows("all") == [4, 1, 6, 2]
    backend.clock.ahead = dt.datetime(2026, 11, 22, 3, tzinfo=dt.UTC) - dt.datetime.now(dt.UTC)
    assert await rows("today-5y") == [4, 0, 3, 1]
    # An offence of 5 December 2022 is five years old on 5 December 2027, and older the day after.
    backend.clock.ahead += dt.timedelta(days=378)
    assert (await rows("today-5y"))[2] == 3
    backend.clock.ahead += dt.timedelta(days=1)
    assert (await rows("today-5y"))[2] == 2


async def test_offences_are_shown_to_who_ticks_them_only(backend: Backend) -> None:
    person = await backend.newcomer("seonu-daon")
    least = await content(person, "driving-record", {"period": "all", "items": None, "purpose": "insurance"})
    assert [bool(section.get("table")) for section in least["sections"]].count(True) == 1
    assert "00-00-" not in str(least)


@pytest.mark.parametrize(
    ("like", "service"),
    [
        ("han-garam", "nationality-acquisition"),
        ("do-ran", "domestic-residence"),
        ("oh-sunrye", "driving-record"),
        ("seonu-daon", "immunization"),
    ],
)
async def test_who_is_not_on_the_register_is_told(backend: Backend, like: str, service: str) -> None:
    person = await backend.newcomer(like)
    problem = refused(await person.send(await person.draft(service)), 422, "not-on-register")
    assert problem["authority"] == HOLDINGS.services[service].authority
    assert len((await person.get("/v1/drafts"))["items"]) == 1
