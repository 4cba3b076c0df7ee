"""For search engines: what may be indexed says so, names itself and its other languages; what may not is left alone."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import html5lib
import pytest
from portal_kit import BASE, Visitor

from madang.i18n.locales import HTML_LANG, LOCALES, Locale
from madang.web import sitemaps
from madang.web.access import Access
from madang.web.assets import Assets
from madang.web.catalogue.shelf import Shelf
from madang.web.links import in_locale
from madang.web.routes import TABLE, Row
from tests.web.hostile.addresses import address
from tests.web.hostile.raw import Raw

pytestmark = pytest.mark.anyio
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PARTS = {
    "service": "resident-register",
    "package": "relocation",
    "audience": "newcomer",
    "draft": "a" * 26,
    "step": "purpose",
    "number": "7K3M-92QF-4XTA-C8WE",
    "code": "7K3M-92QF-4XTA-C8WE",
    "kind": "stay-expiry",
    "part": "2",
    "appointment": "a" * 26,
    "errand": "a" * 26,
    "session": "s" * 22,
}
OWN = {"areas": {"service": "bulky-waste"}, "leaving": {"service": "hometax"}}
"""Pages that another service shows."""


def pages() -> Iterator[Row]:
    """Public pages that are fetched: the rows of the table that anybody may GET."""
    for row in TABLE:
        if row.method == "GET" and row.access is Access.PUBLIC and row.name != "language":
            yield row


def shelf_of(app: Any) -> Shelf:
    found: Shelf = inner(app).state.portal.shelf
    return found


def inner(app: Any) -> Any:
    while not hasattr(app, "router"):
        app = getattr(app, "_app", None) or app._wrapped
    return app


def head(html: str) -> dict[str, Any]:
    """Robots, canonical address and alternates of a page."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    links = [e for e in root.iter("link") if e.get("rel") in ("canonical", "alternate")]
    return {
        "robots": next((e.get("content") for e in root.iter("meta") if e.get("name") == "robots"), None),
        "canonical": [e.get("href") for e in links if e.get("rel") == "canonical"],
        "alternates": {e.get("hreflang"): e.get("href") for e in links if e.get("hreflang")},
    }


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_public_page_names_itself_and_its_languages(visitor: Visitor, locale: Locale) -> None:
    indexed = set()
    for row in pages():
        path = address(row, locale, {**PARTS, **OWN.get(row.name, {})})
        response = await visitor.http.get(path, follow_redirects=False)
        html = response.headers.get("content-type", "").startswith("text/html") and "<!doctype" in response.text.lower()
        if not html:
            continue
        found = head(response.text)
        if response.status_code != 200:
            assert found["robots"] == "noindex", path
        if found["robots"] == "noindex":
            assert found["canonical"] == [], path
            assert found["alternates"] == {}, path
            continue
        indexed.add(row.name)
        assert found["robots"] == "index", path
        assert found["canonical"] == [BASE + path]
        assert found["alternates"] == {
            **{HTML_LANG[other]: BASE + in_locale(path, other) for other in LOCALES},
            "x-default": BASE + in_locale(path, "en"),
        }
    assert indexed == {*sitemaps.PAGES, "guide", "easy", "areas", "life_event", "audience"}


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("/services?q=%EC%9D%B4%EC%82%AC", "/services"),
        ("/services?category=tax&q=x&page=2", "/services"),
        ("/services?category=tax&q=%EC%84%B8%EA%B8%88", "/services"),
        ("/services?category=military&who=newcomer", "/services"),
        ("/services?category=tax", "/services?category=tax"),
        ("/services?utm_source=mail&category=tax&fbclid=1", "/services?category=tax"),
        ("/services?who=senior&category=welfare", "/services?category=welfare&who=senior"),
        ("/services?category=welfare&category=tax&page=1", "/services?category=tax"),
        ("/services?category=nichts", "/services"),
        ("/services?channel=%22%3E%3Cimg%20src=x%3E", "/services"),
        ("/services?page=2", "/services?page=2"),
        ("/services?page=9999", "/services"),
        ("/services?page=2&category=welfare", "/services?category=welfare&page=2"),
        ("/offices?area=seoul&kind=kiosk", "/offices?area=seoul"),
        ("/offices?near=Seoul", "/offices?area=seoul"),
        ("/offices?page=2", "/offices?page=2"),
        ("/offices?page=2&kind=kiosk", "/offices"),
        ("/offices?area=%22%3E", "/offices"),
        ("/help?x=1", "/help"),
        ("/services/entry-exit?from=mail", "/services/entry-exit"),
    ],
)
async def test_an_address_is_named_without_what_makes_no_page(visitor: Visitor, asked: str, named: str) -> None:
    response = await visitor.get(f"/vi{asked}")
    found = head(response.text)
    assert found["canonical"] == [f"{BASE}/vi{named}"]
    assert found["alternates"]["ja"] == f"{BASE}/ja{named}"
    assert found["alternates"]["x-default"] == f"{BASE}/en{named}"
    again = head((await visitor.get(f"/vi{named}")).text)
    assert again["canonical"] == [f"{BASE}/vi{named}"], "what is named names itself"


