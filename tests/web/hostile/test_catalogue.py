"""A hostile catalogue: what stands in its strings is shown as text on every page and in every language, in PDF,
JSON-LD, site maps, the feed, the search description and the calendar; no element of ours is lost or moved by it."""

import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import icalendar
import msgspec
import pytest
from form_kit import answered, holder, typed
from portal_kit import BASE, Visitor, portal
from reading import extracted

from madang.backend.catalogue.loader import Holdings, load
from madang.contract.completeness import texts
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.text import Text
from madang.web.access import Access
from madang.web.catalogue.shelf import Shelf
from madang.web.links import link
from madang.web.routes import TABLE
from madang.web.views.changes import newest
from tests.web.hostile.addresses import variables
from tests.web.hostile.hostile_catalogue import EXTRAS, IMG, LONG, hostile_catalogue
from tests.web.test_crawlers import inner, shelf_of

pytestmark = pytest.mark.anyio
PERSON = "nguyen-van-an"
OURS = ("img", "image", "iframe", "object", "embed", "base", "svg", "script", "style", "link", "meta")
"""Elements that a string could plant."""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_catalogue(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="module")
def holdings(catalogue: Path) -> Holdings:
    """It passes every check: nothing of it is a mistake."""
    return load(catalogue)


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory, catalogue: Path, anyio_backend: str) -> AsyncIterator[Any]:
    async with portal(tmp_path_factory.mktemp("hostile"), MADANG_CATALOGUE=str(catalogue)) as made:
        yield made


@pytest.fixture(scope="module")
async def sound(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Any]:
    """The portal with the catalogue as it is shipped."""
    async with portal(tmp_path_factory.mktemp("sound")) as made:
        yield made


def some_languages(*some: Locale) -> Any:
    """These by default, each language in the full run."""
    each = [pytest.param(locale, marks=() if locale in some else pytest.mark.full) for locale in LOCALES]
    return pytest.mark.parametrize("locale", each)


def pages(shelf: Shelf, locale: Locale) -> Iterator[tuple[str, str]]:
    """(route, address) of everything public that shows the catalogue: each service once that has a page of its own,
    some of the many that are alike."""
    listed = [service for service in shelf.catalogue.services if service.kind == "listed"]
    for service in (*(s for s in shelf.catalogue.services if s.kind != "listed"), *listed[::60]):
        yield "guide", link(locale, "guide", service=service.identifier)
        if service.easy:
            yield "easy", link(locale, "easy", service=service.identifier)
        if service.website:
            yield "leaving", link(locale, "leaving", service=service.identifier)
    national = next(service for service in listed if shelf.local.of(service.identifier))
    yield "areas", link(locale, "areas", service=national.identifier)
    for variant in shelf.local.variants[::1500]:
        yield "guide", link(locale, "guide", service=variant.identifier)
    for package in shelf.packages:
        yield "life_event", link(locale, "life_event", package=package.id)
    for audience in shelf.audiences:
        if audience.services:
            yield "audience", link(locale, "audience", audience=audience.id)
    for name in ("home", "services", "results", "a_z", "life_events", "for_you", "site_map", "changes", "completeness"):
        yield name, link(locale, name)
    for name in ("help", "holidays", "offices", "life_kinds", "verify", "status", "status_systems", "report"):
        yield name, link(locale, name)
    for name in ("preferences", "accessibility", "accessibility_criteria", "report_answer"):
        yield name, link(locale, name)
    for query in ({"q": "onerror"}, {"q": "이사"}, {"category": "tax"}, {"event": "relocation", "who": "parent"}):
        yield "services", link(locale, "services", query)
    for query in ({"area": "seoul"}, {"service": "entry-exit"}, {"near": "Suwon"}):
        yield "offices", link(locale, "offices", query)
    yield "support", link(locale, "support", {"from": link(locale, "guide", service="entry-exit")})


def test_every_page_that_shows_the_catalogue_is_among_them(app: Any) -> None:
    asked = {name for name, _ in pages(shelf_of(app), "ko")}
    public = {r.name for r in TABLE if r.method == "GET" and r.access is Access.PUBLIC}
    bare = {"language", "session", "changes_feed", "verify_code", "verify_unprefixed", "styleguide", "voice"}
    bare |= {"kiosk", "kiosk_device"}
    # A stranger is led from these to the beginning of signing in, or of remote support; its pages name no service.
    elsewhere = {name for name in public if name.startswith(("sign", "support_"))}
    assert public - asked == bare | elsewhere
    assert all(variables(row) for row in TABLE if row.name in ("guide", "life_event", "audience"))


def planted(html: str) -> list[str]:
    """What a string of the catalogue has made of itself beside text; our own scripts and pictures are known."""
    found = []
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2]
        if tag in ("img", "image", "iframe", "object", "embed", "base"):
            found.append(f"<{tag}>")
        if any(name.startswith("on") or not re.fullmatch(r"[a-zA-Z:}{/.\d-]+", name) for name in element.attrib):
            found.append(f"<{tag} {dict(element.attrib)}>")
        text = "".join(element.itertext())
        if tag in ("script", "style", "svg") and "onerror" in text and element.get("type") != "application/ld+json":
            found.append(f"the text of <{tag}>")
        for name in ("href", "action", "src"):
            value = (element.get(name) or "").strip().lower()
            if value.startswith(("javascript:", "data:", "//")):
                found.append(f"{name}={value[:80]!r}")
    return found


