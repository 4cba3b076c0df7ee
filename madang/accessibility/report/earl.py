"""EARL 1.0 (W3C) as JSON-LD: who looked at which page state for which criterion, and what came of it.

Source: https://www.w3.org/TR/EARL10-Schema/. Context and all are in the file: nothing has to be fetched to read it.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

from madang.accessibility.criteria import WCAG
from madang.accessibility.report.about import About
from madang.accessibility.report.compiled import Report
from madang.accessibility.report.evidence import StateSeen
from madang.accessibility.report.verdicts import Judged

CONTEXT: Final[dict[str, Any]] = {
    "earl": "http://www.w3.org/ns/earl#",
    "dct": "http://purl.org/dc/terms/",
    "doap": "http://usefulinc.com/ns/doap#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "title": "dct:title",
    "description": "dct:description",
    "date": {"@id": "dct:date", "@type": "xsd:date"},
    "isPartOf": {"@id": "dct:isPartOf", "@type": "@id"},
    "language": "dct:language",
    "revision": "doap:revision",
    "assertedBy": {"@id": "earl:assertedBy", "@type": "@id"},
    "subject": {"@id": "earl:subject", "@type": "@id"},
    "test": {"@id": "earl:test", "@type": "@id"},
    "mode": {"@id": "earl:mode", "@type": "@id"},
    "result": "earl:result",
    "outcome": {"@id": "earl:outcome", "@type": "@id"},
    "info": "earl:info",
}
AUDIT: Final = "audit"
"""Who says that something is untested: the audit as a whole."""
Node = dict[str, Any]


def earl(report: Report, about: About) -> bytes:
    """The whole as UTF-8 JSON. One assertion for each criterion, page state and engine; and one for each criterion that
    is untested, or that its evidence cannot settle, about the site as a whole."""
    nodes = [
        {"@id": f"{about.url}/", "@type": "earl:TestSubject", "title": about.name, "description": about.description},
        *_assertors(report, about),
        *_tests(),
        *_subjects(report, about),
        *_assertions(report, about),
    ]
    body = ",\n".join(json.dumps(node, ensure_ascii=False, separators=(",", ":")) for node in nodes)
    context = json.dumps(CONTEXT, ensure_ascii=False, separators=(",", ":"))
    return f'{{"@context":{context},"@graph":[\n{body}\n]}}\n'.encode()


def _assertors(report: Report, about: About) -> Iterator[Node]:
    evidence = report.evidence
    named = set(evidence.engines)
    for state in report.states():
        named |= {engine for engines in state.passed.values() for engine in engines}
        for found in (state.failed, state.cant_tell):
            named |= {_engine(rule) for rules in found.values() for rule in rules}
    for name in sorted(named - {AUDIT}):
        node: Node = {"@id": _id(about, name), "@type": ["earl:Assertor", "earl:Software"], "title": name}
        if name in evidence.engines:
            node["revision"] = evidence.engines[name]
        yield node
    yield {
        "@id": _id(about, AUDIT),
        "@type": ["earl:Assertor", "earl:Software"],
        "title": "madang audit",
        "revision": about.version,
    }


def _tests() -> Iterator[Node]:
    for criterion in WCAG.values():
        yield {
            "@id": criterion.url,
            "@type": "earl:TestCriterion",
            "title": f"WCAG 2.2: {criterion.number} {criterion.title.en}",
        }


def _subjects(report: Report, about: About) -> Iterator[Node]:
    for state in report.states():
        seen = [state.name, f"{state.width} px", state.browser, state.preferences]
        yield {
            "@id": _id(about, state.key),
            "@type": "earl:TestSubject",
            "title": ", ".join(part for part in seen if part),
            "language": state.locale,
            "isPartOf": f"{about.url}/",
        }


def _assertions(report: Report, about: About) -> Iterator[Node]:
    for state in report.states():
        for number, engines in state.passed.items():
            if number in WCAG:
                for engine in engines:
                    yield _assertion(report, about, engine, state, number, "earl:passed")
        for found, outcome in ((state.failed, "earl:failed"), (state.cant_tell, "earl:cantTell")):
            for number, rules in found.items():
                if number in WCAG:
                    for rule in rules:
                        yield _assertion(report, about, _engine(rule), state, number, outcome, rule)
        for number, reasons in state.waived.items():  # an engine said failed, a person wrote why it is not
            if number in WCAG and number not in state.failed:
                for reason in reasons:
                    made = _assertion(report, about, AUDIT, state, number, "earl:passed", reason)
                    yield {**made, "mode": "earl:semiAuto"}
    for row in report.wcag:
        if row.web.verdict == "untested":
            yield {
                "@type": "earl:Assertion",
                "assertedBy": _id(about, AUDIT),
                "subject": f"{about.url}/",
                "test": row.criterion.url,
                "mode": "earl:automatic",
                "result": _untested(row.web, row.criterion.protocol),
            }


def _assertion(
    report: Report, about: About, engine: str, state: StateSeen, number: str, outcome: str, rule: str = ""
) -> Node:
    result: Node = {"@type": "earl:TestResult", "outcome": outcome}
    if report.evidence.made is not None:
        result["date"] = report.evidence.made.isoformat()
    if rule:
        result["info"] = rule
    return {
        "@type": "earl:Assertion",
        "assertedBy": _id(about, engine),
        "subject": _id(about, state.key),
        "test": WCAG[number].url,
        "mode": "earl:automatic",
        "result": result,
    }


def _untested(judged: Judged, protocol: str) -> Node:
    doubt = judged.because == "doubt"
    said = "A person must judge" if doubt else "Not tested yet"
    outcome = "earl:cantTell" if doubt else "earl:untested"
    return {"@type": "earl:TestResult", "outcome": outcome, "info": f"{said}. How: {protocol}"}


def _engine(rule: str) -> str:
    """Who found it: ``axe`` of ``axe:color-contrast``."""
    return rule.partition(":")[0] or AUDIT


def _id(about: About, part: str) -> str:
    return f"{about.url}/accessibility/report.json#{part}"