@pytest.mark.parametrize("path", ["/verify?number=7K3M-92QF-4XTA-C8WE", "/verify/7K3M-92QF-4XTA-C8WE"])
async def test_a_number_that_was_looked_up_is_in_no_index(visitor: Visitor, path: str) -> None:
    response = await visitor.get(f"/ja{path}")
    assert head(response.text) == {"robots": "noindex", "canonical": [], "alternates": {}}
    assert response.headers["x-robots-tag"] == "noindex"


async def test_the_index_of_site_maps_names_every_file(visitor: Visitor) -> None:
    response = await visitor.http.get("/sitemap.xml")
    assert response.headers["content-type"] == "application/xml"
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{SPACE}sitemapindex"
    files = [e.text or "" for e in root.iter(f"{SPACE}loc")]
    assert files == [f"{BASE}/sitemap-{locale}.xml" for locale in LOCALES]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", e.text or "") for e in root.iter(f"{SPACE}lastmod"))
    for file in files:
        assert (await visitor.http.get(file.removeprefix(BASE))).status_code == 200
    for other in ("/sitemap-fr.xml", "/sitemap-ko-1.xml", "/sitemap-ko-2.xml", "/sitemap-ko-02.xml"):
        assert (await visitor.http.get(other)).status_code == 404, other


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_language_has_every_page_that_may_be_indexed(app: Any, visitor: Visitor, locale: Locale) -> None:
    response = await visitor.http.get(f"/sitemap-{locale}.xml")
    rows = {
        (url.findtext(f"{SPACE}loc") or "").removeprefix(BASE): url.findtext(f"{SPACE}lastmod")
        for url in ElementTree.fromstring(response.content)
    }
    shelf = shelf_of(app)
    guides = {f"/{locale}/services/{s.identifier}": s.reviewed.isoformat() for s in shelf.catalogue.services}
    assert guides.items() <= rows.items()
    assert {f"/{locale}/services/{variant.identifier}" for variant in shelf.local.variants} <= set(rows)
    assert {f"/{locale}/life-events/{package.id}" for package in shelf.packages} <= set(rows)
    wanted = {address(row, locale, {**PARTS, **OWN.get(row.name, {})}) for row in pages()}
    for path in sorted(wanted | set(list(rows)[:: max(1, len(rows) // 60)])):
        answer = await visitor.http.get(path, follow_redirects=False)
        is_page = answer.headers.get("content-type", "").startswith("text/html") and answer.status_code == 200
        indexed = is_page and f'<link rel="canonical" href="{BASE}{path.replace("&", "&amp;")}">' in answer.text
        assert (path in rows) == indexed, path


async def test_a_site_map_is_sent_packed_or_not_and_asked_for_again(app: Any) -> None:
    raw = Raw(app)
    packed = await raw.ask("GET", "/sitemap-ja.xml", headers=[("accept-encoding", "br, gzip")])
    plain = await raw.ask("GET", "/sitemap-ja.xml", headers=[("accept-encoding", "identity")])
    assert packed.one("content-encoding") == "gzip"
    assert packed.text == plain.body.decode()
    assert len(packed.body) * 8 < len(plain.body)
    again = await raw.ask("GET", "/sitemap-ja.xml", headers=[("if-none-match", packed.one("etag"))])
    assert (again.status, again.body) == (304, b"")
    assert "Accept-Encoding" in packed.one("vary")


async def test_more_addresses_than_a_file_may_hold_are_parted(app: Any) -> None:
    import gzip

    shelf = shelf_of(app)
    everything = list(sitemaps.entries(shelf))
    assert len({path for path, _ in everything}) == len(everything), "each address once"
    files = sitemaps.files(shelf, BASE, "th", most=1000)
    counts = [gzip.decompress(file).count(b"<url>") for file in files]
    assert counts[:-1] == [1000] * (len(files) - 1)
    assert sum(counts) == len(everything)
    index = gzip.decompress(sitemaps.index(shelf, BASE, most=1000)).decode()
    assert index.count("<sitemap>") == len(files) * len(LOCALES)
    assert f"{BASE}/sitemap-vi-{len(files)}.xml" in index
    assert sitemaps.MOST <= 50_000


async def test_what_belongs_to_a_person_is_not_looked_at(visitor: Visitor) -> None:
    text = (await visitor.http.get("/robots.txt")).text
    assert f"Sitemap: {BASE}/sitemap.xml" in text
    rules = Rules(text)
    for locale in LOCALES:
        for row in TABLE:
            path = address(row, locale, {**PARTS, **OWN.get(row.name, {})})
            public = row.access is Access.PUBLIC and row.method == "GET"
            if row.access is Access.SIGNED_IN or row.name in (
                "results", "status_systems", "report", "report_answer", "leaving", "session", "sign_in",
                "sign_in_needed", "verify_code", "verify_unprefixed",
            ):  # fmt: skip
                assert not rules.allow(path), path
            elif public and not row.name.startswith("sign"):
                assert rules.allow(path), path
        assert not rules.allow(f"/{locale}/services/results?q=x")
        assert not rules.allow(f"/{locale}/report?page=/help")
        assert rules.allow(f"/{locale}/services/results-of-tests"), "a guide that begins alike"
        assert rules.allow(f"/{locale}/services?category=tax")
    reader = RobotFileParser()
    reader.parse(text.splitlines())
    assert not reader.can_fetch("*", f"{BASE}/ko/applications")


class Rules:
    """robots.txt read after RFC 9309: ``*`` is anything, ``$`` the end, the longest rule counts."""

    def __init__(self, text: str) -> None:
        lines = (line.partition(": ") for line in text.splitlines())
        self.paths = [path for name, _, path in lines if name == "Disallow"]

    def allow(self, target: str) -> bool:
        return not any(re.match(self.pattern(path), target) for path in self.paths)

    @staticmethod
    def pattern(path: str) -> str:
        body = re.escape(path.removesuffix("$")).replace(r"\*", ".*")
        return body + ("$" if path.endswith("$") else "")


OPEN = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_browser_learns_how_to_search_here(visitor: Visitor, locale: Locale) -> None:
    home = await visitor.get(f"/{locale}/")
    root = html5lib.parse(home.text, namespaceHTMLElements=False)
    link = next(e for e in root.iter("link") if e.get("rel") == "search")
    assert link.get("type") == "application/opensearchdescription+xml"
    assert link.get("title")
    response = await visitor.http.get(link.get("href"))
    assert response.headers["content-type"].startswith("application/opensearchdescription+xml")
    described = ElementTree.fromstring(response.content)
    assert described.tag == f"{OPEN}OpenSearchDescription"
    name = described.findtext(f"{OPEN}ShortName") or ""
    assert 0 < len(name) <= 16
    assert 0 < len(described.findtext(f"{OPEN}Description") or "") <= 1024
    assert described.findtext(f"{OPEN}Language") == HTML_LANG[locale]
    template = next(u for u in described.iter(f"{OPEN}Url") if u.get("type") == "text/html").get("template") or ""
    found = await visitor.get(template.removeprefix(BASE).replace("{searchTerms}", "%EC%9D%B4%EC%82%AC"))
    assert found.status_code == 200
    assert 'value="이사"' in found.text
    icon = (described.findtext(f"{OPEN}Image") or "").removeprefix(BASE)
    assert icon == Assets().url("img/mark.svg")
    assert (Path(sitemaps.__file__).parent / "static/img/mark.svg").exists()
    assert (await visitor.http.get("/opensearch-fr.xml")).status_code == 404
