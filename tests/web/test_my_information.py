"""Information for life in the portal: what presses first, a dead agency loses its own card alone, the calendar."""

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import html5lib
import icalendar
import msgspec
import pytest
from outage_kit import PEOPLE, says
from portal_kit import Visitor, running, settings

from madang.contract.messages.identity import PersonName
from madang.contract.messages.life import LifeInformation, LifeItem
from madang.i18n.korea import KOREA
from madang.i18n.locales import HTML_LANG, LOCALES, Locale
from madang.web import wiring
from madang.web.app import create_app
from madang.web.clients import life, policy
from madang.web.clients.policy import Patience
from madang.web.life_words import template_of

pytestmark = pytest.mark.anyio
PATH = "/v1/me/life-information/"
SILENT = "The agency’s system is not answering just now"
ALL_SILENT = "None of the agencies answers just now"


@dataclass
class Agencies:
    """The backend, some of whose agencies do not answer, answer late, or say what a test wants."""

    app: Any
    dead: set[str] = field(default_factory=set)
    slow: set[str] = field(default_factory=set)
    say: dict[str, LifeInformation] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    most: int = 0
    running: int = 0
    portal: Any = None
    lanes: dict[Any, Any] = field(default_factory=dict)
    """The portal's breakers, one a kind."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        if not path.startswith(PATH):
            await self.app(scope, receive, send)
            return
        kind = path.removeprefix(PATH)
        self.calls.append(kind)
        self.running += 1
        self.most = max(self.most, self.running)
        try:
            if kind in self.slow:
                await asyncio.sleep(60)
            if kind in self.dead:
                await self._answer(send, 502, b"bad gateway", b"text/plain")
            elif kind in self.say:
                await self._answer(send, 200, msgspec.json.encode(self.say[kind]), b"application/json")
            else:
                await self.app(scope, receive, send)
        finally:
            self.running -= 1

    @staticmethod
    async def _answer(send: Any, status: int, body: bytes, media: bytes) -> None:
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", media)]})
        await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
async def agencies(anyio_backend: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Agencies]:
    made = settings(tmp_path_factory.mktemp("life"))
    embedded = wiring.embedded_backend(made)
    wrapped = Agencies(embedded)
    async with embedded.router.lifespan_context(embedded), running(create_app(made, backend=wrapped)) as app:

        async def seen(scope: Any, receive: Any, send: Any) -> None:
            await app(scope, receive, send)
            wrapped.lanes = scope["app"].state.portal.backend._lanes

        wrapped.portal = seen
        yield wrapped


@pytest.fixture(autouse=True)
def _all_answer(agencies: Agencies, monkeypatch: pytest.MonkeyPatch) -> None:
    """So many answers at once take their time on a busy machine; who is slow takes longer still."""
    monkeypatch.setitem(policy.PATIENCE, "life_information", Patience(read=6.0, total=6.0))
    monkeypatch.setattr(life, "SECONDS", 20.0)
    agencies.dead, agencies.slow, agencies.say, agencies.calls, agencies.most = set(), set(), {}, [], 0
    agencies.lanes.clear()  # no breaker remembers another test


async def signed_in(agencies: Agencies, person: str, to: str) -> Visitor:
    visitor = Visitor(agencies.portal, **{"Accept-Encoding": "identity"})
    await visitor.sign_in(person, to)
    return visitor


def kinds(agencies: Agencies) -> list[Any]:
    return list(agencies.app.state.house.holdings.catalogue.life_information)


def cards(html: str) -> dict[str, Any]:
    """Kind -> its card's element, in the page's order."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return {
        e.get("id").removeprefix("life-"): e for e in root.iter("article") if (e.get("id") or "").startswith("life-")
    }


def text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize("locale", LOCALES)
async def test_what_presses_stands_first_and_all_kinds_are_there(agencies: Agencies, locale: Locale) -> None:
    visitor = await signed_in(agencies, "han-garam", f"/{locale}/my-information")
    page = visitor.page
    assert page is not None
    assert page.url.path == f"/{locale}/my-information"
    assert page.headers["cache-control"] == "no-store"
    shown = cards(page.text)
    assert sorted(shown) == sorted(kind.id for kind in kinds(agencies))
    states = [element.get("class").split()[1] for element in shown.values()]
    order = {"overdue": 0, "soon": 1, "due": 2, "open": 2, "nothing": 3}
    assert [order[s] for s in states] == sorted(order[s] for s in states)
    assert states[0] == "overdue"
    assert set(states) == set(order)
    guide = shown["passport-expiry"].find(".//a[@data-ref='life-guide:passport-expiry']")
    assert guide is not None
    assert guide.get("href") == f"/{locale}/services/passport-issue"
    assert 1 < agencies.most <= 16, "at once, but not all"


