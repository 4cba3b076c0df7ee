"""The report says what its evidence says: never "supports" without any, "in part" where something was found."""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from madang.accessibility.audit.evidence import Evidence
from madang.accessibility.audit.report import write
from madang.accessibility.audit.site import Audited
from madang.accessibility.audit.waivers import Waiver
from madang.accessibility.criteria import HUMAN, KWCAG, REQUIRED, WCAG
from madang.accessibility.findings import Finding, PageResult, PageState
from madang.accessibility.report import write_report
from madang.accessibility.report.about import About
from madang.accessibility.report.compiled import Report, compiled
from madang.accessibility.report.earl import CONTEXT, earl
from madang.accessibility.report.openacr import openacr
from madang.i18n.locales import LOCALES
from tests.accessibility.report_kit import STATES, SUMMARY, written

ABOUT = About.portal("https://portal.test/")
TEXT = {"type": "string"}


def exactly(required: dict[str, Any], more: dict[str, Any] | None = None) -> dict[str, Any]:
    """An object with these members and no others."""
    properties = {**required, **(more or {})}
    return {"type": "object", "properties": properties, "required": [*required], "additionalProperties": False}


def some(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": 1}


COMPONENT = exactly({"name": TEXT, "adherence": exactly({"level": TEXT, "notes": TEXT})})
CHAPTER = exactly({"criteria": some(exactly({"num": TEXT, "components": some(COMPONENT)}))}, {"notes": TEXT})
CHAPTERS = {f"success_criteria_level_{level}": CHAPTER for level in ("a", "aa", "aaa")}
OPENACR = exactly(
    {
        "title": TEXT,
        "product": exactly({"name": TEXT}, {"version": TEXT, "description": TEXT}),
        "author": exactly({"email": TEXT}, {"company_name": TEXT, "website": TEXT}),
        "version": {"type": "integer"},
        "catalog": {"const": "2.5-edition-wcag-2.2-en"},
        "chapters": exactly(CHAPTERS),
    },
    dict.fromkeys((
        "notes", "evaluation_methods_used", "legal_disclaimer", "license", "feedback",
        "report_date", "last_modified_date",
    ), TEXT),
)  # fmt: skip
"""What OpenACR 0.1.0 asks, and nothing beyond what we write."""


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return compiled(written(tmp_path / "evidence"))


def verdicts(report: Report) -> dict[str, str]:
    return {row.criterion.number: row.web.verdict for row in report.wcag}


def test_without_evidence_nothing_is_supported(tmp_path: Path) -> None:
    report = compiled(tmp_path)
    assert set(verdicts(report).values()) == {"untested"}
    assert {row.judged.verdict for row in report.kwcag} == {"untested"}
    assert {row.judged.verdict for row in report.en_301_549 if row.judged} == {"untested"}
    assert report.standing == "unknown"
    assert "supports" not in {level for _, level in levels(openacr(report, ABOUT))}
    assert "passed" not in earl(report, ABOUT).decode().partition('"@graph"')[2]


def test_a_verdict_is_what_the_evidence_says(report: Report) -> None:
    found = verdicts(report)
    assert found["1.1.1"] == "supports"
    assert found["1.4.3"] == "partially", "found in one state of three"
    assert found["1.4.10"] == "fails", "found in all of them"
    assert found["2.4.4"] == "untested", "an engine suspects: a person must judge"
    others = set(REQUIRED) - {"1.1.1", "1.4.3", "1.4.10"}
    assert {found[number] for number in others} == {"untested"}
    assert report.standing == "partial"
    assert report.tally == {"supports": 1, "partially": 1, "fails": 1, "untested": 52}


def test_what_only_people_can_judge_is_never_supported(report: Report) -> None:
    """Not even where an engine says that it passes, as 1.2.1 here."""
    assert HUMAN
    assert {row.web.verdict for row in report.people} == {"untested"}
    assert {row.web.because for row in report.people} == {"people"}
    assert [row.criterion.number for row in report.people] == list(HUMAN)


def test_an_item_is_as_good_as_the_worst_of_its_criteria(report: Report) -> None:
    items = {row.item.number: row.judged.verdict for row in report.kwcag}
    assert len(items) == 33
    assert items["5.4.3"] == "partially", "its criterion is 1.4.3"
    assert items["5.1.1"] == "untested", "1.1.1 is supported, but nothing looked at 1.4.5"
    assert items["5.4.4"] == "supports", "its own check looked at it"
    assert set(items.values()) == {"supports", "partially", "untested"}


def test_every_item_has_a_name_in_six_languages() -> None:
    for row in compiled().kwcag:
        assert not row.title.missing()
        assert (row.title.ko, row.title.en) == (KWCAG[row.item.number].ko, KWCAG[row.item.number].en)
        assert len({getattr(row.title, locale) for locale in LOCALES}) == len(LOCALES), row.title


def test_clauses_of_documents_rest_on_the_documents(report: Report) -> None:
    clauses = {row.clause.clause: row.judged for row in report.en_301_549}
    assert clauses["9.1.4.3"]
    assert clauses["9.1.4.3"].verdict == "partially"
    assert clauses["10.1.1.1"]
    assert clauses["10.1.1.1"].counts.states == 90
    assert clauses["5.3"] is None, "it does not apply, and says why"


def test_broken_evidence_is_none(tmp_path: Path) -> None:
    folder = written(tmp_path)
    for path in folder.glob("*.json"):
        for content in (b"", b"[1, 2", b"[]", b"null", b'{"criteria": 3, "states": [], "made": "x"}', b"\xff\xfe"):
            path.write_bytes(content)
            assert compiled(folder).standing in ("unknown", "partial")
    assert compiled(folder).standing == "unknown"


def levels(content: bytes) -> list[tuple[str, str]]:
    """(criterion and component, level) of an OpenACR."""
    chapters = yaml.safe_load(content)["chapters"].values()
    return [
        (f"{row['num']} {part['name']}", part["adherence"]["level"])
        for chapter in chapters
        for row in chapter["criteria"]
        for part in row["components"]
    ]


def test_openacr_keeps_its_schema_and_its_catalogue(report: Report) -> None:
    content = openacr(report, ABOUT)
    data = yaml.safe_load(content)
    jsonschema_rs.validator_for(OPENACR).validate(data)
    found = dict(levels(content))
    assert found["1.1.1 web"] == "supports"
    assert found["1.4.3 web"] == "partially-supports"
    assert found["1.4.10 web"] == "does-not-support"
    assert found["2.4.4 web"] == "not-evaluated"
    assert found["1.1.1 electronic-docs"] == "supports"
    assert found["1.4.3 electronic-docs"] == "not-evaluated"
    assert found["1.4.3 software"] == "not-applicable"
    numbers = {name.partition(" ")[0] for name in found}
    assert numbers == {*WCAG, "4.1.1"}, "the catalogue still has the criterion that WCAG 2.2 removed"
    assert set(found.values()) <= {
        "supports", "partially-supports", "does-not-support", "not-applicable", "not-evaluated",
    }  # fmt: skip
    del data["author"]["email"]
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validator_for(OPENACR).validate(data)


def test_earl_says_who_looked_at_what_and_what_came_of_it(report: Report) -> None:
    data = json.loads(earl(report, ABOUT))
    assert data["@context"] == CONTEXT
    nodes = {node["@id"]: node for node in data["@graph"] if "@id" in node}
    assertions = [node for node in data["@graph"] if node["@type"] == "earl:Assertion"]
    for each in assertions:
        assert set(each) == {"@type", "assertedBy", "subject", "test", "mode", "result"}
        assert "earl:Assertor" in nodes[each["assertedBy"]]["@type"]
        assert nodes[each["subject"]]["@type"] == "earl:TestSubject"
        assert nodes[each["test"]]["@type"] == "earl:TestCriterion"
        assert each["result"]["@type"] == "earl:TestResult"
    failed = [each for each in assertions if each["result"]["outcome"] == "earl:failed"]
    (one,) = failed
    assert one["result"]["info"] == "axe:color-contrast"
    assert one["test"] == WCAG["1.4.3"].url
    assert nodes[one["assertedBy"]]["revision"] == SUMMARY["engines"]["axe"]
    assert nodes[one["subject"]]["title"] == "guide, long, 320 px, chromium"
    passed = sum(each["result"]["outcome"] == "earl:passed" for each in assertions)
    assert passed == 2 * sum(map(len, STATES.values()))
    untested = {each["test"] for each in assertions if each["result"]["outcome"] == "earl:untested"}
    assert WCAG["1.2.1"].url in untested
    assert WCAG["1.1.1"].url not in untested


def test_a_reader_of_json_ld_understands_it(report: Report) -> None:
    jsonld = pytest.importorskip("pyld").jsonld
    quads = jsonld.to_rdf(json.loads(earl(report, ABOUT)))["@default"]
    outcomes = {quad["object"]["value"] for quad in quads if quad["predicate"]["value"].endswith("earl#outcome")}
    assert outcomes == {f"http://www.w3.org/ns/earl#{each}" for each in ("passed", "failed", "cantTell", "untested")}


def test_the_report_is_written_whole(tmp_path: Path) -> None:
    paths = write_report(written(tmp_path / "evidence"), tmp_path / "out")
    assert sorted(path.name for path in paths) == ["conformance.html", "earl.json", "kwcag.csv", "openacr.yaml"]
    page = (tmp_path / "out" / "conformance.html").read_text(encoding="utf-8")
    assert "Supported in part" in page
    assert "axe:color-contrast" in page, "what to mend, and where"
    assert "guide, long" in page
    rows = (tmp_path / "out" / "kwcag.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 34
    again = write_report(tmp_path / "evidence", tmp_path / "out")
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in paths]


WAIVER = Waiver("axe:label", "4.1.2", "The label is there, in a shadow tree.", "Look.", target="#a")


def waived_evidence(folder: Path, set_aside: tuple[Waiver, ...]) -> Path:
    """Of one page: something that a waiver names, something that fails, and something of both kinds."""
    label = Finding("4.1.2", "axe:label", "failed", "#a", "<input>", "Give it a label.")
    pale = Finding("1.4.3", "axe:color-contrast", "failed", "p", "<p>", "Make it darker.")
    other = Finding("4.1.2", "axe:aria-roles", "failed", "#b", "<b>", "Take it away.")
    evidence = Evidence(folder, set_aside=set_aside)
    for key, found in {"k1": (label, pale), "k2": (label, other)}.items():
        evidence.add(PageResult(PageState("form", "ko", "/ko/form"), key, found, {"1.1.1": ("axe",)}))
    evidence.write()
    return folder


def test_what_a_waiver_sets_aside_did_not_fail(tmp_path: Path) -> None:
    report = compiled(waived_evidence(tmp_path, (WAIVER,)), (WAIVER,))
    assert report.evidence.criteria["4.1.2"].failed == 1
    assert report.evidence.criteria["4.1.2"].waived == 2
    nodes = json.loads(earl(report, ABOUT))["@graph"]
    said = [
        (node["subject"].rpartition("#")[2], node["mode"], node["result"]["outcome"], node["result"]["info"])
        for node in nodes
        if node["@type"] == "earl:Assertion" and node["test"] == WCAG["4.1.2"].url
    ]
    reason = "axe:label, set aside: The label is there, in a shadow tree."
    assert sorted(said) == [
        ("k1", "earl:semiAuto", "earl:passed", reason),
        ("k2", "earl:automatic", "earl:failed", "axe:aria-roles"),
    ]
    write_report(tmp_path, tmp_path / "out", ABOUT, set_aside=(WAIVER,))
    html = (tmp_path / "out" / "conformance.html").read_text(encoding="utf-8")
    assert html.index("axe:aria-roles") < html.index("Set aside, each with a written reason") < html.index(reason)


def test_without_the_waiver_it_failed(tmp_path: Path) -> None:
    report = compiled(waived_evidence(tmp_path, ()), ())
    assert report.evidence.criteria["4.1.2"].failed == 2
    assert sum('"earl:failed"' in line for line in earl(report, ABOUT).decode().splitlines()) == 4


def test_a_strangers_site_gets_the_report_of_its_own(tmp_path: Path) -> None:
    """No waiver of ours holds there, and nobody signs an OpenACR for them."""
    ours = Finding("best", "nu:error", "failed", "", "", "Attribute “hx-get” not allowed on element “a” at this point.")
    pale = Finding("1.4.3", "axe:color-contrast", "failed", "p", "<p>", "Make it darker.")
    page = PageResult(PageState("/", "", "https://town.test/start"), "", (ours, pale), {"1.1.1": ("axe",)})
    hanging = PageResult(PageState("/x", "", "https://town.test/x"), "", problems=("It hangs.",))
    audited = Audited("https://town.test/start", (page, hanging), 1.0)
    paths = write(audited, tmp_path)
    assert [path.name for path in paths] == [
        "report.html", "report.json", "earl.json", "kwcag.csv", "conformance.html"
    ]  # fmt: skip
    graph = json.loads((tmp_path / "earl.json").read_bytes())["@graph"]
    assert graph[0]["@id"] == "https://town.test/"
    outcomes = [node["result"]["outcome"] for node in graph if node["@type"] == "earl:Assertion"]
    assert outcomes.count("earl:failed") == outcomes.count("earl:passed") == 1
    html = (tmp_path / "conformance.html").read_text(encoding="utf-8")
    assert "nu:error" in html[: html.index("WCAG 2.2")]
    assert "set aside" not in html.lower()
    assert "Madang" not in html
