"""From home to any of the fifteen services in three presses at most, in every language, by more ways than one.

Counted from the links of the pages as they are: following a link is one press, opening what is folded is another.
"""

import re
import urllib.request
from collections import defaultdict
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from portal_server import Server

from madang.backend.config import CATALOGUE
from madang.i18n.locales import LOCALES

OWN = frozenset(path.stem.split("@")[0] for path in (CATALOGUE / "forms").glob("*.yaml"))
MOST = 3
WAYS = {
    "most used": r"/",
    "A to Z": r"/services/a-z",
    "category": r"/services\?category=[a-z]+",
    "life event": r"/life-events/[a-z-]+",
    "for you": r"/for-you/[a-z-]+",
}
"""The page on which the link to a service stands."""
ON_THE_WAY = re.compile(rf"/|/services|/site-map|/life-events|/for-you|{'|'.join(WAYS.values())}")


class Links(HTMLParser):
    """Address -> presses that it takes from this page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.folded = 0
        self.found: dict[str, int] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "details" and "open" not in given:
            self.folded += 1
        elif tag == "a" and given.get("href"):
            cost = 1 + self.folded
            href = str(given["href"])
            self.found[href] = min(cost, self.found.get(href, cost))

    def handle_endtag(self, tag: str) -> None:
        if tag == "details" and self.folded:
            self.folded -= 1


def presses(server: Server, locale: str) -> dict[str, dict[str, int]]:
    """Service -> way -> presses from home, where these are at most ``MOST``."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    seen: dict[str, int] = {}
    waiting = {f"/{locale}/": 0}
    while waiting:
        path, cost = min(waiting.items(), key=lambda item: item[1])
        del waiting[path]
        seen[path] = cost
        way = next((w for w, pattern in WAYS.items() if re.fullmatch(pattern, path.removeprefix(f"/{locale}"))), None)
        with urllib.request.urlopen(server.base + path, timeout=20) as answer:
            links = Links(answer.read().decode()).found
        for href, more in links.items():
            url = urlsplit(urljoin(path, href))
            target = url.path + (f"?{url.query}" if url.query else "")
            total = cost + more
            if total > MOST or not target.startswith(f"/{locale}/"):
                continue
            service = url.path.removeprefix(f"/{locale}/services/")
            if service in OWN and way:
                found[service][way] = min(total, found[service].get(way, total))
            elif total < MOST and target not in seen and ON_THE_WAY.fullmatch(target.removeprefix(f"/{locale}")):
                waiting[target] = min(total, waiting.get(target, total))
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_three_presses_at_most(server: Server, locale: str) -> None:
    found = presses(server, locale)
    assert len(OWN) == 15
    assert set(found) == OWN
    for service, ways in found.items():
        assert {"A to Z", "category"} <= set(ways), (service, ways)
        assert set(ways) & {"most used", "life event", "for you"}, (service, ways)


def test_what_is_folded_takes_one_press_more() -> None:
    page = '<a href="/a"></a><details><a href="/b"></a><details open><a href="/c"></a></details></details><a href="/d">'
    page += '<details><details><a href="/e"></a></details></details><details></details><a href="/b">'
    assert Links(page).found == {"/a": 1, "/b": 1, "/c": 2, "/d": 1, "/e": 3}
