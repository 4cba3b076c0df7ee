"""Walks through a site from one address: its own pages only, each once, as many as wanted."""

from collections import deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

from madang.accessibility.audit.scenes import Scene
from madang.accessibility.findings import Browser, PageResult, PageState

NO_PAGES = (
    ".pdf", ".zip", ".gz", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".css", ".js", ".json", ".xml",
    ".atom",     ".ics", ".mp3", ".mp4", ".webm", ".woff", ".woff2", ".hwp", ".hwpx", ".doc", ".docx", ".xls", ".xlsx",
)  # fmt: skip
ACTS = ("logout", "sign-out", "signout", "log-out")
"""Words of addresses that do something when they are read."""


class Crawl:
    """Gives a scene for each page and, once that page could be read, for its other widths and browsers; ``seen`` tells
    it of a result. May go on after it ended."""

    def __init__(
        self,
        start: str,
        *,
        pages: int,
        widths: tuple[int, ...] = (1280, 320),
        browsers: tuple[Browser, ...] = ("chromium",),
        locale: str = "",
    ) -> None:
        self._pages, self._locale = pages, locale
        self._others = [(browser, width) for browser in browsers for width in widths][1:]
        self._first = browsers[0], widths[0]
        self._origins = {_origin(start)}
        self._known: set[str] = set()
        self._waiting: deque[Scene] = deque()
        self._read: set[str] = set()
        self.chosen = self.unread = 0
        self.add((start,))

    @property
    def total(self) -> int:
        """Looks that are decided on until now."""
        return self.chosen + (self.chosen - self.unread) * len(self._others)

    def seen(self, scene: Scene, result: PageResult, links: tuple[str, ...]) -> None:
        url = scene.state.url
        if not self._read:  # the first address may have led to another site: that one is meant
            self._origins.add(_origin(result.state.url))
            self._known.add(urldefrag(result.state.url).url)
        if url not in self._read:
            self._read.add(url)
            if result.problems and not result.passed:
                self.unread += 1
            else:
                self._waiting.extend(self._scene(url, *other) for other in self._others)
        self.add(links)

    def add(self, links: tuple[str, ...]) -> None:
        for link in links:
            url = urldefrag(link).url
            if url in self._known or _origin(url) not in self._origins or self.chosen >= self._pages:
                continue
            path = urlsplit(url).path.lower()
            if path.endswith(NO_PAGES) or any(word in path for word in ACTS):
                continue
            self._known.add(url)
            self.chosen += 1
            self._waiting.append(self._scene(url, *self._first))

    def _scene(self, url: str, browser: Browser, width: int) -> Scene:
        return Scene(PageState(urlsplit(url).path or "/", self._locale, url, width, browser=browser))

    def __iter__(self) -> Iterator[Scene]:
        return self

    def __next__(self) -> Scene:
        if not self._waiting:
            raise StopIteration
        return self._waiting.popleft()


def _origin(url: str) -> str:
    """Scheme and host; empty for what is no page on the web."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
