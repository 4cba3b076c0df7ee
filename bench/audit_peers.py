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


def page(lang: str, name: str, body: str, head: str, at: str = "", body_class: str = "") -> str:
    links = "".join(f'<li><a href="/{at}/{slug(each)}.html">{each}</a></li>' for each in COMPONENTS)
    listed = f"<ul>{links}</ul>" if name == "Components" else body
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{name}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>'
        f'<body class="{body_class}"><main><h1>{name}</h1>{listed}</main></body></html>'
    )


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def govuk(name: str) -> str:
    folder = MODULES / "govuk-frontend/dist/govuk/components" / COMPONENTS[name][0]
    fixtures = json.loads((folder / "fixtures.json").read_text("utf-8"))["fixtures"]
    shown = [each for each in fixtures if each["name"] == "default"]
    shown += [each for each in fixtures if "error" in each["name"]][:1]
    ids: set[str] = set()
    html = []
    for each in shown:
        own = set(re.findall(r'\bid="([^"]+)"', each["html"]))
        if not own & ids:  # fixtures are made to stand alone: an id that comes twice would be our fault
            html.append(each["html"])
        ids |= own
    return "\n".join(html)


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


def build() -> dict[str, str]:
    """Writes the pages, and says where each system's begin."""
    style = f"<style>{assets().bundle('styleguide').css}</style>"
    frames: dict[str, tuple[str, str, str, Callable[[str], str]]] = {
        "govuk": ("en", GOVUK, "govuk-template__body js-enabled govuk-frontend-supported", govuk),
        "krds": ("ko", KRDS, "", krds),
        "ours": ("en", style, "", ours),
    }
    for at, (lang, head, body_class, body) in frames.items():
        folder = OUT / "site" / at
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("Components", *COMPONENTS):
            drawn = "" if name == "Components" else body(name)
            file = "index.html" if name == "Components" else f"{slug(name)}.html"
            (folder / file).write_text(page(lang, name, drawn, head, at, body_class), "utf-8")
    return {"GOV.UK Frontend": "/govuk/", "KRDS": "/krds/", "Madang": "/ours/"}


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
    for result in audited.results:
        for finding in result.findings:
            if finding.outcome == "failed":
                broken.setdefault(finding.criterion, set()).add((result.state.url, finding.target))
    required = {number for number in broken if number in WCAG and WCAG[number].level in ("A", "AA")}
    enhanced = {number for number in broken if number in WCAG} - required
    places = sum(len(broken[number]) for number in required)
    more = sum(len(broken[number]) for number in enhanced)
    read = {result.state.url for result in audited.results if result not in audited.unread}
    return (
        f"| {name} | {len(read)} | {places} | {', '.join(sorted(required)) or 'none'} "
        f"| {more} | {', '.join(sorted(enhanced)) or 'none'} | {len(broken.get('best', ()))} |"
    )


def main() -> None:
    if not installed(MODULES / "krds-uiux", MODULES / "govuk-frontend"):
        sys.exit("The packages of bench/peers need Node and npm.")
    begins = build()
    rows = []
    with served() as base:
        for name, path in begins.items():
            audited = audit(
                base + path, ROOT / "var", pages=len(COMPONENTS) + 1, kinds=("chromium",), stream=sys.stderr
            )
            report.write(audited, OUT / slug(name.replace(".", "")))
            rows.append(row(name, audited))
    print("| components of | pages | places, A and AA | criteria | AAA contrast, size | criteria | good practice |")
    print("|---|---|---|---|---|---|---|")
    print("\n".join(rows))


if __name__ == "__main__":
    main()
