"""Registrations: a clerk decides, and what is approved stands in the register in the same transaction."""

import datetime as dt
from typing import Any

import pytest
from backend_kit import Backend, Person, refused
from sqlalchemy import select, update

from madang.backend import registration
from madang.backend.deadlines import due_date
from madang.backend.tables import people, registers
from madang.i18n.korea import KOREA

pytestmark = pytest.mark.anyio
NEW = {"country": "KR", "postcode": "00480", "line1": "부산광역시 해운대구 시연로 210번길 16", "line2": "1001호"}
STAY: dict[str, Any] = {
    "whose": "self", "moved": "2026-11-20", "from": NEW, "to": NEW, "companions": None, "housing": "own",
    "declared": True,
}  # fmt: skip
MOVE: dict[str, Any] = {
    "moved": "2026-11-20", "from": NEW, "to": NEW, "who": ["self", "yun-saebom", "han-maru"], "joins": "new",
    "head": "self", "agreed": True, "housing": "own", "declared": True,
}  # fmt: skip


async def record(backend: Backend, evidence: str, subject: str) -> dict[str, Any]:
    statement = select(registers.c.record).where(registers.c.evidence == evidence, registers.c.subject == subject)
    found: dict[str, Any] = await backend.house.database.read(lambda c: c.execute(statement).scalar_one())
    return found


async def rewrite(backend: Backend, evidence: str, subject: str, **changes: Any) -> None:
    known = await record(backend, evidence, subject)
    where = (registers.c.evidence == evidence, registers.c.subject == subject)
    await backend.house.database.write(
        lambda c: c.execute(update(registers).where(*where).values(record=known | changes))
    )


async def decide(backend: Backend, number: str, status: str, note: str = "") -> Any:
    body = {"status": status, "note": note}
    return await backend.clerk.call("POST", f"/v1/applications/{number}/decision", json=body)


async def foreigner(backend: Backend, passport: str) -> Person:
    person = await backend.newcomer("nguyen-van-an")
    await rewrite(backend, "alien-register", person.subject, passport_number=passport)
    return person


async def test_a_change_of_stay_waits_for_a_clerk_and_its_deadline_is_said(backend: Backend) -> None:
    person = await foreigner(backend, "X1000001")
    before = await record(backend, "alien-register", person.subject)
    application = await person.apply("change-of-stay", answers=STAY)
    assert (application["status"], application["may_withdraw"]) == ("in-review", True)
    assert [event["status"] for event in application["events"]] == ["received", "in-review"]
    assert application["due"] == due_date(dt.datetime.fromisoformat(application["submitted"]), 1).isoformat()
    assert await record(backend, "alien-register", person.subject) == before, "nothing changes before the decision"


async def test_approving_changes_the_register_and_the_next_certificate(backend: Backend) -> None:
    person = await foreigner(backend, "X1000002")
    application = await person.apply("change-of-stay", answers=STAY)
    decided = (await decide(backend, application["number"], "completed")).json()
    assert decided["status"] == "completed"
    assert [event["status"] for event in decided["events"]] == ["received", "in-review", "completed"]
    assert (await record(backend, "alien-register", person.subject))["address"] == NEW
    assert (await person.get("/v1/me"))["facts"]["address"] == NEW, "the next form is filled in with it"
    certificate = await person.apply(
        "alien-registration", answers={"purpose": "bank", "recipient": None, "consent": "yes"}
    )
    text = str(await person.get(f"/v1/documents/{certificate['documents'][0]['number']}"))
    assert "시연로 210번길 16 1001호" in text
    assert "시연로 88" not in text
    refused(await decide(backend, application["number"], "completed"), 409, "not-possible")


async def test_family_moves_along_and_an_employer_reports_for_someone(backend: Backend) -> None:
    person, child = await foreigner(backend, "X1000003"), await foreigner(backend, "X1000004")
    along = [{"name": {"family": "NGUYEN", "given": "VAN AN"}, "passport": "X1000004"}]
    application = await person.apply("change-of-stay", answers=STAY | {"companions": along})
    assert (await decide(backend, application["number"], "completed")).status_code == 200
    for moved in (person, child):
        assert (await record(backend, "alien-register", moved.subject))["address"] == NEW
    employer, worker = await backend.newcomer(), await foreigner(backend, "X1000005")
    draft = await employer.draft("change-of-stay", answers={})
    path = f"/v1/drafts/{draft['id']}"
    file = await employer.call("POST", f"{path}/files", content=b"%PDF-1.7 x", headers={"X-File-Name": "a.pdf"})
    name = {"family": "NGUYEN", "given": "VAN AN"}
    answers = STAY | {"whose": "employee", "person": name, "passport": "X1000005", "relation": [file.json()["id"]]}
    saved = await employer.call("PUT", path, json={"version": 1, "answers": answers, "locale": "ko"})
    reported = (await employer.send(saved.json())).json()
    seen = await backend.clerk.get(f"/v1/waiting/{reported['number']}")
    assert seen["application"]["files"][0]["name"] == "a.pdf"
    content = await backend.clerk.call("GET", f"/v1/waiting/{reported['number']}/files/{file.json()['id']}")
    assert (content.content, content.headers["content-type"]) == (b"%PDF-1.7 x", "application/pdf")
    before = await record(backend, "resident-register", employer.subject)
    assert (await decide(backend, reported["number"], "completed")).status_code == 200
    assert (await record(backend, "alien-register", worker.subject))["address"] == NEW
    assert await record(backend, "resident-register", employer.subject) == before