def shown(html: str) -> str:
    """The text that a page shows, without spaces and the marks that headlines break at."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    body = next(root.iter("body"))
    return squeezed("".join(body.itertext()))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u2060\u200b]", "", text)


def says(html: str, text: Text, locale: Locale) -> bool:
    return squeezed(text.resolve(locale).text) in shown(html)


@some_languages("vi")
async def test_on_every_page_it_is_text(app: Any, visitor: Visitor, locale: Locale) -> None:
    """Sound by all invariants, too: ``Visitor`` checks them on each page."""
    found = []
    for _, address in pages(shelf_of(app), locale):
        response = await visitor.get(address)
        if response.status_code != 200:
            found.append(f"{address}: {response.status_code}")
        found += [f"{address}: planted {thing}" for thing in planted(response.text)]
        for sign in ("49$49", "<%=49"):
            if sign in response.text:
                found.append(f"{address}: counts")
    assert not found, "\n".join(found)


@some_languages("ko", "th", "zh")
async def test_every_string_is_shown_as_it_is_written(app: Any, visitor: Visitor, locale: Locale) -> None:
    shelf = shelf_of(app)
    for name in ("move-in", "entry-exit", "hometax", "passport-issue"):
        service = shelf.service(name)
        assert service is not None
        html = (await visitor.get(link(locale, "guide", service=name))).text
        wanted = [service.title, service.who_short, service.who, *service.legal, *service.good_to_know]
        wanted += [text for item in service.faq for text in (item.question, item.answer)]
        wanted += [text for step in service.how for text in (step.title, step.text)]
        wanted += [shelf.authority(service.authority).name, shelf.category(service.categories[0]).title]
        assert all(IMG in text.ko for text in wanted)
        assert [text.resolve(locale).text[:200] for text in wanted if not says(html, text, locale)] == []
    package = shelf.packages[0]
    html = (await visitor.get(link(locale, "life_event", package=package.id))).text
    assert all(says(html, text, locale) for text in (package.title, package.description, *package.good_to_know))
    assert all(says(html, member.note, locale) for member in package.members)
    html = (await visitor.get(link(locale, "help"))).text
    assert all(says(html, item.answer, locale) for item in shelf.faq)
    assert all(says(html, line.name, locale) and says(html, line.hours, locale) for line in shelf.help_lines)
    html = (await visitor.get(link(locale, "life_kinds"))).text
    assert all(says(html, kind.title, locale) for kind in shelf.catalogue.life_information)
    html = (await visitor.get(link(locale, "changes"))).text
    assert all(says(html, change.text, locale) for change in shelf.catalogue.changes)
    html = (await visitor.get(link(locale, "for_you"))).text
    assert all(says(html, audience.title, locale) for audience in shelf.audiences if audience.services)
    html = (await visitor.get(link(locale, "offices"))).text
    assert says(html, shelf.offices[0].name, locale)
    province = shelf.local.areas["seoul"].name.resolve(locale).text
    assert squeezed(province[:1].upper() + province[1:]) in shown(html)


def test_there_is_something_hostile_in_everything(app: Any) -> None:
    shelf = shelf_of(app)
    # The names of offices of every area are code, which composes them of the areas' names.
    offices = tuple(office for office in shelf.offices if not office.id.endswith(("-counter", "-kiosk")))
    named = [text for _, text in texts(msgspec.structs.replace(shelf.catalogue, offices=offices))]
    strings = [value for text in named for locale in LOCALES if (value := getattr(text, locale))]
    assert [value[:100] for value in strings if IMG not in value] == []
    together = "".join(strings)
    assert all(extra in together for extra in EXTRAS)
    assert together.count(LONG) > 20
    assert "\u202e" not in together, "nothing turns our own words round"
    assert together.count("evil") > 1000


def skeleton(html: str) -> list[tuple[str, str, str]]:
    """Our elements in their order: tag, name for tests, class. What breaks lines in headlines is left out."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    found = [(e.tag, e.get("data-ref") or "", e.get("class") or "") for e in root.iter() if isinstance(e.tag, str)]
    return [
        (tag, ref, kind) for tag, ref, kind in found if tag not in ("wbr", "br") and not (tag == "span" and kind == "j")
    ]


@some_languages("ja")
async def test_no_element_of_ours_is_lost_or_moved(app: Any, sound: Any, locale: Locale) -> None:
    """The same elements in the same order as with the catalogue that is shipped."""
    hostile, plain = Visitor(app), Visitor(sound)
    every = list(pages(shelf_of(app), locale))
    ordered = (
        "guide",
        "easy",
        "leaving",
        "life_event",
        "audience",
        "help",
        "changes",
        "life_kinds",
        "life_events",
        "verify",
    )
    for name, address in every[LOCALES.index(locale) :: 3]:
        if name in ordered:
            for portal_app in (app, sound):  # what a busy machine answers late is no element that is lost
                await inner(portal_app).state.portal.monitor.ask()
            expected = skeleton((await plain.get(address)).text)
            assert skeleton((await hostile.get(address)).text) == expected, address


