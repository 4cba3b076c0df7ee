"""The report as people read it: one HTML page by itself, and the items of KWCAG as a table for a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from madang.accessibility.criteria import WCAG
from madang.accessibility.report.about import About
from madang.accessibility.report.compiled import Report
from madang.accessibility.report.evidence import StateSeen
from madang.accessibility.report.openacr import remark
from madang.accessibility.report.verdicts import Judged, Verdict

WORDS: Final[dict[Verdict, str]] = {
    "supports": "Supported",
    "partially": "Supported in part",
    "fails": "Not supported",
    "untested": "Not tested yet",
}
PLACES: Final = 10
"""Page states that are named of one finding; the rest are counted."""
_STYLE: Final = (
    "body{font:1rem/1.6 system-ui,sans-serif;max-width:64rem;margin:0 auto;padding:1rem;color:#16211e;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:700;padding:.5rem 0}"
    "th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid #8a9691;"
    "overflow-wrap:anywhere}"
)
Row = tuple[str, ...]


def kwcag_csv(report: Report) -> bytes:
    """The 33 items as CSV in UTF-8 with a mark at its beginning, as spreadsheets in Korea expect it."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(("항목", "이름", "Item", "WCAG 2.2", "Result", "Remarks"))
    for row in report.kwcag:
        item, wcag = row.item, " ".join(row.item.wcag)
        writer.writerow((item.number, item.ko, item.en, wcag, WORDS[row.judged.verdict], remark(row.judged)))
    return file.getvalue().encode("utf-8-sig")


def page(report: Report, about: About) -> bytes:
    """What was found and where, then every criterion, item and clause."""
    evidence, scope = report.evidence, report.evidence.scope
    title = f"{about.name}: accessibility report"
    engines = ", ".join(f"{name} {version}" for name, version in evidence.engines.items())
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><main><h1>{escape(title)}</h1>",
        f"<p>{escape(about.url)}, {evidence.made or 'nothing tested yet'}. {scope.states} states of {scope.pages} kinds"
        f" of pages. {escape(engines)}</p>",
        "<h2>What to mend</h2>",
        *_findings(report),
        "<h2>WCAG 2.2</h2>",
        _table(
            "Criteria of levels A and AA, and what is looked at of AAA",
            ("Criterion", "Level", "Web pages", "Documents"),
            (
                (
                    f"{row.criterion.number} {row.criterion.title.en}",
                    row.criterion.level,
                    _said(row.web),
                    _said(row.documents),
                )
                for row in report.wcag
            ),
        ),
        "<h2>KWCAG 2.2</h2>",
        _table(
            "The 33 items",
            ("Item", "Name in Korean", "Result"),
            ((f"{row.item.number} {row.item.en}", row.item.ko, _said(row.judged)) for row in report.kwcag),
        ),
        "<h2>EN 301 549 V3.2.1</h2>",
        _table(
            "Clauses for web pages, documents and support",
            ("Clause", "Result"),
            (
                (
                    f"{row.clause.clause} {row.clause.title}",
                    _said(row.judged) if row.judged else f"Does not apply. {row.clause.applies}",
                )
                for row in report.en_301_549
            ),
        ),
        "<h2>What only people can judge</h2><p>Not done yet. This is how:</p>",
        _table(
            "Protocols",
            ("Criterion", "How it is tested"),
            ((f"{row.criterion.number} {row.criterion.title.en}", row.criterion.protocol) for row in report.people),
        ),
        "</main></body></html>\n",
    ]
    return "\n".join(parts).encode()


def _said(judged: Judged) -> str:
    return f"{WORDS[judged.verdict]}. {remark(judged)}"


def _findings(report: Report) -> Iterator[str]:
    """What failed, the most frequent first, and where; then what a person must judge."""
    for name, heading in (
        ("failed", "Found"),
        ("cant_tell", "For a person to judge"),
        ("waived", "Set aside, each with a written reason"),
    ):
        where: dict[tuple[str, str], list[StateSeen]] = {}
        for state in report.states():
            for number, rules in getattr(state, name).items():
                for rule in rules:
                    where.setdefault((number, rule), []).append(state)
        rows = [
            (_called(number), rule, str(len(seen)), _places(seen))
            for (number, rule), seen in sorted(where.items(), key=lambda each: (-len(each[1]), each[0]))
        ]
        if rows:
            yield _table(heading, ("Criterion", "Rule", "Page states", "Where"), rows)
        elif name != "waived":
            yield f"<p>{heading}: nothing.</p>"


def _called(number: str) -> str:
    return f"{number} {WCAG[number].title.en}" if number in WCAG else number


def _places(seen: list[StateSeen]) -> str:
    named = [f"{state.name} ({state.locale}, {state.width} px, {state.browser})" for state in seen[:PLACES]]
    return "; ".join(named) + (f"; and {len(seen) - PLACES} more" if len(seen) > PLACES else "")


def _table(caption: str, columns: Row, rows: Iterable[Row]) -> str:
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "\n".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{escape(cell)}</th>' if place == 0 else f"<td>{escape(cell)}</td>"
            for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table>"
