"""Bent bodies and headers at everything that takes a form: a page or a clear refusal."""

import json
from typing import Any

import pytest
from portal_kit import Visitor

from madang.web.routes import Row
from tests.web.hostile.addresses import ROWS, address
from tests.web.hostile.conftest import Person
from tests.web.hostile.raw import HOST, Raw, faults, language_of, rotating

pytestmark = pytest.mark.anyio
ENDING = {"sign_out", "kiosk_finish", "delete_draft", "withdraw", "revoke", "check", "again"}
"""What would leave the other tests without the person, or the things, that they share."""
POSTS = [row for row in ROWS if row.method == "POST" and row.name not in ("sign_out", "kiosk_finish")]
FORM, PART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
DRAFT = {"base": "", "purpose": "bank", "number": "7K3M", "reason": "x", "to": "/ko/", "new": "1"}


def part(name: str, value: bytes, more: str = "", kind: str = "") -> bytes:
    head = f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n' + (
        f"Content-Type: {kind}\r\n" if kind else ""
    )
    return head.encode("utf-8", "surrogatepass") + b"\r\n" + value + b"\r\n"


END = b"--b--\r\n"
BODIES: dict[str, tuple[str, bytes]] = {
    "empty": (FORM, b""),
    "no type": ("", b"number=7K3M"),
    "JSON": ("application/json", json.dumps(DRAFT).encode()),
    "JSON as form": (FORM, json.dumps(DRAFT).encode()),
    "form as multipart": (PART, b"number=7K3M&purpose=bank"),
    "text": ("text/plain", b"number=7K3M"),
    "XML": ("application/xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    "octets": ("application/octet-stream", bytes(range(256))),
    "type of rubbish": ("\xff\xfe;;;===", b"number=1"),
    "many semicolons": (FORM + ";" * 4000, b"number=1"),
    "UTF-16": (FORM + "; charset=utf-16", "number=７".encode("utf-16")),
    "not UTF-8": (FORM, b"number=%ff%fe&purpose=\xff\xfe&recipient=%c0%af"),
    "raw bytes": (FORM, bytes(range(256)) * 8),
    "NUL": (FORM, b"number=a%00b&purpose=a%00b&reason=%00&to=%00&base=%00&sw%00itch=vi"),
    "lone surrogate": (FORM, b"number=%ed%a0%80&purpose=%ed%a0%80&reason=%ed%a0%80&switch=%ed%a0%80"),
    "control": (FORM, b"number=%07%1b%08&purpose=%07&reason=%1b&base=%0d%0aX:1"),
    "broken percent": (FORM, b"number=%&purpose=%z&%=%&=&&&"),
    "repeated": (FORM, b"&".join([b"number=a&purpose=bank&purpose=school&base=x&reason=y"] * 50)),
    "thousands": (FORM, b"&".join(b"f%d=x" % i for i in range(9000))),
    "one long name": (FORM, b"a" * 60000 + b"=x"),
    "one long value": (FORM, b"number=" + b"9" * 60000),
    "long everywhere": (FORM, b"&".join(n + b"=" + b"x" * 9000 for n in (b"number", b"purpose", b"reason", b"to"))),
    "huge": (FORM, b"number=" + b"x" * 3_000_000),
    "language unknown": (FORM, b"switch=xx&purpose=bank"),
    "language of rubbish": (FORM, b"switch=../../evil&switch=//evil.example"),
    "elsewhere": (FORM, b"to=https://evil.example/&to=//evil.example"),
    "elsewhere 2": (FORM, b"to=/%5cevil.example"),
    "prototype": (FORM, b"__proto__=x&constructor=y&__class__.__init__=z&purpose[$ne]=1&purpose[]=bank"),
    "multipart without boundary": ("multipart/form-data", b"--b\r\n\r\n"),
    "multipart with an odd boundary": ("multipart/form-data; boundary=\xff\x00", b"--b\r\n\r\n"),
    "multipart broken off": (PART, part("number", b"x")[:-4]),
    "multipart headless": (PART, b"--b\r\n\r\nvalue\r\n" + END),
    "multipart nameless": (PART, b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n" + END),
    "multipart with a long header": (PART, b"--b\r\nX: " + b"y" * 20000 + b"\r\n\r\nx\r\n" + END),
    "multipart with many parts": (PART, b"".join(part(f"f{i}", b"x") for i in range(1500)) + END),
    "multipart with many files": (PART, b"".join(part("file", b"x", f'; filename="{i}"') for i in range(30)) + END),
    "file where text is": (PART, b"".join(part(n, b"x", '; filename="a"') for n in (*DRAFT, "switch")) + END),
    "text where a file is": (PART, part("file", b"%PDF-") + part("card-upload", b"x") + END),
    "file without a name": (PART, part("file", b"%PDF-1.7", '; filename=""') + END),
    "file name of rubbish": (PART, part("file", b"%PDF-1.7", '; filename="../../\x00\udcff\u202e.pdf"') + END),
    "not a PDF": (PART, part("file", b"MZ" * 50, '; filename="a.pdf"', "application/pdf") + END),
    "hardly a PDF": (PART, part("file", b"%PDF-" + b"\xff" * 500, '; filename="a.pdf"', "application/pdf") + END),
    "PDF of loops": (
        PART,
        part("file", b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>endobj\nxref\n0 1\n"
             b"trailer<</Root 1 0 R/Prev 0/Size 99999999>>startxref\n0\n%%EOF", '; filename="a.pdf"') + END,
    ),
    "not compressed": (FORM, b"number=1"),
}  # fmt: skip
HEADERS: dict[str, list[tuple[str | bytes, str | bytes]]] = {
    "languages of rubbish": [("accept-language", ",;q=;q=x,*;q=9," * 300)],
    "languages of bytes": [("accept-language", bytes(range(128, 256)))],
    "language long": [("accept-language", "ko-" + "x" * 9000)],
    "cookie of rubbish": [("cookie", b'\xff\xfe=;;;==; __Host-madang=\xff\xfe; a="b')],
    "cookie empty": [("cookie", "__Host-madang=; __Host-madang-signin=")],
    "cookie unknown": [("cookie", "__Host-madang=" + "A" * 43)],
    "cookie too long": [("cookie", "__Host-madang=" + "A" * 20000)],
    "cookie traversal": [("cookie", "__Host-madang=../../../etc/passwd")],
    "cookie quoted": [("cookie", '__Host-madang="%00\\"; __Host-madang-signin="\'<script>"')],
    "cookies many": [("cookie", "; ".join(f"c{i}=x" for i in range(900)))],
    "cookies repeated": [("cookie", "__Host-madang=a"), ("cookie", "__Host-madang=b")],
    "range": [("range", "bytes=0-10,5-3,-99999999999999999999")],
    "range of rubbish": [("range", "bytes=" + "0-1," * 2000)],
    "if-none-match": [("if-none-match", '"' * 5000), ("if-modified-since", "yesterday")],
    "if-none-match any": [("if-none-match", "*"), ("if-match", "*"), ("if-range", "x")],
    "encodings": [("accept-encoding", "br;q=x,gzip;q=-1,*;q=0," * 500)],
    "forwarded": [("x-forwarded-for", "::1, a, 999.9.9.9, <script>"), ("forwarded", "for=unknown;host=evil.example")],
    "forwarded host": [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "gopher"),
        ("x-original-url", "/en/"),
    ],
    "method override": [("x-http-method-override", "DELETE"), ("x-method-override", "PUT")],
    "htmx": [("hx-request", "true"), ("hx-current-url", "javascript:alert(1)"), ("hx-target", "<x>")],
    "accept": [("accept", "application/x-none;q=0, \xff")],
    "authorization": [("authorization", "Bearer \xff.\xff.\xff")],
    "expect": [("expect", "200-maybe")],
    "referer": [("referer", "https://[::1"), ("origin", "null")],
    "referer ours": [("referer", f"https://{HOST}//evil.example/\\..")],
    "content-length twice": [("content-length", "0"), ("content-length", "0")],
    "encoded body": [("content-encoding", "gzip")],
    "log lines": [("user-agent", "x\x1b[31m\x07"), ("x-request-id", "a\tb")],
    "early data": [("early-data", "1"), ("upgrade", "h2c"), ("connection", "upgrade")],
}


@pytest.mark.parametrize("row", POSTS, ids=[row.name for row in POSTS])
async def test_bent_bodies(row: Row, app: Any, person: Person) -> None:
    """Each route gets a third of the kinds, each kind a third of the routes; ``full`` tries all at all."""
    await bend(row, app, person, slice(POSTS.index(row) % 3, None, 3))


@pytest.mark.full
@pytest.mark.parametrize("row", POSTS, ids=[row.name for row in POSTS])
async def test_every_bent_body(row: Row, app: Any, person: Person) -> None:
    await bend(row, app, person, slice(None))


async def bend(row: Row, app: Any, person: Person, some: slice) -> None:
    found: list[str] = []
    for index, (kind, (type_, body)) in list(enumerate(BODIES.items()))[some]:
        locale = rotating(index)
        target = address(row, locale, person.parts)
        if kind == "empty" and row.name in ("check", "delete_draft", "withdraw", "revoke", "again"):
            continue  # that is how their button is pressed
        for who in (Raw(app), Raw(app, person.cookie)):
            if who.cookie and row.name in ("check", "delete_draft", "withdraw", "revoke", "again"):
                target = address(row, locale, {**person.parts, "draft": "a" * 26, "number": "9", "application": "9"})
            headers = [("content-type", type_.encode("latin-1"))] if type_ else []
            answer = await who.ask("POST", target, headers=headers, body=body, chunks=1 + index % 3)
            found += [f"{kind}: {fault}" for fault in faults(answer, language_of(target) if answer.is_page else None)]
            unannounced = await who.ask("POST", target, headers=headers, body=body[:9000], announced=False, chunks=4)
            found += [f"{kind}, unannounced: {fault}" for fault in faults(unannounced)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", HEADERS)
async def test_bent_headers(kind: str, app: Any, person: Person) -> None:
    """Every page and every form, under headers that no browser sends."""
    found: list[str] = []
    personal = kind.startswith("cookie")
    for index, row in enumerate(ROWS):
        if row.name in ENDING and row.method == "POST":
            continue
        target = address(row, rotating(index), person.parts)
        for who in (Raw(app),) if personal else (Raw(app), Raw(app, person.cookie)):
            body = b"number=7K3M&base=&purpose=" if row.method == "POST" else b""
            headers = [*HEADERS[kind], ("content-type", FORM)] if body else HEADERS[kind]
            answer = await who.ask(row.method, target, headers=headers, body=body)
            found += [f"{kind}: {fault}" for fault in faults(answer, language_of(target) if answer.is_page else None)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "host",
    [None, "", "evil.example", f"{HOST}.evil.example", f"evil.example/{HOST}", f"{HOST}:99999", f"{HOST}@evil.example",
     f"{HOST}, evil.example", "\xff", "x" * 5000, f"{HOST}\t", "[::1]", f"{HOST}#"],
)  # fmt: skip
async def test_other_hosts_are_refused(stranger: Raw, host: str | None) -> None:
    for method, target in (("GET", "/ko/"), ("GET", "/vi/services/alien-registration"), ("POST", "/th/verify")):
        answer = await stranger.ask(method, target, host=host)
        assert answer.status in (400, 421)
        assert not faults(answer, language_of(target))
        assert "evil" not in answer.text


async def test_two_hosts_are_refused(stranger: Raw) -> None:
    answer = await stranger.ask("GET", "/ja/", headers=[("host", HOST)])
    assert answer.status == 400
    assert not faults(answer, "ja")


@pytest.mark.parametrize("row", POSTS, ids=[row.name for row in POSTS])
async def test_other_sites_can_change_nothing(row: Row, app: Any, person: Person) -> None:
    """Whatever another site can make a browser send is refused before the view is reached."""
    target = address(row, "th", person.parts)
    tries: list[list[tuple[str | bytes, str | bytes]]] = [
        [("sec-fetch-site", "cross-site")],
        [("sec-fetch-site", "same-site")],
        [("sec-fetch-site", "none")],
        [("sec-fetch-site", "cross-site"), ("origin", f"https://{HOST}")],
        [("sec-fetch-site", ""), ("origin", "https://evil.example")],
        [("origin", "null")],
        [("origin", f"http://{HOST}")],
        [("origin", f"https://{HOST}.evil.example")],
        [("origin", f"https://{HOST}:444")],
        [("referer", f"https://{HOST}/th/")],
        [],
    ]
    for headers in tries:
        answer = await Raw(app, person.cookie).ask("POST", target, headers=headers, body=b"number=1", ours=False)
        assert answer.status == 403, headers
        assert not faults(answer, "th")
        assert not answer.all("set-cookie")


async def test_our_own_pages_can(app: Any, person: Person) -> None:
    for headers in ([("sec-fetch-site", "same-origin")], [("origin", f"https://{HOST}")]):
        answer = await Raw(app, person.cookie).ask("POST", "/th/session", headers=headers, ours=False)
        assert answer.status == 303


async def test_a_body_that_is_too_large_is_told_so(stranger: Raw) -> None:
    file = part("file", b"x" * 30_000_000, '; filename="a.pdf"')
    for target, body, kind in (("/ko/verify", b"x=" + b"x" * 3_000_000, FORM), ("/vi/verify/file", file, PART)):
        for announced in (True, False):
            headers = [("content-type", kind)]
            answer = await stranger.ask("POST", target, headers=headers, body=body, announced=announced, chunks=40)
            assert answer.status == 413
            assert not faults(answer, language_of(target))


async def test_what_was_typed_survives_bad_input(app: Any) -> None:
    """After everything above a draft still holds what was saved in it."""
    visitor = Visitor(app)
    await visitor.sign_in("takasaki-rin", "/ja/")
    path = (await visitor.post("/ja/apply/alien-registration", {"new": "1"})).url.path
    hidden = next(fields for _, fields in visitor.forms() if "base" in fields)
    await visitor.post(path, {**hidden, "purpose": "visa"})
    raw = Raw(app, "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items()))
    for kind, (type_, body) in BODIES.items():
        answer = await raw.ask("POST", path, headers=[("content-type", type_.encode("latin-1"))], body=body)
        assert not faults(answer), kind
        if b"purpose=bank" not in body:
            assert 'value="visa" checked' in (await visitor.get(path)).text, kind
