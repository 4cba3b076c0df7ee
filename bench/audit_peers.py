"""The same components of three design systems, looked at by ``madang audit`` in one run: python -m bench.audit_peers.

Every page is one component in the same plain frame, with the system's own markup, styles and scripts: GOV.UK Frontend's
fixtures (with and without an error), KRDS's samples, and our macros as the style guide shows them. What a system puts
around its components is not compared. Prints a table, and writes each report under var/peers.
"""

import functools
import http.server
import json
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.houses import ROOT
from bench.peers.packages import MODULES, installed
from madang.accessibility.audit import report
from madang.accessibility.audit.site import Audited, audit
from madang.accessibility.criteria import WCAG
from madang.web.views.styleguide import StyleguidePage

OUT: Final = ROOT / "var" / "peers"

from look_kit import assets, look_environment  # noqa: E402  (houses opens the way to the tests' own kits)

IDS: Final = re.compile(r'\bid="([^"]+)"')
FRAME: Final = re.compile(r"^3\.1\.1 |^\S+ <h1\b")
"""What our own frame is answerable for: the language of a page of few words, and its heading."""
COMPONENTS: Final[dict[str, tuple[str, str, str]]] = {
    "Button": ("button", "button", '{{ button("Save", "b-1") }}{{ button("Delete", "b-2", "danger") }}'),
    "Text": ("input", "text_input", "field_text"),
    "Text area": ("textarea", "textarea", "field_textarea"),
    "Radios": ("radios", "radio_button", "field_radios"),
    "Checkboxes": ("checkboxes", "checkbox", "field_checkboxes"),
    "Select": ("select", "select", "field_select"),
    "Date": ("date-input", "date_input", "field_date"),
    "Files": ("file-upload", "file_upload", "field_files"),
    "Breadcrumbs": ("breadcrumbs", "breadcrumb", '{{ breadcrumbs((("Home", "/", "c-1"), ("Help", "/", "c-2"))) }}'),
    "Pagination": (
        "pagination",
        "pagination",
        '{{ pagination({"links": [{"number": 1, "url": "/", "current": 0}, {"number": 2, "url": "/", "current": 1},'
        ' {"number": 3, "url": "/", "current": 0}], "previous": "/", "next": "/"}) }}',
    ),
    "Table": (
        "table",
        "table",
        '{{ table("Entries", ["What", "When"], [["Entry", "1 May 2026"], ["Exit", "3 May 2026"]]) }}',
    ),
    "Details": ("details", "disclosure", '{% call details("What it costs", "d-1") %}<p>Nothing.</p>{% endcall %}'),
    "Tag": ("tag", "badge", '{{ status_tag("Completed", "good") }}'),
}
"""Name -> GOV.UK's folder, KRDS's file, our source or the style guide's field."""
IMPORTS: Final = "".join(
    f'{{% from "components/{name}.html" import {name} %}}'
    for name in ("button", "breadcrumbs", "pagination", "table", "details", "status_tag", "field")
)


@dataclass(frozen=True)
class System:
    """A design system: its samples, their language, and what it asks of ``html``, ``head`` and ``body``."""

    name: str
    lang: str
    html: str
    head: str
    body: str
    sample: Callable[[str], str]


def page(system: System, name: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{system.lang}" class="{system.html}"><head><meta charset="utf-8">'
        f'<title lang="en">{name}</title><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'{system.head}</head><body class="{system.body}"><main><h1 lang="en">{name}</h1>{body}</main></body></html>'
    )


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def govuk(name: str) -> str:
    folder = MODULES / "govuk-frontend/dist/govuk/components" / COMPONENTS[name][0]
    fixtures = json.loads((folder / "fixtures.json").read_text("utf-8"))["fixtures"]
    shown = {each["name"]: each["html"] for each in fixtures}
    error = next((html for html in shown.values() if "govuk-error-message" in html), "")
    # Fixtures are made to stand alone: a group that asks the same, or an id that comes twice, would be our fault.
    alone = "<fieldset" in error or set(IDS.findall(error)) & set(IDS.findall(shown["default"]))
    return error if error and alone else shown["default"] + error


