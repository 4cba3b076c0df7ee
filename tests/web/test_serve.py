"""The server itself: heads that are slow, large or ambiguous; workers and parents that are killed."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from ports import free_port

from madang.web.protocol import LARGEST_HEAD
from madang.web.serve import bind
from madang.web.settings import SettingsError

ROOT = Path(__file__).parents[2]


@contextlib.contextmanager
def tiny(workers: int, *more: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    port = free_port()
    command = [sys.executable, "-m", "tests.web.tiny_server", str(port), str(workers), *more]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield port, process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(25)
        process.kill()
        assert process.stdout
        process.stdout.close()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with tiny(1) as (port, process):
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield port


def ask(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """Everything that the server sends until it closes, or until it has been silent for three seconds."""
    with socket.create_connection(("127.0.0.1", port), timeout=3) as connection:
        received = b""
        with contextlib.suppress(OSError):
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
        with contextlib.suppress(TimeoutError, ConnectionResetError):
            while data := connection.recv(65536):
                received += data
            return received + b"<closed>"
        return received + b"<open>"


GET = b"GET /a HTTP/1.1\r\nHost: x\r\n"
CLOSE = b"Connection: close\r\n\r\n"


def test_an_ordinary_request(port: int) -> None:
    assert b" 0 '/a'<closed>" in ask(port, GET + CLOSE)
    assert b" 5 '/a'<closed>" in ask(port, b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n" + CLOSE, b"12345")


CACHED = b"GET /cached HTTP/1.1\r\nHost: x\r\n"


def test_answers_at_once_stand_in_line(port: int) -> None:
    """Several requests in one packet, some answered from the cache and some by a task: all in their order, and the
    connection is as alive afterwards as it was."""
    answer = ask(port, CACHED + b"\r\n" + GET + b"\r\n" + CACHED + b"\r\n" + CACHED + b"\r\n" + GET + CLOSE)
    bodies = [part.partition(b"\r\n\r\n")[2] for part in answer.split(b"HTTP/1.1 200 OK\r\n")[1:]]
    # Behind one that is still being answered, the next ones wait and take the usual way.
    assert [body.split()[-1].removesuffix(b"<closed>") for body in bodies] == [
        b"kept", b"'/a'", b"'/cached'", b"'/cached'", b"'/a'",
    ]  # fmt: skip
    assert answer.endswith(b"<closed>")
    again = ask(port, CACHED + b"\r\n", GET + b"\r\n", CACHED + CLOSE, pause=0.2)
    assert again.count(b"HTTP/1.1 200 OK") == 3
    assert again.endswith(b"'/cached'<closed>")  # who asks to close takes the usual way


@pytest.mark.parametrize(
    ("request_bytes", "short"),
    [
        (CACHED + b"\r\n", True),
        (CACHED.replace(b"GET", b"HEAD") + b"\r\n", True),
        (CACHED + b"Content-Length: 3\r\n\r\nabc", True),
        (CACHED.replace(b"GET", b"POST") + b"Content-Length: 0\r\n\r\n", False),
        (CACHED.replace(b"/cached", b"/cached?a=b") + b"\r\n", False),
        (CACHED.replace(b"/cached", b"/c%61ched") + b"\r\n", False),
        (CACHED.replace(b"/cached", b"http://evil.example/cached") + b"\r\n", False),
        (CACHED + b"Connection: upgrade\r\nUpgrade: websocket\r\n\r\n", False),
    ],
)
def test_only_plain_requests_are_answered_at_once(port: int, request_bytes: bytes, short: bool) -> None:
    answer = ask(port, request_bytes + GET + CLOSE)
    assert (b"x-kept: 1\r\n" in answer) is short
    assert answer.count(b"HTTP/1.1 200 OK") >= 1
    if request_bytes.startswith(b"HEAD"):
        assert b"content-length: 4\r\n\r\nHTTP/1.1 200" in answer


@pytest.mark.parametrize("sent", [b"", b"G", GET, GET + b"X: y"])
def test_a_head_that_does_not_end_is_cut_off(port: int, sent: bytes) -> None:
    assert ask(port, sent) == b"<closed>"


def test_a_second_head_on_the_same_connection_is_cut_off_too(port: int) -> None:
    answer = ask(port, GET + b"\r\n", GET + b"X: ", pause=0.1)
    assert answer.endswith(b"<closed>")
    assert answer.count(b"HTTP/1.1 200") == 1


def test_a_head_that_drips_is_cut_off(port: int) -> None:
    assert ask(port, *(bytes([byte]) for byte in GET), pause=0.1).endswith(b"<closed>")


def test_a_slow_body_is_not_a_slow_head(port: int) -> None:
    head = b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n" + CLOSE
    assert b" 4 '/a'<closed>" in ask(port, head, b"12", b"34", pause=0.8)


@pytest.mark.parametrize(
    "parts",
    [
        [GET + b"X: " + b"a" * (LARGEST_HEAD + 1) + b"\r\n" + CLOSE],
        [GET + b"".join(b"X%d: a\r\n" % i for i in range(9000)) + CLOSE],
        [GET + b"X: "] + [b"a" * 8192] * 8,
        [b"GET /" + b"a" * (LARGEST_HEAD + 1) + b" HTTP/1.1\r\nHost: x\r\n" + CLOSE],
        [b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nX: " + b"a" * (LARGEST_HEAD + 1) + b"\r\n\r\n123456789"],
    ],
    ids=["one", "many", "dripping", "address", "with-body"],
)
def test_a_head_that_is_too_large(port: int, parts: list[bytes]) -> None:
    answer = ask(port, *parts, pause=0.02)
    # A client that is still sending may see a reset instead of the answer; the connection is gone in any case.
    assert answer.startswith(b"HTTP/1.1 431 ") or answer == b"<open>"
    assert b" 0 " not in answer
    assert b"<closed>" in ask(port, GET + CLOSE)


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n"
        + CLOSE
        + b"0\r\n\r\nGET /b",
        b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n" + CLOSE + b"1234",
        b"POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n" + CLOSE + b"0\r\n\r\n",
        b"GET /a HTTP/1.1\r\nHost : x\r\n" + CLOSE,
        b"GET /a HTTP/1.1\r\nHost: x\r\n folded: y\r\n" + CLOSE,
        b"GET /a HTTP/1.1\r\nHost: x\x00y\r\n" + CLOSE,
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n" + CLOSE,
        b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n" + CLOSE,
        b"GET http://evil.example HTTP/1.1\r\nHost: x\r\n" + CLOSE,
        b"BREW /a HTTP/1.1\r\nHost: x\r\n" + CLOSE,
        b"\x16\x03\x01\x02\x00",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_ambiguous_or_no_http_gets_400_and_never_500(port: int, request_bytes: bytes) -> None:
    answer = ask(port, request_bytes)
    assert answer.startswith(b"HTTP/1.1 400 "), answer
    assert answer.endswith(b"<closed>")


def test_a_killed_worker_is_replaced(port: int) -> None:
    before = int(ask(port, GET + CLOSE).partition(b"\r\n\r\n")[2].split()[0])
    os.kill(before, signal.SIGKILL)
    deadline = time.monotonic() + 30
    after = before
    while after == before and time.monotonic() < deadline:
        body = ask(port, GET + CLOSE).partition(b"\r\n\r\n")[2].split()
        after = int(body[0]) if len(body) > 1 else before
    assert after != before


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_workers_end_with_a_killed_parent() -> None:
    with tiny(2) as (port, process):
        assert process.stdout
        process.stdout.readline()
        worker = int(ask(port, GET + CLOSE).partition(b"\r\n\r\n")[2].split()[0])
        process.kill()
        process.wait()
        deadline = time.monotonic() + 25
        while alive(worker) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not alive(worker)


def test_a_worker_that_cannot_start_ends_it_all() -> None:
    with tiny(1, "fail") as (_, process):
        assert process.wait(30) == 1


def test_a_taken_port_is_told_in_one_sentence() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SettingsError, match="set MADANG_PORT to another"):
            bind("127.0.0.1", other.getsockname()[1])
    with pytest.raises(SettingsError, match="not an address of this machine"):
        bind("192.0.2.1", 8000)
