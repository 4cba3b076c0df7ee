"""The public guide to information for life: which kinds there are, and who keeps them. It needs no backend."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from madang.contract.messages.catalogue import Authority, Category, LifeKind
from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render


@dataclass(frozen=True, slots=True)
class KindRow:
    kind: Public[LifeKind]
    authority: Public[Authority]


@dataclass(frozen=True, slots=True)
class KindGroup:
    category: Public[Category]
    kinds: Public[tuple[KindRow, ...]]


@dataclass(frozen=True, slots=True)
class LifeKindsPage(Page):
    template: ClassVar[str] = "my_information/kinds.html"
    bundle: ClassVar[str] = "record"
    robots: ClassVar[str] = "index"
    groups: Public[tuple[KindGroup, ...]]
    total: Public[int]


async def show(request: Request) -> Response:
    """GET /{lang}/help/life-information"""
    shelf = portal(request).shelf
    by: dict[str, list[KindRow]] = {}
    for kind in shelf.catalogue.life_information:
        by.setdefault(kind.category, []).append(KindRow(kind, shelf.authority(kind.authority)))
    groups = tuple(KindGroup(shelf.category(category), tuple(rows)) for category, rows in by.items())
    page = LifeKindsPage(groups=groups, total=sum(len(group.kinds) for group in groups))
    return await render(request, page, cacheable=True)
