"""Style sheets, inlined by bundle, and static files under names that hold their content's hash."""

import base64
import gzip
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import brotli  # type: ignore[import-untyped]  # ships no types
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

STATIC: Final = Path(__file__).parent / "static"
PREFIX: Final = "/static/"

_EVERY: Final = ("header", "menu", "footer", "button", "dialog", "note")
_FORM: Final = ("task", "field", "list", "summary", "fold", "places", "tag", "empty", "help")
_READ: Final = ("fold", "table", "places", "help", "empty", "pagination")
BUNDLES: Final[dict[str, tuple[str, ...]]] = {
    "home": (*_EVERY, "hero", "search", "chips", "card", "life", "list", "help"),
    "public": (*_EVERY, "hero", "search", "chips", "card", "facts", "steps", "crumbs", "easy", *_READ),
    "gateway": (*_EVERY, "search", "chips", "card", "life", "results", "steps", "crumbs", "index", "easy", *_READ),
    "offices": (*_EVERY, "card", "chips", "crumbs", "index", "results", *_READ, "task", "field", "office"),
    "task": (*_EVERY, *_FORM),
    "record": (*_EVERY, *_FORM, "crumbs", "timeline", "doc", "panel", "certificate", "table", "pagination", "notices"),
}
"""Bundle -> components, in the order in which they are written."""
BUNDLES["looks"] = (*_EVERY, *_FORM, "looks")
BUNDLES["statement"] = (*_EVERY, "crumbs", *_READ, "task", "field")
BUNDLES["support"] = (*_EVERY, *_FORM, "steps", "panel", "support", "support_banner")
BUNDLES["desk"] = (*_EVERY, *_FORM, "chips", "crumbs", "table", "desk")
BUNDLES["styleguide"] = tuple(dict.fromkeys(name for names in BUNDLES.values() for name in names))

