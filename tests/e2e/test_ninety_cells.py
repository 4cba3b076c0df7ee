"""Fifteen services in six languages, each in a real browser at 320 px: guide, questions, apply, result.

By default each service once, in a language of its turn, so that each language occurs; all ninety in the full run.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from answering import Answering, message, written
from citizen import Citizen
from form_kit import answered, holder
from playwright.sync_api import Browser, expect
from portal_server import Server

from madang.backend.catalogue.loader import Holdings, load
from madang.backend.config import CATALOGUE
from madang.backend.deadlines import due_date
from madang.contract.messages.catalogue import Service
from madang.i18n import formats
from madang.i18n.locales import LOCALES, Locale

OWN = tuple(sorted(path.stem.split("@")[0] for path in (CATALOGUE / "forms").glob("*.yaml")))
REGISTRATIONS = ("change-of-stay", "move-in")
READABLE = ("building-register", "land-register")


def turns(services: tuple[str, ...]) -> list[Any]:
    return [
        pytest.param(
            name, locale, id=f"{name}-{locale}", marks=() if place % len(LOCALES) == turn else pytest.mark.full
        )
        for place, name in enumerate(services)
        for turn, locale in enumerate(LOCALES)
    ]


@pytest.fixture(scope="module")
def holdings() -> Holdings:
    return load(CATALOGUE)


def fine(citizen: Citizen) -> None:
    """The page that stands there fits a phone, and the browser has nothing to complain of."""
    assert citizen.sideways() <= 0, citizen.page.url
    assert not citizen.problems, citizen.page.url


def read_the_guide(citizen: Citizen, service: Service, locale: Locale) -> None:
    """Title, four facts, every question with its answer once it is opened, and Apply."""
    citizen.go(f"/{locale}/services/{service.identifier}")
    fine(citizen)
    page = citizen.page
    expect(page.get_by_role("heading", level=1)).to_have_text(written(service.title.resolve(locale).text, whole=True))
    facts = [fact.strip() for fact in page.locator(".facts dd").all_inner_texts()]
    assert len(facts) == 4
    assert all(facts)
    assert (facts[0] == message(locale, "Free")) == (min(cost.krw for cost in service.costs) == 0)
    assert len(service.faq) >= 5
    for number, item in enumerate(service.faq, 1):
        question = page.locator(f"details:has([data-ref='faq:{number}'])")
        answer = question.get_by_text(written(item.answer.resolve(locale).text))
        expect(answer).to_be_hidden()
        citizen.press(f"faq:{number}")
        expect(answer).to_be_visible()
    fine(citizen)
    expect(page.get_by_role("button", name=message(locale, "Apply online"), exact=True)).to_be_visible()


def apply(citizen: Citizen, holdings: Holdings, service: Service, locale: Locale, **chosen: Any) -> None:
    """From the guide to the result, as somebody who holds what is needed."""
    form, person = holdings.forms[service.form], holder(holdings, service, locale)
    citizen.press("apply")
    fine(citizen)
    citizen.sign_in(person.subject)
    fine(citizen)
    if citizen.ref("start").count():  # they have applied before, in another case
        citizen.press("start")
    answering = Answering(citizen, form, answered(form, chosen=chosen), person)
    while (page := answering.page()) is not None:
        fine(citizen)
        answering.fill(page)
        answering.go_on()
    fine(citizen)
    citizen.press("submit")
    fine(citizen)


@pytest.mark.parametrize(("name", "locale"), turns(OWN))
def test_guide_questions_application_and_result(
    server: Server, browser: Browser, holdings: Holdings, tmp_path: Path, name: str, locale: Locale
) -> None:
    service = holdings.services[name]
    with Citizen(browser, server.base, locale, width=320) as citizen:
        read_the_guide(citizen, service, locale)
        before = dt.datetime.now(dt.UTC)
        apply(citizen, holdings, service, locale)
        if name in REGISTRATIONS:
            by = message(locale, "By law, you receive an answer by %(date)s.")
            days = {due_date(moment, 1) for moment in (before, dt.datetime.now(dt.UTC))}
            said = citizen.page.locator("main").inner_text()
            assert any(by % {"date": formats.date(day, locale, "weekday")} in said for day in days)
            assert message(locale, "A clerk is reading it.") in said
            assert citizen.page.locator("#document-number").count() == 0
            return
        number = citizen.page.locator("#document-number").inner_text()
        assert citizen.download("download", tmp_path).read_bytes().startswith(b"%PDF-")
        citizen.press("view")
        fine(citizen)
        document = citizen.page.locator("article.certificate")
        assert document.locator("tr, dt").count() > 2
        assert number in citizen.page.locator("main").inner_text()


@pytest.mark.parametrize(("name", "locale"), turns(READABLE))
def test_a_register_read_on_the_screen(
    server: Server, browser: Browser, holdings: Holdings, name: str, locale: Locale
) -> None:
    service = holdings.services[name]
    with Citizen(browser, server.base, locale, width=320) as citizen:
        citizen.go(f"/{locale}/services/{name}")
        apply(citizen, holdings, service, locale, how="read")
        said = citizen.page.locator("main").inner_text()
        assert message(locale, "This is for reading on the screen. It is not a certificate and cannot be verified; "
                               "to hand something in, have a copy issued.") in said  # fmt: skip
        assert citizen.page.locator("#document-number, [data-ref=download]").count() == 0
        assert citizen.page.locator("main tr, main article dt").count() > 2


@pytest.mark.full
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("locale", LOCALES)
def test_the_gateway_fits_and_is_quiet(
    server: Server, browser: Browser, holdings: Holdings, locale: Locale, width: int
) -> None:
    """All packages, all situations, the lists, and what is only for a person who is signed in."""
    packages = [each.id for each in holdings.catalogue.packages]
    situations = [each.id for each in holdings.catalogue.audiences if each.services or each.packages]
    paths = ["/", "/services", "/services/a-z", "/site-map", "/life-events", "/for-you", "/help", "/help/holidays",
             "/help/life-information", "/offices", "/offices?area=seoul", "/status", "/report?page=/help",
             "/changes", "/completeness", *(f"/services/{name}/easy" for name in OWN),
             *(f"/life-events/{package}" for package in packages),
             *(f"/for-you/{each}" for each in situations)]  # fmt: skip
    assert len(packages) == 20
    with Citizen(browser, server.base, locale, width=width) as citizen:
        for path in paths:
            answer = citizen.page.goto(f"{server.base}/{locale}{path}")
            assert answer is not None
            assert answer.status == 200, path
            fine(citizen)
        citizen.go(f"/{locale}/my-information")
        citizen.sign_in(holder(holdings, holdings.services["entry-exit"], locale).subject)
        cards = [f"/{locale}/my-information/{each.id}" for each in holdings.catalogue.life_information]
        assert len(cards) == 41
        fine(citizen)
        for path in [*cards, f"/{locale}/my-information/accesses", f"/{locale}/applications", f"/{locale}/"]:
            citizen.go(path)
            fine(citizen)


def test_every_own_service_and_language_has_its_turn(holdings: Holdings) -> None:
    assert set(OWN) == {service.identifier for service in holdings.services.values() if service.form}
    daily = [case.values for case in turns(OWN) if not case.marks]
    assert ({name for name, _ in daily}, {locale for _, locale in daily}) == (set(OWN), set(LOCALES))
    assert len(OWN) == 15
    assert {name for name in OWN if not holdings.services[name].outputs} == set(REGISTRATIONS)