async def test_somebody_on_no_register_cannot_be_approved_and_nothing_changes(backend: Backend) -> None:
    person = await foreigner(backend, "X1000006")
    before = await record(backend, "alien-register", person.subject)
    along = [{"name": {"family": "NO", "given": "BODY"}, "passport": "Z9999999"}]
    application = await person.apply("change-of-stay", answers=STAY | {"companions": along})
    problem = refused(await decide(backend, application["number"], "completed"), 422, "not-on-register")
    assert problem["authority"] == "moj"
    assert await record(backend, "alien-register", person.subject) == before
    assert (await person.get(f"/v1/applications/{application['number']}"))["status"] == "in-review"


async def test_returned_with_a_reason_or_withdrawn_it_changes_nothing(backend: Backend) -> None:
    person = await foreigner(backend, "X1000007")
    before = await record(backend, "alien-register", person.subject)
    application = await person.apply("change-of-stay", answers=STAY)
    refused(await decide(backend, application["number"], "returned"), 422, "invalid")
    reason = "계약서의 주소가 다릅니다."
    assert (await decide(backend, application["number"], "returned", reason)).status_code == 200
    told = await person.get(f"/v1/applications/{application['number']}")
    assert (told["status"], told["events"][-1]["note"]["ko"]) == ("returned", reason)
    again = await person.apply("change-of-stay", answers=STAY)
    withdrawn = await person.call("POST", f"/v1/applications/{again['number']}/withdrawal")
    assert withdrawn.json()["status"] == "withdrawn"
    refused(await decide(backend, again["number"], "completed"), 409, "not-possible")
    assert await record(backend, "alien-register", person.subject) == before


async def test_a_household_moves_whole(backend: Backend) -> None:
    person = await backend.newcomer()
    application = await person.apply("move-in", answers=MOVE)
    assert (await decide(backend, application["number"], "completed")).json()["status"] == "completed"
    now = await record(backend, "resident-register", person.subject)
    assert now["address"] == NEW
    assert now["formation"] == {"reason": "moved-in", "date": "2026-11-20"}
    assert [(m["id"], m["relation"], m["moved_in"]) for m in now["members"]] == [
        ("self", "head", "2026-11-20"), ("yun-saebom", "spouse", "2026-11-20"), ("han-maru", "child", "2026-11-20"),
    ]  # fmt: skip
    assert now["members"][0]["addresses"][-1] == {"from": "2026-11-20", "reason": "moved-in", "address": NEW}
    other = await record(backend, "resident-register", "yun-saebom")
    assert other["address"]["postcode"] == "00101", "who only has the same name in a household is another person"
    full = await person.apply("resident-register", answers={"kind": "full", "items": ["relation"], "purpose": "bank"})
    text = str(await person.get(f"/v1/documents/{full['documents'][0]['number']}"))
    assert "시연로 210번길 16 1001호" in text


async def test_the_head_can_be_somebody_else_and_kin_is_told_from_them(backend: Backend) -> None:
    person = await backend.newcomer()
    application = await person.apply("move-in", answers=MOVE | {"head": "yun-saebom"})
    await decide(backend, application["number"], "completed")
    now = await record(backend, "resident-register", person.subject)
    assert now["head"]["full"] == "윤새봄"
    assert {m["id"]: m["relation"] for m in now["members"]} == {
        "self": "spouse", "yun-saebom": "head", "han-maru": "child",
    }  # fmt: skip


async def test_who_stays_keeps_the_old_address_and_has_a_head(backend: Backend) -> None:
    """Two people of one household who each see it; one of them moves out."""
    leaves, stays = await backend.newcomer(), await backend.newcomer("yun-saebom")
    mine = await record(backend, "resident-register", leaves.subject)
    members = [{**m, "id": stays.subject if m["id"] == "yun-saebom" else m["id"]} for m in mine["members"]]
    await rewrite(backend, "resident-register", leaves.subject, members=members)
    theirs = await record(backend, "resident-register", stays.subject)
    members = [{**m, "id": leaves.subject if m["id"] == "han-garam" else m["id"]} for m in theirs["members"]]
    await rewrite(backend, "resident-register", stays.subject, members=members)
    application = await leaves.apply("move-in", answers=MOVE | {"who": ["self"]})
    assert (await decide(backend, application["number"], "completed")).status_code == 200
    gone = await record(backend, "resident-register", leaves.subject)
    left = await record(backend, "resident-register", stays.subject)
    assert [m["id"] for m in gone["members"]] == ["self"]
    assert {m["id"]: m["relation"] for m in left["members"]} == {"self": "head", "han-maru": "child"}
    assert left["address"] == theirs["address"]
    assert left["head"]["full"] == "윤새봄"
    assert [m["id"] for m in (await leaves.get("/v1/me"))["household"]] == ["self"]


