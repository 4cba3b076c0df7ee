"""Two layers stand between a citizen's page and an agent, and each is enough: every page and type of field there is,
its private values replaced by generated secrets, seen with either layer taken away."""

import dataclasses
from typing import Any

import pytest
from starlette.requests import Request
from twin_kit import Seeds, bearable, seeded

from madang.i18n.locales import LOCALES, Locale
from madang.web.page import Page, mask
from madang.web.render import Shell, shell
from madang.web.support import twin
from madang.web.support.cover import Cover
from madang.web.views.styleguide import StyleguidePage
from tests.web.test_every_question import app  # noqa: F401  (a portal whose form asks everything)
from tests.web.test_masked import Album, Seen, everything

pytestmark = pytest.mark.anyio


@dataclasses.dataclass(frozen=True)
class Case:
    """A page full of secrets, and who is signed in."""

    album: Album
    page: Page
    frame: Shell
    seeds: Seeds
    locale: Locale

    def raw(self) -> str:
        """As the citizen sees it, in the agent's language: neither layer."""
        return self.template().render(page=self.page, shell=twin.anonymous(self.frame, self.locale))

    def drawn(self) -> str:
        """The first layer alone."""
        return twin.drawn(self.album.portal, self.page, self.frame, self.locale)

    def reflected(self, html: str) -> str:
        """The second layer of what was drawn."""
        cover = Cover.of(self.page, self.frame, locales=(self.locale,))
        made = twin.reflected(html, cover, twin.shared_controls(self.page))
        assert not made.dropped, f"{type(self.page).__name__}: {made.dropped} is on no list"
        return f"{made.title}\n{made.html}\n{made.elements}"

    def template(self) -> Any:
        return self.album.portal.environments[self.locale].get_template(f"pages/{self.page.template}")


def framed(album: Album, seen: Seen) -> Shell:
    path = seen.path.encode().decode("latin-1")
    scope = {"type": "http", "method": "GET", "scheme": "https", "path": path, "query_string": b"", "headers": []}
    frame = shell(Request({**scope, "madang.locale": "ko"}), album.portal, seen.page, None)
    return dataclasses.replace(frame, user_name="Nguyễn Văn An", session_expires_in=1200)


def different(album: Album) -> list[Seen]:
    """Each page once with each outcome. The style guide shows components, each in the language it was asked for in."""
    found = {(type(seen.page), seen.path, seen.status): seen for seen in album.seen}
    return [seen for seen in found.values() if not isinstance(seen.page, StyleguidePage)]


def cases(album: Album, rounds: int, locales: tuple[Locale, ...]) -> list[Case]:
    found = []
    for number, seen in enumerate(different(album)):
        frame = framed(album, seen)

        def draw(page: Page, frame: Shell = frame) -> None:
            for locale in LOCALES:
                template = album.portal.environments[locale].get_template(f"pages/{page.template}")
                template.render(page=page, shell=twin.anonymous(frame, locale))

        good = bearable(seen.page, draw)
        for turn in range(rounds):
            for at, locale in enumerate(locales or [LOCALES[(number + turn) % 6]]):
                seeds = Seeds(number * 1000 + turn * 10 + at, good)
                page = seeded(seen.page, seeds)
                seeds.only = None
                found.append(Case(album, page, seeded(frame, seeds), seeds, locale))
    return found


@pytest.fixture(scope="module")
async def album(app: Any) -> Album:  # noqa: F811
    return await everything(app, "ko")


@pytest.fixture(scope="module", params=[(1, ()), pytest.param((3, LOCALES), marks=pytest.mark.full)])
def filled(request: pytest.FixtureRequest, album: Album) -> list[Case]:
    made = cases(album, *request.param)
    number = sum(len(case.seeds) for case in made)
    assert number > (10_000 if request.param[0] > 1 else 300), number
    return made


def leaks(filled: list[Case], see: Any) -> list[str]:
    return [
        f"{type(case.page).__name__} in {case.locale}: {secret}"
        for case in filled
        for secret in case.seeds.shown_in(see(case))
    ]


def test_there_is_something_to_hide(filled: list[Case]) -> None:
    """Without either layer the same pages are full of secrets, in their texts and in attributes."""
    assert len(leaks(filled, Case.raw)) > len(filled)


def test_the_first_layer_alone_leaks_nothing(filled: list[Case]) -> None:
    found = leaks(filled, Case.drawn)
    assert not found, "\n".join(found[:40])


def test_the_second_layer_alone_leaks_nothing(filled: list[Case]) -> None:
    found = leaks(filled, lambda case: case.reflected(case.raw()))
    assert not found, "\n".join(found[:40])


def test_without_its_cover_the_second_layer_leaks(filled: list[Case]) -> None:
    bare = leaks(filled, lambda case: str(twin.mirror.reflect(case.raw(), str, {})))
    assert len(bare) > len(filled) // 2


def test_both_layers_leave_a_page(filled: list[Case]) -> None:
    """What is public is still there: headings, and the elements that an agent points at."""
    for case in filled:
        html = case.drawn()
        cover = Cover.of(case.page, case.frame, locales=(case.locale,))
        made = twin.reflected(html, cover, twin.shared_controls(case.page))
        assert not case.seeds.shown_in(f"{made.title}{made.html}{made.elements}")
        if twin.is_whole(html):
            assert made.title
            assert len(made.elements) > 10


def test_elements_are_the_same_in_every_language(album: Album) -> None:
    """Agent and citizen name an element alike, whichever languages they read."""
    for seen in different(album):
        frame = framed(album, seen)
        cover = Cover.of(seen.page, frame)
        shared = twin.shared_controls(seen.page)
        told = [
            {
                ref: (element.role, element.shared, element.options)
                for ref, element in twin.reflected(
                    twin.drawn(album.portal, seen.page, frame, locale), cover, shared
                ).elements.items()
            }
            for locale in LOCALES
        ]
        assert all(each == told[0] for each in told), f"{type(seen.page).__name__} {seen.path}"


def test_a_masked_page_is_masked_twice_over(album: Album) -> None:
    """``mask`` is of the types alone: masking again changes nothing."""
    for seen in album.seen:
        assert mask(mask(seen.page)) == mask(seen.page)
