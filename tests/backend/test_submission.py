"""Submission: everything or nothing, once, and what it refuses."""

import datetime as dt

import anyio
import pytest
from backend_kit import ANSWERS, Backend, refused
from form_kit import ISSUING, holder

from madang.backend.catalogue.loader import load
from madang.backend.config import CATALOGUE
from madang.backend.deadlines import due_date
from madang.backend.identifiers import new_opaque
from madang.contract import numbers
from madang.i18n import formats
from madang.i18n.korea import day_in_korea

pytestmark = pytest.mark.anyio
HOLDINGS = load(CATALOGUE)


@pytest.mark.parametrize(
    ("like", "service"),
    [(holder(HOLDINGS, HOLDINGS.services[service]).subject, service) for service in ISSUING],
)
async def test_answers_become_a_document(backend: Backend, like: str, service: str) -> None:
    person = await backend.newcomer(like)
    draft = await person.draft(service, locale="vi")
    sent = await person.send(draft)
    application = sent.json()
    assert sent.status_code == 201
    assert application["status"] == "completed"
    assert numbers.is_application_number(application["number"].replace("-", ""))
    assert [event["status"] for event in application["events"]] == ["received", "completed"]
    assert application["started"] == draft["created"]
    (summary,) = application["documents"]
    assert (summary["state"], summary["locale"], summary["application"]) == ("genuine", "vi", application["number"])
    assert numbers.is_document_number(summary["number"].replace("-", ""))
    pdf = await person.call("GET", f"/v1/documents/{summary['number']}/pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert len(pdf.content) == summary["size"]
    assert await person.get(f"/v1/applications/{application['number']}") == application
    assert (await person.get("/v1/applications"))["items"] == [application]
    closed = await person.get(f"/v1/drafts/{draft['id']}")
    assert (closed["state"], closed["application"]) == ("submitted", application["number"])
    assert (await person.get("/v1/drafts"))["items"] == []


async def test_the_same_submission_gives_the_same_application(backend: Backend) -> None:
    person = await backend.newcomer()
    draft = await person.draft()
    first, second = await person.send(draft), await person.send(draft)
    assert first.status_code == second.status_code == 201
    assert first.json() == second.json()
    assert len((await person.get("/v1/applications"))["items"]) == 1


async def test_two_at_once_give_one_number(backend: Backend) -> None:
    person = await backend.newcomer()
    draft = await person.draft()
    answers = []

    async def send() -> None:
        answers.append(await person.send(draft))

    async with anyio.create_task_group() as group:
        for _ in range(4):
            group.start_soon(send)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["number"] for answer in answers}) == 1
    assert all(len(answer.json()["documents"]) == 1 for answer in answers)
    assert len((await person.get("/v1/documents"))["items"]) == 1
    assert len((await person.get("/v1/me/accesses"))["items"]) == 1


async def test_other_answers_with_the_same_key_are_refused_with_the_number(backend: Backend) -> None:
    person = await backend.newcomer()
    draft = await person.draft()
    number = (await person.send(draft)).json()["number"]
    for changes in ({"version": 2}, {"idempotency_key": "x" * 32}):
        problem = refused(await person.send(draft, **changes), 409, "already-submitted")
        assert problem["number"] == number
    save = {"version": 1, "answers": {}, "locale": "ko"}
    saved = await person.call("PUT", f"/v1/drafts/{draft['id']}", json=save)
    assert refused(saved, 409, "already-submitted")["number"] == number
    assert refused(await person.call("DELETE", f"/v1/drafts/{draft['id']}"), 409, "already-submitted")


async def test_a_stale_version_is_refused_with_the_current_draft(backend: Backend) -> None:
    person = await backend.newcomer()
    draft = await person.draft()
    problem = refused(await person.send(draft, version=7), 409, "stale-draft")
    assert problem["draft"] == draft | {"state": "open"}
    assert (await person.get("/v1/applications"))["items"] == []