async def test_joining_a_household_shows_in_both(backend: Backend) -> None:
    host, guest = await backend.newcomer("oh-sunrye"), await backend.newcomer()
    home = await record(backend, "resident-register", host.subject)
    name = {**home["head"], "full": "오" + "".join(chr(0xAC00 + int(digit, 16)) for digit in host.subject[-8:])}
    members = [{**m, "name": name} for m in home["members"]]
    await rewrite(backend, "resident-register", host.subject, head=name, members=members)
    draft = await guest.draft("move-in", answers={})
    path = f"/v1/drafts/{draft['id']}"
    file = await guest.call("POST", f"{path}/files", content=b"%PDF-1.7 x", headers={"X-File-Name": "a.pdf"})
    to = {name: home["address"][name] for name in ("country", "postcode", "line1", "line2")}
    answers = {key: value for key, value in MOVE.items() if key not in ("head", "agreed")}
    answers |= {"joins": "existing", "host": {"single": name["full"]}, "relation": "child", "to": to}
    answers |= {"who": ["self", "han-maru"], "confirmation": [file.json()["id"]]}
    saved = await guest.call("PUT", path, json={"version": 1, "answers": answers, "locale": "ko"})
    application = (await guest.send(saved.json())).json()
    assert (await decide(backend, application["number"], "completed")).status_code == 200
    seen = {}
    for person in (host, guest):
        now = await record(backend, "resident-register", person.subject)
        assert now["head"]["full"] == name["full"]
        assert now["address"]["line1"] == to["line1"]
        seen[person.subject] = {m["id"]: m["relation"] for m in now["members"]}
    assert seen[host.subject] == {"self": "head", guest.subject: "child", "han-maru": "grandchild"}
    assert seen[guest.subject] == {host.subject: "head", "self": "child", "han-maru": "grandchild"}


@pytest.mark.parametrize(
    ("changes", "field"), [({"who": ["han-maru"]}, "who"), ({"who": ["self"], "head": "yun-saebom"}, "head")]
)
async def test_answers_that_do_not_go_together_are_named(backend: Backend, changes: dict[str, Any], field: str) -> None:
    person = await backend.newcomer()
    problem = refused(await person.send(await person.draft("move-in", answers=MOVE | changes)), 422, "invalid")
    assert problem["fields"] == [{"field": field, "code": "option"}]


async def test_the_clerk_sees_what_waits_earliest_deadline_first(backend: Backend) -> None:
    person = await backend.newcomer()
    refused(await person.call("GET", "/v1/waiting"), 403, "forbidden")
    application = await person.apply("move-in", answers=MOVE)
    listed = (await backend.clerk.get("/v1/waiting"))["items"]
    assert [item["due"] for item in listed] == sorted(item["due"] for item in listed)
    (mine,) = (item for item in listed if item["number"] == application["number"])
    assert (mine["service"], mine["applicant"]["full"], mine["status"]) == ("move-in", "한가람", "in-review")
    case = await backend.clerk.get(f"/v1/waiting/{application['number']}")
    assert case["records"]["resident-register"]["head"]["full"] == "한가람"
    assert case["records"]["building-register"]["use"] == "apartment", "the new address is looked up, too"
    (access,) = (await person.get("/v1/me/accesses"))["items"]
    assert (access["evidence"], access["application"]) == ("resident-register", application["number"])
    await decide(backend, application["number"], "returned", "이유")
    refused(await backend.clerk.call("GET", f"/v1/waiting/{application['number']}"), 404, "not-found")


async def test_register_and_decision_are_one_transaction(backend: Backend) -> None:
    """A register that was written stays written only when the decision is."""
    person = await foreigner(backend, "X1000008")
    application = await person.apply("change-of-stay", answers=STAY)

    def half(connection: Any) -> None:
        registration.register(
            connection,
            {"service": "change-of-stay", "owner": person.subject, "answers": application["answers"]},  # type: ignore[arg-type]
        )
        raise RuntimeError("the process dies here")

    with pytest.raises(RuntimeError):
        await backend.house.database.write(half)
    assert (await record(backend, "alien-register", person.subject))["address"] != NEW
    facts = select(people.c.person).where(people.c.subject == person.subject)
    known = await backend.house.database.read(lambda c: c.execute(facts).scalar_one())
    assert known["facts"]["address"] != NEW


def test_korea_counts_three_working_hours_as_the_next_working_day() -> None:
    friday = dt.datetime(2026, 11, 20, 17, 0, tzinfo=KOREA)
    assert due_date(friday, 1) == dt.date(2026, 11, 23)