_MEDIA: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
    ".txt": "text/plain; charset=utf-8",
}
"""What is served. A file of another kind (a licence, a note) stays in the repository."""
_COMPRESSIBLE: Final = frozenset({".css", ".js", ".svg", ".txt"})
_IMMUTABLE: Final = b"public, max-age=31536000, immutable"
_TOKENS: Final = re.compile(r"""("[^"\n]*"|'[^'\n]*')|/\*.*?\*/|\s+""", re.DOTALL)
_JS_COMMENTS: Final = re.compile(r"^\s*/\*[\s\S]*?\*/[ \t]*\n|^\s+|[ \t]+// .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A style sheet to stand in ``<style>`` exactly as it is; ``csp_hash`` is the style-src source that admits it."""

    css: str
    csp_hash: str


@dataclass(frozen=True, slots=True)
class _File:
    media: bytes
    etag: bytes
    integrity: str
    url: str
    encodings: dict[bytes, bytes]
    """Content-Encoding (b"" for none) -> body."""


def minify(css: str) -> str:
    """Drops comments and the white space that means nothing. Strings stay as they are, and so do spaces in selectors
    and around ``+`` and ``-``, which mean something in calc()."""
    text = _TOKENS.sub(lambda match: match[1] or ("" if match[0].startswith("/*") else " "), css)
    parts = re.split(r"""("[^"\n]*"|'[^'\n]*')""", text)
    parts[::2] = [
        re.sub(r"\s*([{};,>])\s*|(:) ", lambda m: m[1] or m[2], part).replace(";}", "}") for part in parts[::2]
    ]
    return "".join(parts).strip()


def shorten(js: str) -> str:
    """Drops comments and indentation of a script as we write them: a comment in a block begins its line, one behind
    code has white space on both sides. Raises ValueError for what could be a text and no comment, and for template
    literals, whose white space would mean something."""
    comments = [line.partition(" // ")[0] for line in js.splitlines() if " // " in line]
    if "`" in js or any(code.count(quote) % 2 for code in comments for quote in "\"'"):
        raise ValueError("a script that cannot be shortened line by line")
    return _JS_COMMENTS.sub("", js)


_CONDITIONS: Final = re.compile(r"@media[^{]+")
_LENGTH: Final = re.compile(r"(\d*\.?\d+)(r?em)\b")

ALONE: Final = {"support_banner": "components/support_banner.css", "preferences": "preferences.css"}
"""Sheets that some pages carry by themselves, beside their bundle, and where they are."""
_WITH: Final = {"preferences": ("aloud.css", "kiosk.css")}
"""What is carried in the same sheet."""


def _read_bundle(names: Iterable[str]) -> Bundle:
    folder = STATIC / "css"
    components = [folder / "components" / f"{name}.css" for name in names]
    return _sheet([folder / "tokens.css", folder / "base.css", *components, folder / "print.css"])


def _sheet(paths: Iterable[Path]) -> Bundle:
    return _admitted(minify("\n".join(path.read_text(encoding="utf-8") for path in paths)))


def _admitted(css: str) -> Bundle:
    if "</" in css:
        raise ValueError("a style sheet that closes its element cannot be inlined")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return Bundle(css, f"'sha256-{digest}'")


def _read_file(path: Path) -> _File:
    body = path.read_bytes()
    if path.suffix == ".js" and "vendor" not in path.parts:
        body = shorten(body.decode()).encode()
    return _packed(path.relative_to(STATIC), body)


def _packed(path: Path, body: bytes) -> _File:
    """A file to be served at ``path``, its digest in its name."""
    digest = hashlib.sha384(body).digest()
    encodings = {b"": body}
    if path.suffix in _COMPRESSIBLE:
        for name, packed in ((b"br", brotli.compress(body)), (b"gzip", gzip.compress(body, 9, mtime=0))):
            if len(packed) < len(body):
                encodings[name] = packed
    short = digest.hex()[:16]
    where = path.with_suffix(f".{short}{path.suffix}").as_posix()
    return _File(
        media=_MEDIA[path.suffix].encode(),
        etag=f'"{short}"'.encode(),
        integrity=f"sha384-{base64.b64encode(digest).decode()}",
        url=PREFIX + where,
        encodings=encodings,
    )


def for_text(css: str, percent: int) -> str:
    """A sheet whose layouts come at windows wider, or higher, by as much as the text is larger: an ``em`` of a media
    query is the browser's own, whatever the page's text has become."""

    def widened(condition: re.Match[str]) -> str:
        return _LENGTH.sub(lambda length: f"{float(length[1]) * percent / 100:g}{length[2]}", condition[0])

    return _CONDITIONS.sub(widened, css)


class Assets:
    """All style sheets and static files, read and compressed once (about 0.1 s)."""

    def __init__(self) -> None:
        self._bundles = {name: _read_bundle(names) for name, names in BUNDLES.items()}
        self._bundles |= {
            name: _sheet(STATIC / "css" / each for each in (path, *_WITH.get(name, ()))) for name, path in ALONE.items()
        }
        self._sized: dict[tuple[str, str], Bundle] = {}
        paths = sorted(path for path in STATIC.rglob("*") if path.is_file() and path.suffix in _MEDIA)
        self._files = {path.relative_to(STATIC).as_posix(): _read_file(path) for path in paths if path.suffix != ".css"}
        twin = minify((STATIC / "css/twin.css").read_text(encoding="utf-8"))
        self._frames = {
            name: _packed(Path(f"css/frame-{name}.css"), (self._bundles[name].css + twin).encode()) for name in BUNDLES
        }
        self._frames["preferences"] = _packed(Path("css/preferences.css"), self._bundles["preferences"].css.encode())
        self.by_url = {file.url: file for file in (*self._files.values(), *self._frames.values())}

    def bundle(self, name: str, size: str = "100") -> Bundle:
        """The style sheet ``name`` of BUNDLES or ALONE, for text of ``size`` per cent. Raises KeyError for another."""
        if size == "100":
            return self._bundles[name]
        found = self._sized.get((name, size))
        if found is None:
            found = self._sized[name, size] = _admitted(for_text(self._bundles[name].css, int(size)))
        return found

    def url(self, path: str) -> str:
        """The address of static file ``path`` ("js/madang.js"). Raises KeyError where there is none."""
        return self._files[path].url

    def frame_style(self, bundle: str) -> str:
        """The address of a bundle for the frame in which an agent sees a page of it."""
        return self._frames[bundle].url

    def integrity(self, path: str) -> str:
        """The Subresource Integrity value of static file ``path``."""
        return self._files[path].integrity


class Static:
    """ASGI app under PREFIX, for the addresses of ``Assets`` alone: no path asked for ever reaches the file system."""

    def __init__(self, assets: Assets) -> None:
        self._by_url = assets.by_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError("static files are served over HTTP only")
        file = self._by_url.get(scope["path"])
        if scope["method"] not in ("GET", "HEAD"):
            await _answer(send, 405, [(b"allow", b"GET, HEAD")], b"")
            return
        if file is None:
            await _answer(send, 404, [(b"cache-control", b"no-store")], b"")
            return
        headers = Headers(scope=scope)
        encoding = _accepted(headers.get("accept-encoding", ""), file.encodings)
        etag = file.etag if not encoding else file.etag[:-1] + b"-" + encoding + b'"'
        common = [(b"etag", etag), (b"cache-control", _IMMUTABLE), (b"vary", b"Accept-Encoding")]
        asked = {tag.strip().removeprefix("W/") for tag in headers.get("if-none-match", "").split(",")}
        if etag.decode() in asked or "*" in asked:
            await _answer(send, 304, common, None)
            return
        body = file.encodings[encoding]
        common += [(b"content-type", file.media), (b"content-length", str(len(body)).encode())]
        if encoding:
            common.append((b"content-encoding", encoding))
        await _answer(send, 200, common, b"" if scope["method"] == "HEAD" else body)


def _accepted(header: str, encodings: dict[bytes, bytes]) -> bytes:
    """The best of our encodings that an Accept-Encoding header allows; b"" for none. ``q=0`` refuses."""
    allowed = set()
    for part in header.lower().split(","):
        name, _, weight = part.strip().partition(";")
        if not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight):
            allowed.add(name.strip().encode())
    return next((name for name in (b"br", b"gzip") if name in encodings and name in allowed), b"")


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes | None) -> None:
    if body is not None and not any(name == b"content-length" for name, _ in headers):
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body or b""})
