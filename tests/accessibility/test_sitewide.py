"""The pages of a site against each other: by address with each page, of the portal as one row of each language."""

from collections.abc import Iterator

import pytest
from accessibility import audit
from accessibility.album import Shot
from accessibility.states import Walked
from playwright.sync_api import Page, sync_playwright

from madang.accessibility.audit import browsers, look
from madang.accessibility.audit.evidence import result_of, row_of
from madang.accessibility.audit.look import Looker
from madang.accessibility.audit.scenes import Scene
from madang.accessibility.audit.sitewide import compared, together
from madang.accessibility.checks import Check, Extract
from madang.accessibility.findings import Finding, PageResult, PageState

USUAL = ("/a", "/b", "/c")


def page(name: str, order: tuple[str, ...] = USUAL, title: str = "") -> PageResult:
    repeated = tuple(("nav", href, href.strip("/"), 0) for href in order)
    told = Extract(title or name, name, f"/{name}", repeated, (), "Search", True, order, False, ())
    return PageResult(PageState(name, "en", f"/{name}"), name, passed={"1.1.1": ("axe",)}, extract=told)


def html(name: str, links: tuple[str, ...] = USUAL) -> str:
    menu = "".join(f'<a href="{href}">{href.strip("/")}</a> ' for href in links)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{name}</title></head><body><nav>{menu}</nav>'
        f"<main><h1>{name}</h1></main></body></html>"
    )


def test_what_other_pages_say_against_one_stands_with_that_page() -> None:
    pages = [page("one"), page("two"), page("three"), page("four", ("/b", "/a", "/c"))]
    *others, odd = compared(pages)
    assert [(finding.criterion, finding.outcome) for finding in odd.findings] == [("3.2.3", "failed")]
    assert "3.2.3" not in odd.passed
    assert odd.passed["1.1.1"] == ("axe",)
    for other in others:
        assert not other.findings
        assert other.passed["3.2.3"] == ("check:order",)


def test_nothing_is_said_to_be_in_order_of_two_pages_or_without_looking() -> None:
    unread = PageResult(PageState("gone", "en", "/gone"), "gone", problems=("It hangs.",))
    assert [result.passed for result in compared([page("one"), page("two"), unread])] == [
        {"1.1.1": ("axe",)}, {"1.1.1": ("axe",)}, {}
    ]  # fmt: skip


def test_what_rests_on_a_guess_is_for_a_person() -> None:
    alone = page("one", ("/b",))
    assert alone.extract is not None
    lost = Extract("x", "x", "/x", (), (), "", False, (), False, ())
    site = PageState("site", "en", "/en/")
    result = together(site, "0" * 16, [(alone.state, lost)])
    assert [(each.criterion, each.outcome, each.target) for each in result.findings] == [("2.4.5", "cantTell", "one")]
    assert "2.4.5" not in result.passed
    assert result_of("0" * 16, row_of(result)).passed == result.passed


@pytest.fixture(scope="module")
def looker() -> Iterator[Looker]:
    if browsers.found("chromium") is None:
        pytest.skip("Chromium is not here")
    with sync_playwright() as playwright:
        made = Looker(playwright, [])
        yield made
        made.close()


def test_a_whole_site_is_looked_at_in_one_go(looker: Looker) -> None:
    pages = [("one", USUAL), ("two", USUAL), ("three", USUAL), ("four", ("/c", "/b", "/a"))]
    scenes = tuple(Scene(PageState(name, "en", f"/{name}"), html(name, links)) for name, links in pages)
    result, links = looker.look(Scene(PageState("site", "en", "/en/"), key="1" * 16, pages=scenes))
    assert not result.problems
    assert not links
    assert [(each.criterion, each.target) for each in result.findings if each.outcome == "failed"] == [
        ("3.2.3", "four")
    ]
    assert result.passed["2.4.2"] == ("check:titles",)


def test_a_check_sees_the_page_from_its_beginning(looker: Looker, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever an engine or the check before it left the page: what is sticky lies somewhere else there."""
    seen: list[float] = []

    def run(page: Page, state: PageState) -> Iterator[Finding]:
        seen.append(page.evaluate("() => { const at = scrollY; scrollTo(0, 900); return at + scrollY / 1e6; }"))
        return iter(())

    monkeypatch.setattr(look, "checks_of", lambda _: [Check(name, (), run) for name in ("first", "second")])
    tall = html("tall").replace("<main>", '<main style="height: 5000px">')
    assert not looker.look(Scene(PageState("tall", "en", "/tall"), tall))[0].problems
    assert seen == [0.0009, 0.0009]


def test_the_portal_is_compared_again_when_one_page_is_another() -> None:
    def keys(*names: str) -> list[str]:
        return [each.key for each in audit.sites(Walked([shot(name) for name in names]))]

    def shot(name: str) -> Shot:
        return Shot(name, "ko", f"/ko/{name}", html(name))

    assert keys("one", "two") == []
    assert len(keys("one", "two", "three")) == 1
    assert keys("one", "two", "three") == keys("one", "two", "three")
    assert keys("one", "two", "three") != keys("one", "two", "four")
