"""Walks through a site from one address: its own pages only, each once, as many as wanted."""

from collections import deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

from madang.accessibility.audit.scenes import Scene
from madang.accessibility.findings import Browser, PageState

NO_PAGES = (
    ".pdf", ".zip", ".gz", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".css", ".js", ".json", ".xml",
    ".atom",     ".ics", ".mp3", ".mp4", ".webm", ".woff", ".woff2", ".hwp", ".hwpx", ".doc", ".docx", ".xls", ".xlsx",
)  # fmt: skip
PATIENT = ("logout", "sign-out", "signout", "log-out")
"""Words of addresses that do something when they are read."""


class Crawl:
    """Gives a scene for each page, width and browser; ``add`` tells it of links. May go on after it ended."""

    def __init__(
        self,
        start: str,
        *,
        pages: int,
        widths: tuple[int, ...] = (1280, 320),
        browsers: tuple[Browser, ...] = ("chromium",),
        locale: str = "",
    ) -> None:
        self._pages, self._widths, self._browsers, self._locale = pages, widths, browsers, locale
        self._origins = {_origin(start)}
        self._known: set[str] = set()
        self._waiting: deque[Scene] = deque()
        self.chosen = 0
        self.add((start,))

    @property
    def total(self) -> int:
        """Looks that are decided on until now."""
        return self.chosen * len(self._widths) * len(self._browsers)

    def moved(self, url: str) -> None:
        """The first address led to another site: that one is meant."""
        self._origins.add(_origin(url))
        self._known.add(urldefrag(url).url)

    def add(self, links: tuple[str, ...]) -> None:
        for link in links:
            url = urldefrag(link).url
            path = urlsplit(url).path.lower()
            if url in self._known or _origin(url) not in self._origins or self.chosen >= self._pages:
                continue
            if path.endswith(NO_PAGES) or any(word in path for word in PATIENT):
                continue
            self._known.add(url)
            self.chosen += 1
            for browser in self._browsers:
                for width in self._widths:
                    state = PageState(urlsplit(url).path or "/", self._locale, url, width, browser=browser)
                    self._waiting.append(Scene(state))

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
