"""Faults sown into clean pages, and a small site that serves them: what the audit must find, and what leave alone.

``python -m tests.accessibility.measure_faults`` measures all of them with every engine and writes the evidence.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

from madang.accessibility.checks import CHECKS, Check, Extract, across, extract
from madang.accessibility.findings import Finding, PageState
from tests.look_kit import page_in

HERE = Path(__file__).parent / "faults"
SITE = "http://town.test"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738"
    "550000000049454e44ae426082"
)
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nGravel crunches under feet.\n"
TOLD = ("failed", "cantTell")
ALONE = ("korean", "ours")
"""Pages that are not compared with the others of the town: another language, another site."""
OURS = """{% extends "layouts/task.html" %}{% block title %}Your address{% endblock %}
{% from "components/error_summary.html" import error_summary %}{% block content %}
{{ error_summary([("street", "Enter the street and the number of the house")]) }}
<h1>Your address</h1><p>Certificates are sent there. It is kept until you change it.</p>
<form method="post" action="/en/address"><div class="field wrong"><label for="street">Street and number</label>
<p class="error" id="street-error">Enter the street and the number of the house</p>
<input class="in w-full" id="street" name="street" autocomplete="address-line1" aria-invalid="true"
 aria-describedby="street-error" data-ref="street"></div>
<button type="submit" class="btn" data-ref="continue">Continue</button></form>{% endblock %}"""
"""A page of the portal, from its own templates and styles, where something was answered wrongly."""


@dataclass(frozen=True)
class Fault:
    """One change of a clean page, and the criterion that it breaks."""

    criterion: str
    name: str
    page: str
    changes: dict[str, Any] = field(hash=False)

    def __str__(self) -> str:
        return f"{self.criterion} {self.name}"


@cache
def clean() -> dict[str, str]:
    """Name -> HTML of the pages that nothing is wrong with."""
    layout = (HERE / "clean" / "layout.html").read_text(encoding="utf-8")
    pages = {}
    for file in sorted((HERE / "clean").glob("*.html")):
        content = file.read_text(encoding="utf-8").strip()
        if file.stem == "layout":
            continue
        title = re.sub("<[^>]+>", "", content.partition("<h1>")[2].partition("</h1>")[0])
        whole = content.startswith("<!DOCTYPE")
        pages[file.stem] = content if whole else layout.replace("{title}", title).replace("{content}", content)
    return pages | {"ours": page_in("en", OURS)}


@cache
def faults() -> tuple[Fault, ...]:
    rows = [
        (criterion, row)
        for file in sorted(HERE.glob("*.yaml"))
        for criterion, rows in yaml.safe_load(file.read_text(encoding="utf-8")).items()
        for row in rows
    ]
    return tuple(
        Fault(criterion, row["name"], row["page"], {k: v for k, v in row.items() if k not in ("name", "page")})
        for criterion, row in rows
    )


def sown(fault: Fault) -> str:
    """The clean page with the fault in it. Every text that is replaced must be there, once."""
    html, left = clean()[fault.page], dict(fault.changes)
    pairs = [(left.pop("from"), left.pop("to"))] if "from" in left else []
    for old, new in [*pairs, *left.pop("also", [])]:
        assert html.count(old) == 1, f"{fault}: {old!r} is there {html.count(old)} times"
        html = html.replace(old, new)
    for key, before, around in (
        ("css", "</style>", "{}\n"),
        ("head", "</head>", "{}\n"),
        ("add", "</main>", "{}\n"),
        ("add_body", "</body>", "{}\n"),
        ("script", "</body>", "<script>\n{}\n</script>\n"),
    ):
        if key in left:
            html = html.replace(before, around.replace("{}", left.pop(key)) + before)
    assert not left, f"{fault}: {sorted(left)} is not understood"
    return html


class Town:
    """The site of clean pages in a browser; one page of it at a time may be another."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.changed: dict[str, str] = {}
        context.route("**/*", self._serve)

    def _serve(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE).partition("?")[0].strip("/")
        if path in clean():
            route.fulfill(body=self.changed.get(path, clean()[path]), content_type="text/html; charset=utf-8")
        elif path.endswith(".png"):
            route.fulfill(body=PICTURE, content_type="image/png")
        elif path.endswith("walk.vtt"):
            route.fulfill(body=CAPTIONS, content_type="text/vtt")
        else:
            route.fulfill(status=404, body="")

    def open(self, name: str) -> tuple[Page, PageState]:
        page = self.context.new_page()
        page.goto(f"{SITE}/{name}", wait_until="domcontentloaded")
        page.wait_for_timeout(30)
        return page, PageState(name, "ko" if name == "korean" else "en", page.url)


def checked(town: Town, name: str, checks: Iterable[Check]) -> list[Finding]:
    """What ``checks`` say of one page of the town, opened again after each that alters it."""
    found: list[Finding] = []
    page, state = town.open(name)
    for check in checks:
        found += check.run(page, state)
        if check.alters:
            page.close()
            page, state = town.open(name)
    page.close()
    return found


@cache
def _clean_extracts(town: Town) -> tuple[tuple[PageState, Extract], ...]:
    made = []
    for name in clean():
        if name not in ALONE:
            page, state = town.open(name)
            made.append((state, extract(page, state)))
            page.close()
    return tuple(made)


def compared(town: Town, name: str) -> list[Finding]:
    """What the page's site says against it."""
    if name in ALONE:
        return []
    others = [pair for pair in _clean_extracts(town) if pair[0].name != name]
    page, state = town.open(name)
    mine = (state, extract(page, state))
    page.close()
    return [finding for where, finding in across([*others, mine]) if where == state]


def named(found: Iterable[Finding], criterion: str) -> list[Finding]:
    return [finding for finding in found if finding.criterion == criterion and finding.outcome in TOLD]


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def town_in(browser: Browser) -> Iterator[Town]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        yield Town(context)
    finally:
        context.close()


def checks_for(criterion: str) -> list[Check]:
    return [check for check in CHECKS.values() if criterion in check.criteria]