async def test_a_key_that_is_not_the_drafts_own_is_refused(backend: Backend) -> None:
    person = await backend.newcomer()
    problem = refused(await person.send(await person.draft(), idempotency_key="y" * 32), 422, "invalid")
    assert problem["fields"] == [{"field": "idempotency_key", "code": "wrong"}]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"kind": "full", "items": []}, "purpose"),
        ({"kind": "none", "purpose": "bank"}, "kind"),
        ({"kind": "full", "items": [], "purpose": "bank", "nonsense": 1}, "nonsense"),
        ({"kind": "abstract", "whose": "someone-else", "details": [], "purpose": "bank"}, "whose"),
        ({"kind": "full", "items": "relation", "purpose": "bank"}, "items"),
    ],
)
async def test_wrong_answers_are_named_and_nothing_is_kept(
    backend: Backend, answers: dict[str, object], field: str
) -> None:
    person = await backend.newcomer()
    problem = refused(await person.send(await person.draft(answers=answers)), 422, "invalid")
    assert field in {found["field"] for found in problem["fields"]}
    assert (await person.get("/v1/applications"))["items"] == []
    assert (await person.get("/v1/me/accesses"))["items"] == []
    assert len((await person.get("/v1/drafts"))["items"]) == 1


async def test_answers_of_hidden_pages_are_dropped(backend: Backend) -> None:
    person = await backend.newcomer()
    leftovers = ANSWERS["resident-register"] | {"details": ["number"], "whose": "han-maru", "other": "left behind"}
    application = await person.apply(answers=leftovers)
    assert application["answers"] == ANSWERS["resident-register"]


async def test_an_extract_can_be_about_a_member_of_ones_household(backend: Backend) -> None:
    person = await backend.newcomer()
    answers = {"kind": "abstract", "whose": "han-maru", "details": ["addresses"], "purpose": "school"}
    application = await person.apply(answers=answers)
    document = await person.get(f"/v1/documents/{application['documents'][0]['number']}")
    assert document["summary"]["document"] == "resident-abstract"
    names = [row["value"]["ko"] for section in document["content"]["sections"] for row in section.get("rows", [])]
    assert "한마루" in names
    assert "한가람" not in names


async def test_the_least_is_shown_by_default(backend: Backend) -> None:
    person = await backend.newcomer()
    application = await person.apply(answers={"kind": "full", "items": None, "purpose": "bank"})
    text = str(await person.get(f"/v1/documents/{application['documents'][0]['number']}"))
    assert "860417" not in text
    more = await person.apply(answers={"kind": "full", "items": ["number"], "purpose": "bank"})
    assert "8604179000004" in str(await person.get(f"/v1/documents/{more['documents'][0]['number']}"))


async def test_too_weak_a_sign_in_is_forbidden(backend: Backend) -> None:
    strong = await backend.newcomer()
    weak = backend.person(strong.subject, acr="low")
    draft = await strong.draft()
    refused(await weak.send(draft), 403, "forbidden")
    refused(await weak.call("POST", "/v1/drafts", json=dict(id=new_opaque(), **_create())), 403, "forbidden")
    assert (await strong.send(draft)).status_code == 201


def _create() -> dict[str, object]:
    return {"service": "resident-register", "form": "resident-register@1", "locale": "ko"}


async def test_what_no_register_holds_cannot_be_certified(backend: Backend) -> None:
    person = await backend.newcomer("han-garam")
    draft = await person.draft("alien-registration")
    assert refused(await person.send(draft), 422, "not-on-register")["authority"] == "moj"
    assert (await person.get("/v1/me/accesses"))["items"] == []


async def test_unpaid_tax_rules_a_certificate_out_and_keeps_the_draft(backend: Backend) -> None:
    person = await backend.newcomer("yun-saebom")
    draft = await person.draft("local-tax")
    problem = refused(await person.send(draft), 422, "withheld")
    assert problem["authority"] == "mois"
    assert "Wetax" in problem["reason"]["en"]
    assert (await person.get(f"/v1/drafts/{draft['id']}"))["state"] == "open"
    assert (await person.get("/v1/me/accesses"))["items"] == []


async def test_a_document_with_a_validity_says_until_when(backend: Backend) -> None:
    person = await backend.newcomer("takasaki-rin")
    application = await person.apply("local-tax")
    number = application["documents"][0]["number"]
    document = await person.get(f"/v1/documents/{number}")
    issued = day_in_korea(dt.datetime.fromisoformat(document["summary"]["issued"]))
    until = issued + dt.timedelta(days=30)
    assert document["summary"]["valid_until"] == until.isoformat()
    printed = document["content"]["valid_until"]
    assert printed["label"] == {"ko": "유효기간 만료일", "translation": "Valid until"}
    assert printed["value"] == {"ko": formats.date(until, "ko"), "translation": formats.date(until, "en")}
    assert "₩2,345,670" in str(document["content"]), "a deferred tax stands on the certificate"


