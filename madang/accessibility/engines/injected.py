"""Engines that are scripts: put into the page, and asked there."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from madang.accessibility.engines.engine import Engine, Gathering, Verdict, selector, version_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE: Final = """async () => {
  const said = await axe.run(document, {preload: false, resultTypes: ["violations", "incomplete", "passes"],
    runOnly: {type: "tag", values:
      ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    rules: {"color-contrast-enhanced": {enabled: true}, "target-size": {enabled: true}}});
  const short = (list) => list.map(r => ({id: r.id, tags: r.tags, help: r.help, count: r.nodes.length,
    nodes: r.nodes.slice(0, 10).map(n => ({target: n.target.flat(9).join(" >>> "), html: n.html.slice(0, 300),
      advice: (n.any.concat(n.all, n.none)[0] || {}).message || ""}))}));
  return {violations: short(said.violations), incomplete: short(said.incomplete),
          passes: said.passes.map(r => ({id: r.id, tags: r.tags}))};
}"""
IBM: Final = """async () => {
  const checker = new ace.Checker();
  const set = checker.rulesets.find(s => s.id === "IBM_Accessibility");
  const criteria = {};
  for (const point of set.checkpoints) for (const rule of point.rules || []) {
    const codes = rule.reasonCodes || ["*"];
    for (const code of codes) ((criteria[rule.id] ||= {})[code] ||= []).push(point.num);
  }
  const said = await checker.check(document, ["IBM_Accessibility"]);
  // In details that are closed it sees fields without their labels: there is nothing to judge until they are open.
  const folded = path => {
    const e = document.evaluate(path, document, null, 9, null).singleNodeValue;
    return e?.nodeType === 1 && e.closest("details:not([open])") && !e.checkVisibility();
  };
  const told = said.results.filter(r => r.value[1] !== "PASS" && !folded(r.path.dom));
  return {criteria, results: told.slice(0, 400).map(r => ({id: r.ruleId,
    reason: r.reasonId, kind: r.value[0], value: r.value[1], path: r.path.dom, html: (r.snippet || "").slice(0, 300),
    advice: r.message})), passed: [...new Set(said.results.filter(r => r.value[1] === "PASS").map(r => r.ruleId))]};
}"""
QUALWEB: Final = """() => {
  const words = LocaleFetcher.get("en"), said = [];
  for (const Runner of [ACTRulesRunner, WCAGTechniquesRunner]) {
    const report = new Runner({}, {translate: words, fallback: words}).configure({})
      .test({sourceHtml: document.documentElement.outerHTML}).getReport();
    for (const each of Object.values(report.assertions)) said.push({
      id: each.code, mapping: each.mapping, name: each.name,
      criteria: (each.metadata["success-criteria"] || []).map(c => c.name), outcome: each.metadata.outcome,
      results: each.results.filter(r => r.verdict === "failed" || r.verdict === "warning").slice(0, 10).map(r => ({
        verdict: r.verdict, advice: r.description, target: (r.elements[0] || {}).pointer || "",
        html: ((r.elements[0] || {}).htmlCode || "").slice(0, 300)}))});
  }
  return said;
}"""
QUALWEB_SCRIPTS: Final = (
    "qw-page/dist/qw-page.bundle.js",
    "util/dist/__webpack/util.bundle.js",
    "locale/dist/locale.bundle.js",
    "act-rules/dist/__webpack/act.bundle.js",
    "wcag-techniques/dist/__webpack/wcag.bundle.js",
)
_CRITERION: Final = re.compile(r"wcag(\d)(\d)(\d{1,2})$")


def of_tags(tags: list[str]) -> list[str]:
    """``wcag143`` as 1.4.3."""
    return [".".join(found.groups()) for tag in tags if (found := _CRITERION.match(tag))]


def put(page: "Page", script: str) -> None:
    """Runs a script's text in the page; the text is an argument, so that whatever it is made of stands."""
    page.evaluate("text => { (0, eval)(text); }", script)


def axe(modules: Path) -> Engine:
    script = (modules / "axe-core/axe.min.js").read_text(encoding="utf-8")

    def run(page: "Page", html: str) -> Verdict:
        put(page, script)
        said: dict[str, Any] = page.evaluate(AXE)
        gathering = Gathering("axe")
        for rule in said["passes"]:
            gathering.satisfied(rule["id"], of_tags(rule["tags"]))
        for name, outcome in (("violations", "failed"), ("incomplete", "cantTell")):
            for rule in said[name]:
                for node in rule["nodes"]:
                    gathering.found(
                        rule["id"],
                        of_tags(rule["tags"]),
                        "failed" if outcome == "failed" else "cantTell",
                        target=node["target"],
                        html=node["html"],
                        advice=f"{rule['help']}: {node['advice']}" if node["advice"] else rule["help"],
                    )
        return gathering.verdict()

    return Engine("axe", version_of(modules, "axe-core"), run, ("chromium", "firefox"))


def ibm(modules: Path) -> Engine:
    script = (modules / "accessibility-checker-engine/ace.js").read_text(encoding="utf-8")

    def run(page: "Page", html: str) -> Verdict:
        put(page, script)
        said: dict[str, Any] = page.evaluate(IBM)
        gathering = Gathering("ibm")

        def own(rule: str, reason: str | None) -> list[str]:
            codes: dict[str, list[str]] = said["criteria"].get(rule, {})
            return (
                codes.get(str(reason), codes.get("*", [])) if reason else [each for c in codes.values() for each in c]
            )

        for rule in said["passed"]:
            gathering.satisfied(rule, own(rule, None))
        for each in said["results"]:
            definite = (each["kind"], each["value"]) == ("VIOLATION", "FAIL")
            gathering.found(
                each["id"],
                own(each["id"], each["reason"]),
                "failed" if definite else "cantTell",
                target=selector(each["path"]),
                html=each["html"],
                advice=each["advice"],
            )
        return gathering.verdict()

    return Engine("ibm", version_of(modules, "accessibility-checker-engine"), run)


def qualweb(modules: Path) -> Engine:
    scripts = [(modules / "@qualweb" / name).read_text(encoding="utf-8") for name in QUALWEB_SCRIPTS]

    def run(page: "Page", html: str) -> Verdict:
        for script in scripts:
            put(page, script)
        gathering = Gathering("qualweb")
        for rule in page.evaluate(QUALWEB):
            if rule["outcome"] == "passed":
                gathering.satisfied(rule["id"], rule["criteria"])
            # A technique is one way of several: that it was not used is no failure; techniques named F are failures.
            definite = "-ACT-" in rule["id"] or rule["mapping"].startswith("F")
            for each in rule["results"]:
                gathering.found(
                    rule["id"],
                    rule["criteria"],
                    "failed" if definite and each["verdict"] == "failed" else "cantTell",
                    target=each["target"],
                    html=each["html"],
                    advice=f"{rule['name']}: {each['advice']}",
                )
        return gathering.verdict()

    version = f"{version_of(modules, '@qualweb/act-rules')}+{version_of(modules, '@qualweb/wcag-techniques')}"
    return Engine("qualweb", version, run)
