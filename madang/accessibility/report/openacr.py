"""OpenACR: an accessibility conformance report that machines read, after the VPAT 2.5, edition WCAG.

Schema: openacr-0.1.0.json; catalog: 2.5-edition-wcag-2.2-en (https://github.com/GSA/openacr). The VPAT keeps "not
evaluated" for level AAA; we say it of level A and AA as well where it is so, for nothing else would be true.
"""

from typing import Any, Final

import yaml

from madang.accessibility.report.about import About
from madang.accessibility.report.compiled import CriterionRow, Report
from madang.accessibility.report.verdicts import Judged, Verdict

CATALOG: Final = "2.5-edition-wcag-2.2-en"
LEVELS: Final[dict[Verdict, str]] = {
    "supports": "supports",
    "partially": "partially-supports",
    "fails": "does-not-support",
    "untested": "not-evaluated",
}
_CHAPTERS: Final = {
    "A": "success_criteria_level_a",
    "AA": "success_criteria_level_aa",
    "AAA": "success_criteria_level_aaa",
}
_GONE: Final = {"num": "4.1.1", "note": "WCAG 2.2 has removed this criterion: it is obsolete."}
_NONE: Final = ("software", "authoring-tool")


def openacr(report: Report, about: About) -> bytes:
    """The whole as UTF-8 YAML."""
    made = report.evidence.made
    data: dict[str, Any] = {
        "title": f"{about.name} Accessibility Conformance Report",
        "product": {"name": about.name, "version": about.version, "description": about.description},
        "author": {"company_name": about.author, "email": about.email, "website": about.url},
        "version": 1,
        "catalog": CATALOG,
        "notes": (
            "Written by a machine from the evidence of this version. A criterion is supported only where something has "
            "looked at it and found nothing. Not evaluated means that nothing has, that what has cannot tell, or that "
            "only people can judge it; VPAT keeps the word for level AAA, but here it is also said of levels A and AA."
        ),
        "evaluation_methods_used": _methods(report),
        "legal_disclaimer": "A report on tests, not a promise in law.",
        "license": "CC-BY-4.0",
        "feedback": f"{about.url}/en/report?page=%2Faccessibility&wrong=accessibility",
        "chapters": {},
    }
    if made is not None:
        data["report_date"] = data["last_modified_date"] = made.isoformat()
    for level, chapter in _CHAPTERS.items():
        rows = [_criterion(row) for row in report.wcag if row.criterion.level == level]
        if level == "A":
            rows.append(_obsolete())
        data["chapters"][chapter] = {"criteria": rows}
    data["chapters"]["success_criteria_level_aaa"]["notes"] = "Of level AAA these criteria are looked at, no others."
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)
    return str(text).encode()


def remark(judged: Judged) -> str:
    """Why a verdict is what it is, as an English sentence."""
    counts = judged.counts
    by = f" by {', '.join(counts.by)}" if counts.by else ""
    waived = f" {counts.waived} findings were set aside, each with a written reason." if counts.waived else ""
    said = {
        "clean": f"Looked at in {counts.states} states{by}: nothing found.",
        "found": f"Found in {counts.failed} of {counts.states} states{by}.",
        "most": f"Found in {counts.failed} of {counts.states} states{by}: in more than half.",
        "doubt": f"Engines suspect something in {counts.cant_tell} of {counts.states} states: a person must judge.",
        "people": "Only people can judge this. Not tested yet.",
        "nothing": "Not tested yet.",
    }[judged.because]
    return said + waived


def _criterion(row: CriterionRow) -> dict[str, Any]:
    components = [_component("web", row.web), _component("electronic-docs", row.documents)]
    return {"num": row.criterion.number, "components": [*components, *map(_inapplicable, _NONE)]}


def _component(name: str, judged: Judged) -> dict[str, Any]:
    return {"name": name, "adherence": {"level": LEVELS[judged.verdict], "notes": remark(judged)}}


def _inapplicable(name: str, note: str = "") -> dict[str, Any]:
    return {"name": name, "adherence": {"level": "not-applicable", "notes": note}}


def _obsolete() -> dict[str, Any]:
    names = ("web", "electronic-docs", *_NONE)
    return {"num": _GONE["num"], "components": [_inapplicable(name, _GONE["note"]) for name in names]}


def _methods(report: Report) -> str:
    evidence, scope = report.evidence, report.evidence.scope
    if evidence.made is None:
        return "Nothing has been tested yet."
    engines = ", ".join(f"{name} {version}" for name, version in evidence.engines.items())
    said = [
        f"{scope.states} states of {scope.pages} kinds of pages in {len(scope.locales)} languages, in"
        f" {' and '.join(scope.browsers)}, with {engines}."
    ]
    finished = sum(each.finished for each in evidence.personas)
    if evidence.personas:
        said.append(f"Played personas finished {finished} of {len(evidence.personas)} journeys.")
    if evidence.documents:
        known = evidence.documents
        said.append(f"{known.documents} signed documents of {known.kinds} kinds were read back with {known.validator}.")
    said.append("No person with a disability has tested it yet.")
    return " ".join(said)
