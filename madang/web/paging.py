"""A long list over several pages: the number that an address asks for, and the links between the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

PAGE_SIZE: Final = 20
"""Entries of one page of a list."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of components/pagination; a gap has no address."""

    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What components/pagination draws. ``previous`` and ``next``: addresses, empty at the ends."""

    links: tuple[PageLink, ...]
    previous: str
    next: str


def page_count(total: int) -> int:
    """Pages that ``total`` entries fill; an empty list has one page."""
    return max(1, -(-total // PAGE_SIZE))


def page_number(typed: str) -> int:
    """The page that ``?page=`` asks for: 1 to 9999, 1 for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 and int(typed) else 1


def page_links(current: int, pages: int, address: Callable[[int], str]) -> PageLinks:
    """First, last and the neighbours of the current page; gaps between. ``address``: of a page by its number."""
    shown = sorted({1, pages, *range(max(1, current - 1), min(pages, current + 1) + 1)})
    links: list[PageLink] = []
    for number in shown:
        if links and number > links[-1].number + 1:
            links.append(PageLink(number - 1, "", False))
        links.append(PageLink(number, address(number), number == current))
    return PageLinks(
        tuple(links),
        previous=address(current - 1) if current > 1 else "",
        next=address(current + 1) if current < pages else "",
    )