@pytest.mark.parametrize("locale", LOCALES)
async def test_for_machines_it_is_text_too(app: Any, visitor: Visitor, locale: Locale) -> None:
    shelf = shelf_of(app)
    for name in ("move-in", "hometax", "passport-issue"):
        service = shelf.service(name)
        assert service is not None
        html = (await visitor.get(link(locale, "guide", service=name))).text
        root = html5lib.parse(html, namespaceHTMLElements=False)
        script = next(e for e in root.iter("script") if e.get("type") == "application/ld+json")
        assert "<" not in (script.text or "")
        graph = json.loads(script.text or "")["@graph"]
        node = next(node for node in graph if node["@type"] == "GovernmentService")
        assert node["name"] == service.title.resolve(locale).text
        assert node["audience"]["audienceType"] == service.who_short.resolve(locale).text
        assert [law["name"] for law in node.get("subjectOf", ())] == [
            text.resolve(locale).text for text in service.legal
        ]
        description = next(e for e in root.iter("meta") if e.get("name") == "description")
        assert description.get("content"), "striptags leaves what is no tag"
    for address in ("/sitemap.xml", f"/sitemap-{locale}.xml", f"/opensearch-{locale}.xml"):
        ElementTree.fromstring((await visitor.http.get(address)).content)
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring((await visitor.http.get(link(locale, "changes_feed"))).content)
    told = [entry.findtext(f"{atom}summary") for entry in feed.iter(f"{atom}entry")]
    assert told == [change.text.resolve(locale).text for change in newest(shelf)]
    assert told


NUMBER = re.compile(r"/documents/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})")


@some_languages("ja", "th")
async def test_a_form_a_document_and_its_pdf_show_it_as_text(
    visitors: Callable[[], Visitor], holdings: Holdings, locale: Locale
) -> None:
    citizen, found = visitors(), []
    service = holdings.services["alien-registration"]
    form = holdings.forms[service.form]

    async def seen(address: str) -> Any:
        response = await citizen.get(address)
        assert response.status_code == 200, address
        found.extend(f"{address}: planted {thing}" for thing in planted(response.text))
        return response

    await citizen.sign_in(holder(holdings, service, locale).subject, f"/{locale}/")
    await citizen.post(f"/{locale}/apply/alien-registration", {"new": "1"})
    answers = typed(answered(form), form)
    for _ in range(30):
        assert citizen.page is not None
        here = citizen.page.url.path
        found += [f"{here}: planted {thing}" for thing in planted(citizen.page.text)]
        if here.endswith("/check"):
            break
        hidden = next(fields for _, fields in citizen.forms() if "base" in fields)
        await citizen.post(here, hidden)  # with its mistakes told
        found += [f"{here} again: planted {thing}" for thing in planted(citizen.page.text)]
        await citizen.post(here, {**hidden, **answers})
        assert citizen.page.url.path != here, here
    done = await citizen.post(here)
    assert done.status_code == 200, shown(done.text)[:2000]
    number = NUMBER.search(done.text)
    assert number
    page = await seen(f"/{locale}/documents/{number[1]}")
    template = holdings.templates[service.outputs[0].document]
    assert says(page.text, template.title, "ko")
    content = (await citizen.http.get(f"/{locale}/documents/{number[1]}/pdf")).content
    printed = squeezed(extracted(content))
    for text in (template.title, template.statement):
        assert squeezed(text.ko) in printed, text.ko[:200]
        assert squeezed(text.resolve(locale).text) in printed, text.resolve(locale).text[:200]
    for address in ("/applications", "/my-information", "/my-information/accesses", "/"):
        await seen(f"/{locale}{address}")
    proof = await visitors().post(f"/{locale}/verify", {"number": number[1]})
    assert 'data-result="genuine"' in proof.text
    found += [f"verify: planted {thing}" for thing in planted(proof.text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_calendar_holds_it_as_text(app: Any, visitor: Visitor, locale: Locale) -> None:
    await visitor.sign_in(PERSON, f"/{locale}/")
    page = await visitor.get(f"/{locale}/my-information")
    assert not planted(page.text)
    response = await visitor.http.get(f"/{locale}/my-information/calendar.ics")
    assert response.status_code == 200
    calendar = icalendar.Calendar.from_ical(response.content)
    events = [event for event in calendar.walk() if event.name == "VEVENT"]
    assert events
    titles = {kind.title.resolve(locale).text for kind in shelf_of(app).catalogue.life_information}
    for event in events:
        summary = str(event["SUMMARY"])
        assert any(title in summary for title in titles) or IMG in summary, summary[:200]
        assert {name for name, _ in event.property_items() if name.startswith("X-")} == set()
    assert all(len(line) <= 75 for line in response.content.split(b"\r\n")), "long words are folded"
    for card in re.findall(rf'href="(/{locale}/my-information/[a-z-]+)"', page.text)[:5]:
        assert not planted((await visitor.get(card)).text)
    assert BASE
