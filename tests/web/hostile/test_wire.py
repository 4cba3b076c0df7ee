"""Bent requests on the wire, at the portal as ``make run`` starts it: what never reaches the application, too."""

import socket
from collections.abc import Iterator

import pytest
from portal_server import Server

from madang.i18n.locales import LOCALES
from tests.web.hostile.raw import ONCE


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("wire") / "var")
    made.wait()
    yield made
    made.stop()


def said(server: Server, request: bytes) -> bytes:
    """Everything that is answered to these bytes until the server closes, or two seconds have been silent."""
    host, _, port = server.base.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), 10) as connection:
        connection.settimeout(2)
        answer = b""
        try:
            connection.sendall(request)
            while piece := connection.recv(65536):
                answer += piece
        except (TimeoutError, ConnectionError):
            pass
        return answer


def head_of(server: Server, more: str = "") -> str:
    return f"Host: {server.base.removeprefix('http://')}\r\nConnection: close\r\n{more}\r\n"


BENT = {
    "no HTTP": b"hello\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 50 + b"\r\n\r\n",
    "NUL in the path": b"GET /ko/\x00 HTTP/1.1\r\n{head}",
    "bytes in the path": b"GET /ko/\xff\xfe HTTP/1.1\r\n{head}",
    "space in the path": b"GET /ko/ a HTTP/1.1\r\n{head}",
    "no slash": b"GET ko HTTP/1.1\r\n{head}",
    "absolute": b"GET http://evil.example/ko/ HTTP/1.1\r\n{head}",
    "authority": b"CONNECT evil.example:443 HTTP/1.1\r\n{head}",
    "asterisk": b"OPTIONS * HTTP/1.1\r\n{head}",
    "HTTP/9": b"GET /ko/ HTTP/9.9\r\n{head}",
    "HTTP/1.0 without Host": b"GET /ko/ HTTP/1.0\r\n\r\n",
    "folded header": b"GET /ko/ HTTP/1.1\r\nX: a\r\n b\r\n{head}",
    "nameless header": b"GET /ko/ HTTP/1.1\r\n: a\r\n{head}",
    "space before the colon": b"GET /ko/ HTTP/1.1\r\nX : a\r\n{head}",
    "length of rubbish": b"POST /ko/verify HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\nContent-Length: x\r\n{head}",
    "negative length": b"POST /ko/verify HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\nContent-Length: -1\r\n{head}",
    "length of a plus": b"POST /ko/verify HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\nContent-Length: +5\r\n{head}hello",
    "two lengths": b"POST /ko/verify HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Length: 5\r\nContent-Length: 6\r\n{head}hello",
    "huge length": b"POST /ko/verify HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\nContent-Length: "
    + b"9" * 30
    + b"\r\n{head}",
    "length and chunks": b"POST /ko/verify HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n{head}0\r\n\r\n",
    "chunks of rubbish": b"POST /ko/verify HTTP/1.1\r\nSec-Fetch-Site: same-origin\r\n"
    b"Transfer-Encoding: chunked\r\n{head}zz\r\nhello\r\n0\r\n\r\n",
    "unknown transfer encoding": b"POST /ko/verify HTTP/1.1\r\nTransfer-Encoding: gzip, identity\r\n{head}hello",
    "long line": b"GET /ko/?q=" + b"x" * 200_000 + b" HTTP/1.1\r\n{head}",
    "long header": b"GET /ko/ HTTP/1.1\r\nX: " + b"y" * 200_000 + b"\r\n{head}",
    "upgrade": b"GET /ko/ HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n{head}",
    "h2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}


@pytest.mark.parametrize("kind", BENT)
def test_bent_requests(server: Server, kind: str) -> None:
    """A refusal or a page, never a failure; and the next person is served."""
    answer = said(server, BENT[kind].replace(b"{head}", head_of(server).encode()))
    status = answer.split(b" ")[1] if answer.startswith(b"HTTP/1.") else b""
    assert status < b"500", answer[:300]
    assert b"Traceback" not in answer
    assert said(server, f"GET /ko/ HTTP/1.1\r\n{head_of(server)}".encode()).startswith(b"HTTP/1.1 200")


def test_head_has_no_body(server: Server) -> None:
    for path in (
        *(f"/{locale}/" for locale in LOCALES),
        "/en/services?q=x",
        "/en/nothing",
        "/livez",
        "/en/verify?number=1",
    ):
        for _ in range(2):  # made, then from the cache
            headed = said(server, f"HEAD {path} HTTP/1.1\r\n{head_of(server)}".encode())
            got = said(server, f"GET {path} HTTP/1.1\r\n{head_of(server)}".encode())
            assert headed.endswith(b"\r\n\r\n")
            assert headed.count(b"\r\n\r\n") == 1, path
            assert headed.split(b"\r\n")[0] == got.split(b"\r\n")[0]


def test_every_answer_is_guarded(server: Server) -> None:
    """Page, cached page, 304, static file, redirect, refusals: the same headers."""
    etag = (
        said(server, f"GET /ko/ HTTP/1.1\r\n{head_of(server)}".encode()).lower().split(b"etag: ")[1].split(b"\r\n")[0]
    )
    requests = [
        f"GET /ko/ HTTP/1.1\r\n{head_of(server)}",
        f"GET /ko/ HTTP/1.1\r\n{head_of(server, f'If-None-Match: {etag.decode()}' + chr(13) + chr(10))}",
        f"GET / HTTP/1.1\r\n{head_of(server)}",
        f"GET /ko/nothing HTTP/1.1\r\n{head_of(server)}",
        f"POST /ko/verify HTTP/1.1\r\n{head_of(server)}",
        f"PUT /ko/ HTTP/1.1\r\n{head_of(server, 'Sec-Fetch-Site: same-origin' + chr(13) + chr(10))}",
        "GET /ko/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
        f"GET /static/nothing.js HTTP/1.1\r\n{head_of(server)}",
        f"GET /livez HTTP/1.1\r\n{head_of(server)}",
    ]
    statuses = set()
    for request in requests:
        head = said(server, request.encode()).split(b"\r\n\r\n")[0].decode("latin-1").lower()
        statuses.add(head.split(" ")[1])
        for name in ONCE:
            if name != "strict-transport-security":  # this portal has no TLS in front of it
                assert head.count(f"\r\n{name}:") == 1, (request, name, head)
        assert "\r\nserver:" not in head
    assert {"200", "304", "302", "404", "403", "405", "421"} <= statuses


def test_the_log_tells_nothing_of_people(server: Server) -> None:
    said(server, f"GET /ko/verify?number=SECRETNUMBER HTTP/1.1\r\n{head_of(server)}".encode())
    said(server, f"GET /ko/documents/SECRETNUMBER HTTP/1.1\r\n{head_of(server)}".encode())
    with open(server.log.name, encoding="utf-8") as log:
        assert "SECRETNUMBER" not in log.read()