def krds(name: str) -> str:
    return (MODULES / f"krds-uiux/html/code/{COMPONENTS[name][1]}.html").read_text("utf-8")


def ours(name: str) -> str:
    source = COMPONENTS[name][2]
    if source.startswith("field_"):
        source = f'{{% for each in page.examples()["{source}"] %}}{{{{ field(each.control) }}}}{{% endfor %}}'
    return look_environment("en").from_string(IMPORTS + source).render(page=StyleguidePage(locale="en"))


GOVUK: Final = (
    '<link rel="stylesheet" href="/govuk-frontend/dist/govuk/govuk-frontend.min.css"><script type="module">'
    "import { initAll } from '/govuk-frontend/dist/govuk/govuk-frontend.min.js'; initAll();</script>"
)
KRDS: Final = (
    '<link rel="stylesheet" href="/krds-uiux/resources/cdn/krds.min.css">'
    '<script src="/krds-uiux/resources/cdn/krds.min.js" defer></script>'
)


def systems() -> dict[str, System]:
    """Folder -> system."""
    style = f"<style>{assets().bundle('styleguide').css}</style>"
    body = "govuk-template__body js-enabled govuk-frontend-supported"
    return {
        "govuk": System("GOV.UK Frontend", "en", "govuk-template", GOVUK, body, govuk),
        "krds": System("KRDS", "ko", "", KRDS, "", krds),
        "ours": System("Madang", "en", "", style, "", ours),
    }


def build(at: str, system: System) -> None:
    """Writes the pages of one system, and one that leads to them; that one is nobody's and is not counted."""
    folder = OUT / "site" / at
    folder.mkdir(parents=True, exist_ok=True)
    for name in COMPONENTS:
        (folder / f"{slug(name)}.html").write_text(page(system, name, system.sample(name)), "utf-8")
    links = "".join(f'<li lang="en"><a href="/{at}/{slug(each)}.html">{each}</a></li>' for each in COMPONENTS)
    (folder / "index.html").write_text(page(system, "Components", f"<ul>{links}</ul>"), "utf-8")


class Handler(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        made = super().translate_path(path)
        if Path(made).exists():
            return made
        return str(MODULES / Path(made).relative_to(OUT / "site"))

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    handler = functools.partial(Handler, directory=str(OUT / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def row(name: str, audited: Audited) -> str:
    """What is definite, counted once for each place of a page, whatever the width and the engine that saw it."""
    broken: dict[str, set[tuple[str, str]]] = {}
    results = [result for result in audited.results if result.state.url.endswith(".html")]
    for result in results:
        for finding in result.findings:
            if finding.outcome == "failed" and not FRAME.search(f"{finding.criterion} {finding.html}"):
                broken.setdefault(finding.criterion, set()).add((result.state.url, finding.target))
    required = {number for number in broken if number in WCAG and WCAG[number].level in ("A", "AA")}
    enhanced = {number for number in broken if number in WCAG} - required
    places = sum(len(broken[number]) for number in required)
    more = sum(len(broken[number]) for number in enhanced)
    read = {result.state.url for result in results if result not in audited.unread}
    return (
        f"| {name} | {len(read)} | {places} | {', '.join(sorted(required)) or 'none'} "
        f"| {more} | {', '.join(sorted(enhanced)) or 'none'} | {len(broken.get('best', ()))} |"
    )


def main() -> None:
    if not installed(MODULES / "krds-uiux", MODULES / "govuk-frontend"):
        sys.exit("The packages of bench/peers need Node and npm.")
    rows = []
    with served() as base:
        for at, system in systems().items():
            build(at, system)
            pages = len(COMPONENTS) + 1
            audited = audit(f"{base}/{at}/", ROOT / "var", pages=pages, kinds=("chromium",), stream=sys.stderr)
            report.write(audited, OUT / at)
            rows.append(row(system.name, audited))
    print("| components of | pages | places, A and AA | criteria | AAA contrast, size | criteria | good practice |")
    print("|---|---|---|---|---|---|---|")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
