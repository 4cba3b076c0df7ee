"""How accessible this website is, from the evidence of its version: the statement, every criterion, the downloads.

Nothing here needs a backend. The evidence is read once and is part of the package.
"""

import datetime as dt
import gzip
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import ClassVar, Final

from starlette.requests import Request
from starlette.responses import Response

from madang.accessibility.criteria import Criterion
from madang.accessibility.report.about import About
from madang.accessibility.report.compiled import CriterionRow, Report, Standing, compiled
from madang.accessibility.report.earl import earl
from madang.accessibility.report.openacr import openacr
from madang.accessibility.report.verdicts import Because, Judged, Verdict
from madang.contract.messages.catalogue import HelpLine
from madang.contract.messages.reports import ANSWER_DAYS
from madang.i18n.text import Text
from madang.web.middleware.encodings import accepted
from madang.web.page import Page, Public
from madang.web.portal import portal
from madang.web.render import render

SHOWN_LINES: Final = 2
"""Help lines that the statement names; the page of help has all of them."""


@dataclass(frozen=True, slots=True)
class Verdicted:
    """A verdict and why. ``seen``, ``found``, ``doubts``: numbers of page states (or of documents)."""

    verdict: Public[Verdict]
    because: Public[Because]
    seen: Public[int]
    found: Public[int]
    doubts: Public[int]


@dataclass(frozen=True, slots=True)
class CriterionLine:
    number: Public[str]
    title: Public[Text]
    level: Public[str]
    url: Public[str]
    web: Public[Verdicted]
    documents: Public[Verdicted]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One of KWCAG's items. ``title``: its official Korean name, and what it means in the other languages."""

    number: Public[str]
    title: Public[Text]
    judged: Public[Verdicted]


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One clause of EN 301 549. ``title`` is W3C's criterion where the clause is one, else None and ``english``."""

    number: Public[str]
    title: Public[Text | None]
    english: Public[str]
    document: Public[bool]
    judged: Public[Verdicted | None]
    """None where it does not apply: ``why`` says so, in English."""
    why: Public[str]


@dataclass(frozen=True, slots=True)
class Engine:
    name: Public[str]
    version: Public[str]