async def test_a_character_that_no_font_has_is_said_before_anything_is_promised(backend: Backend) -> None:
    person = await backend.newcomer()
    answers = ANSWERS["entry-exit"] | {"purpose": "other", "other": "ꯍ for a friend"}
    draft = await person.draft("entry-exit", answers=answers)
    assert refused(await person.send(draft), 422, "unprintable")["characters"] == "ꯍ"
    assert (await person.get(f"/v1/drafts/{draft['id']}"))["state"] == "open"


async def test_every_look_up_is_written_down_for_its_person(backend: Backend) -> None:
    person = await backend.newcomer("nguyen-van-an")
    application = await person.apply("alien-registration")
    (access,) = (await person.get("/v1/me/accesses"))["items"]
    assert access.pop("at") == application["submitted"]
    assert access == {
        "authority": "moj",
        "evidence": "alien-register",
        "service": "alien-registration",
        "application": application["number"],
        "consent": "given",
    }


async def _without_consent(backend: Backend) -> tuple[object, dict[str, object]]:
    person = await backend.newcomer("nguyen-van-an")
    draft = await person.draft("alien-registration", answers={})
    stored = await person.call(
        "POST", f"/v1/drafts/{draft['id']}/files", content=b"%PDF-1.7 a card", headers={"X-File-Name": "card.pdf"}
    )
    answers = ANSWERS["alien-registration"] | {"consent": "no", "card": [stored.json()["id"]]}
    saved = await person.call(
        "PUT", f"/v1/drafts/{draft['id']}", json={"version": 1, "answers": answers, "locale": "vi"}
    )
    application = (await person.send(saved.json())).json()
    return person, application


async def test_without_consent_a_clerk_decides_by_the_deadline(backend: Backend) -> None:
    person, application = await _without_consent(backend)
    assert application["status"] == "in-review"
    assert application["may_withdraw"] is True
    submitted = dt.datetime.fromisoformat(str(application["submitted"]))
    days = backend.house.holdings.services["alien-registration"].processing_time.manual_days
    assert application["due"] == due_date(submitted, days).isoformat()
    assert (await person.get("/v1/me/accesses"))["items"] == []  # type: ignore[attr-defined]
    path = f"/v1/applications/{application['number']}/decision"
    refused(await person.call("POST", path, json={"status": "completed"}), 403, "forbidden")  # type: ignore[attr-defined]
    clerk = backend.clerk
    refused(await clerk.call("POST", path, json={"status": "returned", "note": " "}), 422, "invalid")
    more = await clerk.call("POST", path, json={"status": "more-info", "note": "사진이 흐립니다"})
    assert more.json()["events"][-1]["note"] == {"ko": "사진이 흐립니다"}
    done = await clerk.call("POST", path, json={"status": "completed"})
    assert (done.status_code, done.json()["status"]) == (200, "completed")
    assert len(done.json()["documents"]) == 1
    refused(await clerk.call("POST", path, json={"status": "completed"}), 409, "not-possible")


async def test_an_application_can_be_taken_back_until_it_is_finished(backend: Backend) -> None:
    person, application = await _without_consent(backend)
    path = f"/v1/applications/{application['number']}/withdrawal"
    stranger = await backend.newcomer()
    refused(await stranger.call("POST", path), 404, "not-found")
    withdrawn = (await person.call("POST", path)).json()  # type: ignore[attr-defined]
    assert (withdrawn["status"], withdrawn.get("may_withdraw", False)) == ("withdrawn", False)
    refused(await person.call("POST", path), 409, "not-possible")  # type: ignore[attr-defined]
    decision = f"/v1/applications/{application['number']}/decision"
    refused(await backend.clerk.call("POST", decision, json={"status": "completed"}), 409, "not-possible")
    finished = await stranger.apply()
    refused(await stranger.call("POST", f"/v1/applications/{finished['number']}/withdrawal"), 409, "not-possible")


async def test_nobody_reads_anothers_application(backend: Backend) -> None:
    mine, theirs = await backend.newcomer(), await backend.newcomer()
    number = (await theirs.apply())["number"]
    refused(await mine.call("GET", f"/v1/applications/{number}"), 404, "not-found")
    refused(await mine.call("GET", "/v1/applications/2026-1122-0000-0000"), 404, "not-found")
    assert (await mine.get("/v1/applications"))["items"] == []
