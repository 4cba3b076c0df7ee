"""The report of an audit that a stranger can act on: lines for a terminal, a page, JSON for machines."""

import json
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from madang.accessibility.audit.evidence import Evidence, row_of
from madang.accessibility.audit.problems import Place, Problem, problems
from madang.accessibility.audit.site import Audited
from madang.accessibility.report import write_report
from madang.accessibility.report.about import About

PLACES: Final = 25
"""Of one criterion, on the page; the JSON has all."""
UNKNOWN: Final = "und"
"""The language of pages, as BCP 47 says that nobody has told it."""
CONFORMANCE: Final = ("earl.json", "kwcag.csv", "conformance.html")
STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1.5rem;
  overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; }
code { font-size: .95em; }
li { margin-block: .6rem; }
dt { font-weight: 700; }
dd { margin: 0 0 .5rem; }
"""


def terminal(audited: Audited) -> Iterator[str]:
    """A screen or two: what is wrong, where first, how to mend it."""
    yield ""
    for problem in problems(audited.results):
        count, pages = len(problem.places), len(problem.pages)
        yield f"{problem.name}: {_many(count, 'place')} on {_many(pages, 'page')}"
        yield f"  Why: {problem.why}"
        yield f"  How to mend it: {problem.mend}"
        for place in _varied(problem, 3):
            yield f"  - {place.page}  {place.target or '(the page)'}"
            yield f"    {place.advice} [{place.rule}]"
        yield ""
    for result in audited.results:
        for trouble in result.problems:
            yield f"{result.state.url} ({result.state.browser}, {result.state.width} px): {trouble}"
    yield from audited.left_out
    yield conclusion(audited)


def conclusion(audited: Audited) -> str:
    pages = len({result.state.url for result in audited.results if result not in audited.unread})
    unread = len({result.state.url for result in audited.unread})
    doubts = sum(len(problem.places) for problem in problems(audited.results, "cantTell"))
    return (
        f"{_many(pages, 'page')} read in {audited.seconds:.0f} seconds"
        + (f", {_many(unread, 'page')} could not be read" if unread else "")
        + f": {_many(sum(len(each.places) for each in problems(audited.results)), 'definite finding')}, "
        f"{_many(doubts, 'place')} that a person must judge."
    )


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _varied(problem: Problem, most: int) -> list[Place]:
    """Places of different rules first: three of the same say no more than one."""
    first = {place.rule: place for place in reversed(problem.places)}
    others = [place for place in problem.places if first[place.rule] is not place]
    return [*reversed(first.values()), *others][:most]


def as_json(audited: Audited) -> str:
    """Everything, with the places of each criterion and what a person must judge."""

    def listed(found: list[Problem]) -> list[dict[str, object]]:
        return [
            {
                "criterion": problem.criterion,
                "name": problem.name,
                "why": problem.why,
                "mend": problem.mend,
                "places": [
                    {
                        "page": place.page,
                        "target": place.target,
                        "html": place.html,
                        "advice": place.advice,
                        "rule": place.rule,
                        "seen": place.seen,
                    }
                    for place in problem.places
                ],
            }
            for problem in found
        ]

    pages: dict[str, list[str]] = {}
    for result in audited.results:
        pages.setdefault(result.state.url, []).extend(each for each in result.problems)
    return json.dumps(
        {
            "address": audited.address,
            "seconds": round(audited.seconds, 1),
            "conclusion": conclusion(audited),
            "not_run": audited.left_out,
            "pages": [{"address": url, "troubles": list(dict.fromkeys(said))} for url, said in pages.items()],
            "failed": listed(problems(audited.results)),
            "to_judge": listed(problems(audited.results, "cantTell")),
        },
        ensure_ascii=False,
        indent=1,
    )


def as_html(audited: Audited) -> str:
    """One page without scripts or links, so that it can be sent to somebody."""
    found = problems(audited.results)
    title = f"Accessibility of {audited.address}"
    parts = [
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<style>{STYLE}</style>\n</head>\n'
        "<body>\n<main>",
        f"<h1>{escape(title)}</h1>\n<p>{escape(conclusion(audited))}</p>",
        "<p>Machines see a part of what keeps people out. A page without findings is not yet an accessible page: "
        "people with disabilities have to try it.</p>",
    ]
    for problem in found:
        parts.append(_section(problem))
    if not found:
        parts.append("<h2>Nothing definite was found</h2>")
    doubts = problems(audited.results, "cantTell")
    if doubts:
        parts.append("<h2>What a person must judge</h2>\n<ul>")
        parts += [
            f"<li>{escape(each.name)}: {escape(_many(len(each.places), 'place'))} on "
            f"{escape(_many(len(each.pages), 'page'))}. {escape(each.places[0].advice)}</li>"
            for each in doubts
        ]
        parts.append("</ul>")
    troubles = [
        f"<li><code>{escape(result.state.url)}</code>, {result.state.browser}, {result.state.width} px: "
        f"{escape(said)}</li>"
        for result in audited.results
        for said in result.problems
    ] + [f"<li>{escape(line)}</li>" for line in audited.left_out]
    if troubles:
        parts += ["<h2>What could not be looked at</h2>\n<ul>", *troubles, "</ul>"]
    parts.append("</main>\n</body>\n</html>\n")
    return "\n".join(parts)


def _section(problem: Problem) -> str:
    lines = [
        f"<h2>{escape(problem.name)}</h2>\n<dl>\n<dt>Why it matters</dt>\n<dd>{escape(problem.why)}</dd>\n"
        f"<dt>How to mend it</dt>\n<dd>{escape(problem.mend)}</dd>\n</dl>\n<h3>Where</h3>\n<ul>"
    ]
    shown = _varied(problem, PLACES)
    for place in shown:
        where = f", at <code>{escape(place.target)}</code>" if place.target else ""
        markup = f"<br><code>{escape(place.html)}</code>" if place.html else ""
        lines.append(
            f"<li><code>{escape(place.page)}</code>{where}<br>{escape(place.advice)}{markup}<br>"
            f"Seen by {escape(place.rule)} in {escape(', '.join(place.seen))} px.</li>"
        )
    lines.append("</ul>")
    if len(problem.places) > len(shown):
        lines.append(f"<p>{len(problem.places) - len(shown)} more places stand in the JSON beside this page.</p>")
    return "\n".join(lines)


def conformance(audited: Audited, folder: Path) -> list[Path]:
    """What the results say of every criterion: EARL, the items of KWCAG, a page to read. No OpenACR, which is for
    whoever makes a site to sign; and this portal's waivers are not theirs."""
    parts = urlsplit(audited.results[0].state.url if audited.results else audited.address)
    site = f"{parts.scheme}://{parts.netloc}"
    about = About(parts.netloc, About.portal().version, f"Pages of {site} that a machine has looked at.", site)
    with tempfile.TemporaryDirectory(prefix="madang-audit-") as kept:
        evidence = Evidence(Path(kept), set_aside=())
        for place, result in enumerate(audited.results):
            if result not in audited.unread:
                row = row_of(result)
                evidence.rows[f"page-{place}"] = {**row, "locale": row["locale"] or UNKNOWN}
        evidence.write()
        return write_report(Path(kept), folder, about, set_aside=(), only=CONFORMANCE)


def write(audited: Audited, folder: Path) -> list[Path]:
    """``report.html`` and ``report.json`` in ``folder``, which is made, and what stands in ``conformance``. Raises
    OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, text in (("report.html", as_html(audited)), ("report.json", as_json(audited))):
        (folder / name).write_text(text, encoding="utf-8")
        made.append(folder / name)
    return made + conformance(audited, folder)