@dataclass(frozen=True, slots=True)
class PersonaLine:
    """One kind of person, played by a machine that reads only what they perceive."""

    persona: Public[str]
    tried: Public[int]
    finished: Public[int]
    browsers: Public[tuple[str, ...]]
    locales: Public[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class AccessibilityPage(Page):
    template: ClassVar[str] = "accessibility/index.html"
    bundle: ClassVar[str] = "statement"
    robots: ClassVar[str] = "index"
    standing: Public[Standing]
    made: Public[dt.date | None]
    required: Public[int]
    """Criteria of levels A and AA."""
    supports: Public[int]
    partially: Public[int]
    fails: Public[int]
    untested: Public[int]
    gaps: Public[tuple[CriterionLine, ...]]
    open: Public[tuple[CriterionLine, ...]]
    """Not tested yet, though machines can."""
    people: Public[tuple[CriterionLine, ...]]
    """What only people can judge: not yet done."""
    pages: Public[int]
    states: Public[int]
    locales: Public[tuple[str, ...]]
    widths: Public[tuple[int, ...]]
    browsers: Public[tuple[str, ...]]
    looks: Public[int]
    """Sets of preferences."""
    engines: Public[tuple[Engine, ...]]
    seeded: Public[int]
    caught: Public[int]
    """Faults put in on purpose, and those that the tests found."""
    personas: Public[tuple[PersonaLine, ...]]
    documents: Public[int]
    document_kinds: Public[int]
    document_problems: Public[int]
    validator: Public[str]
    answer_days: Public[int]
    help_lines: Public[tuple[HelpLine, ...]]
    operator: Public[str]
    """Who runs this website; empty where nobody has said so."""
    operator_email: Public[str]


@dataclass(frozen=True, slots=True)
class CriteriaPage(Page):
    template: ClassVar[str] = "accessibility/criteria.html"
    bundle: ClassVar[str] = "statement"
    robots: ClassVar[str] = "index"
    made: Public[dt.date | None]
    wcag: Public[tuple[CriterionLine, ...]]
    items: Public[tuple[ItemLine, ...]]
    clauses: Public[tuple[ClauseLine, ...]]


@cache
def known() -> Report:
    """The report on the evidence of this version."""
    return compiled()


async def show(request: Request) -> Response:
    """GET /{lang}/accessibility"""
    p, report = portal(request), known()
    evidence = report.evidence
    documents = evidence.documents
    page = AccessibilityPage(
        standing=report.standing,
        made=evidence.made,
        required=sum(report.tally.values()),
        supports=report.tally["supports"],
        partially=report.tally["partially"],
        fails=report.tally["fails"],
        untested=report.tally["untested"],
        gaps=_lines(report.those("partially", "fails")),
        open=_lines(report.those("untested")),
        people=_lines(report.people),
        pages=evidence.scope.pages,
        states=evidence.scope.states,
        locales=evidence.scope.locales,
        widths=evidence.scope.widths,
        browsers=evidence.scope.browsers,
        looks=evidence.scope.preferences,
        engines=tuple(Engine(name, version) for name, version in evidence.engines.items()),
        seeded=sum(each.seeded for each in evidence.faults.values()),
        caught=sum(each.found for each in evidence.faults.values()),
        personas=_personas(report),
        documents=documents.documents if documents else 0,
        document_kinds=documents.kinds if documents else 0,
        document_problems=documents.problems if documents else 0,
        validator=documents.validator if documents else "",
        answer_days=ANSWER_DAYS,
        help_lines=p.shelf.help_lines[:SHOWN_LINES],
        operator=p.settings.operator,
        operator_email=p.settings.operator_email,
    )
    return await render(request, page, cacheable=True)


async def criteria(request: Request) -> Response:
    """GET /{lang}/accessibility/criteria"""
    report = known()
    page = CriteriaPage(
        made=report.evidence.made,
        wcag=_lines(report.wcag),
        items=tuple(ItemLine(row.item.number, row.title, _verdicted(row.judged)) for row in report.kwcag),
        clauses=tuple(
            ClauseLine(
                row.clause.clause,
                row.criterion.title if row.criterion else None,
                row.clause.title,
                row.clause.about == "document",
                _verdicted(row.judged) if row.judged else None,
                "" if row.judged else row.clause.applies,
            )
            for row in report.en_301_549
        ),
    )
    return await render(request, page, cacheable=True)


async def earl_download(request: Request) -> Response:
    """GET /accessibility/report.json: EARL 1.0 as JSON-LD."""
    return await _download(request, earl, "application/ld+json")


async def openacr_download(request: Request) -> Response:
    """GET /accessibility/report.yaml: OpenACR."""
    return await _download(request, openacr, "application/yaml")


async def _download(request: Request, write: Callable[[Report, About], bytes], media: str) -> Response:
    """Made once, kept compressed: page states by engines and criteria are many lines that are much alike."""
    p = portal(request)
    about = About.portal(p.settings.base_url, p.settings.operator, p.settings.operator_email)
    packed = await p.computed.of(
        p.shelf.version, ("accessibility", media), lambda: gzip.compress(write(known(), about), 6, mtime=0)
    )
    headers = {"Cache-Control": "public, max-age=3600", "Vary": "Accept-Encoding"}
    if accepted(request.headers.get("accept-encoding", "").replace("br", "").encode("latin-1")) == "gzip":
        return Response(packed, media_type=media, headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type=media, headers=headers)


def _lines(rows: Iterable[CriterionRow]) -> tuple[CriterionLine, ...]:
    return tuple(_line(row.criterion, row.web, row.documents) for row in rows)


def _line(criterion: Criterion, web: Judged, documents: Judged) -> CriterionLine:
    return CriterionLine(
        criterion.number, criterion.title, criterion.level, criterion.url, _verdicted(web), _verdicted(documents)
    )


def _verdicted(given: Judged) -> Verdicted:
    counts = given.counts
    return Verdicted(given.verdict, given.because, counts.states, counts.failed, counts.cant_tell)


def _personas(report: Report) -> tuple[PersonaLine, ...]:
    ordered = sorted(report.evidence.personas, key=lambda each: each.persona)
    made = []
    for persona, group in groupby(ordered, key=lambda each: each.persona):
        journeys = list(group)
        made.append(
            PersonaLine(
                persona,
                len(journeys),
                sum(each.finished for each in journeys),
                tuple(sorted({each.browser for each in journeys})),
                tuple(sorted({each.locale for each in journeys})),
            )
        )
    return tuple(made)