@pytest.mark.parametrize("locale", LOCALES)
async def test_one_dead_agency_loses_its_own_card_alone(agencies: Agencies, locale: Locale) -> None:
    agencies.dead = {"traffic-fine"}
    visitor = await signed_in(agencies, "han-garam", f"/{locale}/my-information")
    for _ in range(8):  # more often than any breaker has patience
        page = await visitor.get(f"/{locale}/my-information")
        assert page.status_code == 200
        shown = cards(page.text)
        assert [kind for kind, element in shown.items() if "down" in element.get("class").split()] == ["traffic-fine"]
        card = shown["traffic-fine"]
        assert says(page, locale, SILENT)
        assert card.find(".//a[@href='tel:182']") is not None
        again = card.find(".//a[@data-ref='life-again:traffic-fine']")
        assert again is not None
        assert again.get("href") == again.get("hx-get") == f"/{locale}/my-information/traffic-fine"


async def test_several_dead_agencies_do_not_take_the_others_with_them(agencies: Agencies) -> None:
    """The last ones called: to a breaker of all kinds they would be failures in a row."""
    agencies.dead = {kind.id for kind in kinds(agencies)[-7:]}
    visitor = await signed_in(agencies, "han-garam", "/en/my-information")
    for _ in range(4):
        page = await visitor.get("/en/my-information")
        down = {kind for kind, element in cards(page.text).items() if "down" in element.get("class").split()}
        assert down == agencies.dead


async def test_a_slow_agency_is_not_waited_for(agencies: Agencies) -> None:
    agencies.slow = {"jury-duty"}
    visitor = await signed_in(agencies, "seonu-daon", "/en/my-information")
    assert visitor.page is not None
    shown = cards(visitor.page.text)
    assert [kind for kind, element in shown.items() if "down" in element.get("class").split()] == ["jury-duty"]
    assert len(shown) == 41


@pytest.mark.parametrize("locale", LOCALES)
async def test_all_dead_is_said_once_with_whom_to_call(agencies: Agencies, locale: Locale) -> None:
    visitor = await signed_in(agencies, PEOPLE[locale], f"/{locale}/my-information/accesses")
    agencies.dead = {kind.id for kind in kinds(agencies)}
    page = await visitor.get(f"/{locale}/my-information")
    assert page.status_code == 200
    assert says(page, locale, ALL_SILENT)
    assert 'href="tel:110"' in page.text
    assert len(cards(page.text)) == 41
    calendar = await visitor.get(f"/{locale}/my-information/calendar.ics")
    assert calendar.status_code == 503, "an empty calendar would say that nothing is due"
    guide = await visitor.get(f"/{locale}/help/life-information")
    assert guide.status_code == 200


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_fragment_is_what_the_whole_page_shows(agencies: Agencies, locale: Locale) -> None:
    agencies.dead = {"traffic-fine"}
    visitor = await signed_in(agencies, "han-garam", f"/{locale}/my-information")
    assert visitor.page is not None
    whole = visitor.page.text
    for kind in ("traffic-fine", "vehicle-inspection", "waste-days", "tax-refund", "jury-duty", "child-vaccination"):
        fragment = await visitor.get(f"/{locale}/my-information/{kind}", **{"HX-Request": "true"})
        assert fragment.status_code == 200
        assert fragment.headers["cache-control"] == "no-store"
        assert "HX-Request" in fragment.headers["vary"]
        assert fragment.text.strip().startswith("<article")
        assert fragment.text.strip() in whole
        alone = await visitor.get(f"/{locale}/my-information/{kind}")
        assert fragment.text.strip() in alone.text
    assert (await visitor.get(f"/{locale}/my-information/no-such-kind")).status_code == 404


@pytest.mark.parametrize("path", ["", "/calendar.ics", "/property-tax", "/property-tax/calendar.ics", "/accesses"])
async def test_without_a_session_one_signs_in_and_comes_back(agencies: Agencies, path: str) -> None:
    for locale in LOCALES:
        visitor = Visitor(agencies.portal)
        response = await visitor.http.get(f"/{locale}/my-information{path}")
        assert "/demo-sign-in/" in response.url.path
        back = await visitor.choose(PEOPLE[locale], response)
        assert back.url.path == f"/{locale}/my-information{path}"
        assert back.status_code == 200


@pytest.mark.parametrize("locale", LOCALES)
async def test_everybody_reads_which_kinds_there_are(agencies: Agencies, locale: Locale) -> None:
    visitor = Visitor(agencies.portal)
    page = await visitor.get(f"/{locale}/help/life-information")
    assert page.status_code == 200
    for kind in kinds(agencies):
        assert html(getattr(kind.title, locale)) in page.text
        assert html(getattr(kind.summary, locale)) in page.text
    assert f'href="/{locale}/my-information"' in page.text
    assert not agencies.calls


def html(words: str) -> str:
    import markupsafe

    return str(markupsafe.escape(words))


@pytest.mark.parametrize("state", ["due", "soon", "overdue", "open"])
async def test_every_sentence_is_said_whole(agencies: Agencies, state: Any) -> None:
    """Each kind in each state and language: nothing left to fill in, nothing unknown, nothing in another language."""
    today = dt.datetime.now(KOREA).date()
    day = {"due": 400, "soon": 3, "overdue": -3, "open": 100}[state]
    name = PersonName("한마루", "한", "마루", "HAN MARU", "ko")
    for kind in kinds(agencies):
        item = LifeItem(
            *("key", state, today + dt.timedelta(days=day), today, 41_200, 7),
            what=next(iter(kind.codes), ""),
            who=name,
        )
        agencies.say[kind.id] = LifeInformation(kind.id, state, (item,))
    for locale in LOCALES:
        visitor = await signed_in(agencies, "han-garam", f"/{locale}/my-information")
        assert visitor.page is not None
        shown = cards(visitor.page.text)
        for kind in kinds(agencies):
            said = text(shown[kind.id])
            sentence = template_of(kind, state)
            assert "{" not in said, f"{kind.id} in {locale}: {said}"
            for part in re.split(r"\{\w+\}", getattr(sentence, locale)):
                assert " ".join(part.split()) in said, f"{kind.id} in {locale}: {said}"
            assert ("41" in said) == ("{amount}" in sentence.ko), f"{kind.id} in {locale}: {said}"
            assert ("한마루" in said) == ("{who}" in sentence.ko)


async def test_what_an_agency_sends_is_text(agencies: Agencies) -> None:
    evil = "<img src=x onerror=alert(1)>"
    item = LifeItem("k", "due", what="tdap", who=PersonName(evil, lang='"><script>'))
    agencies.say = {"child-vaccination": LifeInformation("child-vaccination", "due", (item,))}
    visitor = await signed_in(agencies, "han-garam", "/en/my-information/child-vaccination")
    assert visitor.page is not None
    assert "<img" not in visitor.page.text
    assert "<script>" not in visitor.page.text
    assert "–" in text(cards(visitor.page.text)["child-vaccination"]), "no day was sent"


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_calendar_holds_every_day(agencies: Agencies, locale: Locale) -> None:
    agencies.dead = {"jury-duty"}
    visitor = await signed_in(agencies, "han-garam", f"/{locale}/my-information/accesses")
    first = await visitor.get(f"/{locale}/my-information/calendar.ics")
    assert first.headers["content-type"] == "text/calendar; charset=utf-8"
    assert first.headers["cache-control"] == "no-store"
    assert first.headers["content-disposition"].startswith("attachment")
    lines = first.content.split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines), "lines are folded"
    first.content.decode()
    calendar = icalendar.Calendar.from_ical(first.content)
    missing = next(k.title for k in kinds(agencies) if k.id == "jury-duty")
    assert getattr(missing, locale) in calendar["description"]
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    assert len(events) > 15
    titles = {getattr(kind.title, locale) for kind in kinds(agencies)}
    today = dt.datetime.now(KOREA).date()
    for event in events.values():
        start = event["dtstart"].dt
        assert type(start) is dt.date, "a whole day, in every time zone"
        assert event["dtend"].dt == start + dt.timedelta(days=1)
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert start >= today - dt.timedelta(days=60)
        assert any(str(event["summary"]).startswith(title) for title in titles)
        assert event["summary"].params["LANGUAGE"] == HTML_LANG[locale]
        assert "{" not in event["description"]
        assert "<" not in event["description"]
        assert "han-garam" not in str(event["url"])
        alarms = event.walk("VALARM")
        assert alarms
        assert all(alarm["trigger"].dt < dt.timedelta() for alarm in alarms)
        assert ("rrule" in event) == (len(alarms) == 1), "waste is collected every week"
    assert b"han-garam" not in first.content
    again = icalendar.Calendar.from_ical((await visitor.get(f"/{locale}/my-information/calendar.ics")).content)
    assert {str(event["uid"]) for event in again.walk("VEVENT")} == events.keys(), "programs replace what they have"


async def test_uids_are_a_persons_and_a_cards_and_no_languages(agencies: Agencies) -> None:
    uids = {}
    for locale, person in (("ko", "han-garam"), ("th", "han-garam"), ("ko", "seonu-daon")):
        visitor = await signed_in(agencies, person, f"/{locale}/my-information/accesses")
        found = await visitor.get(f"/{locale}/my-information/electricity-bill/calendar.ics")
        (event,) = icalendar.Calendar.from_ical(found.content).walk("VEVENT")
        uids[locale, person] = str(event["uid"])
    assert uids["ko", "han-garam"] == uids["th", "han-garam"] != uids["ko", "seonu-daon"]


@pytest.mark.parametrize("locale", LOCALES)
async def test_who_looked_is_listed_newest_first(agencies: Agencies, locale: Locale) -> None:
    person = PEOPLE[locale]
    visitor = await signed_in(agencies, person, f"/{locale}/my-information")
    page = await visitor.get(f"/{locale}/my-information/accesses")
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    title = next(kind.title for kind in kinds(agencies) if kind.id == "property-tax")
    assert html(getattr(title, locale)) in page.text
    own = page.text.count('data-ref="earlier-own:')
    assert 1 <= own <= 2, "a day's own look-ups are one entry, and a run may see midnight once"
