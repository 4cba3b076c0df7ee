"""Bent addresses: a page in the reader's language or a clear refusal, whoever asks; never a failure."""

from typing import Any

import pytest

from madang.web.access import Access
from madang.web.routes import Row
from tests.web.hostile.addresses import BENT, ROWS, address, bent, variables
from tests.web.hostile.conftest import Person
from tests.web.hostile.raw import Raw, faults, language_of, rotating

pytestmark = pytest.mark.anyio
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "PROPFIND", "get", "X" * 300)
IDS = [f"{row.method} {row.name}" for row in ROWS]
OPERATORS = (
    "/livez", "/readyz", "/metrics", "/robots.txt", "/sitemap.xml", "/sitemap-th.xml", "/opensearch-vi.xml",
    "/.well-known/security.txt",
)  # fmt: skip
SIDE_EFFECTS = {"sign_out", "kiosk_finish"}
"""Would sign the one person out that all these tests share."""


@pytest.mark.parametrize("row", ROWS, ids=IDS)
async def test_bent_addresses(row: Row, app: Any, person: Person) -> None:
    """Of the kinds that differ little between routes each route gets a third; ``full`` tries all at all."""
    await bend(row, app, person, slice(ROWS.index(row) % 3, None, 3))


@pytest.mark.full
@pytest.mark.parametrize("row", ROWS, ids=IDS)
async def test_every_bent_address(row: Row, app: Any, person: Person) -> None:
    await bend(row, app, person, slice(None))


async def bend(row: Row, app: Any, person: Person, some: slice) -> None:
    found: list[str] = []
    for index, (kind, target) in list(enumerate(bent(row, "en", person.parts)))[some]:
        locale = rotating(index)
        target = target.replace("/en/", f"/{locale}/")
        for who in (Raw(app), Raw(app, person.cookie)):
            if row.name in SIDE_EFFECTS and who.cookie:
                continue
            answer = await who.ask(row.method, target)
            expected = language_of(target) if answer.is_page and answer.status != 400 else None
            found += [f"{kind}: {fault}" for fault in faults(answer, expected)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("method", METHODS)
async def test_every_method_at_every_address(method: str, app: Any, person: Person) -> None:
    """A method that an address does not know is refused with the ones it knows; nobody's cookie makes a difference."""
    known: dict[str, set[str]] = {}
    for row in ROWS:
        known.setdefault(address(row, "ko", person.parts), set()).add(row.method)
    found: list[str] = []
    for index, (target, methods) in enumerate(known.items()):
        if target.endswith(("/sign-out", "/kiosk/finish", "/verify/file")):  # the one shared session; a code for GET
            continue
        locale = rotating(index)
        target = target.replace("/ko/", f"/{locale}/")
        for who in (Raw(app), Raw(app, person.cookie)):
            answer = await who.ask(method, target)
            found += faults(answer, language_of(target) if answer.is_page else None)
            allowed = methods | ({"HEAD"} if "GET" in methods else set())
            if method not in allowed:
                if answer.status != 405:
                    found.append(f"{answer.asked}: {answer.status} for a method that is not known")
                elif not set(answer.one("allow").replace(" ", "").split(",")) >= methods:
                    found.append(f"{answer.asked}: Allow is {answer.one('allow')!r}, not {methods}")
    assert not found, "\n".join(found)


async def test_head_says_what_get_says(app: Any, person: Person) -> None:
    """Same status and headers. (That no body is sent is the server's part: ``test_wire``.)"""
    ignored = {"x-request-id", "date", "content-length", "set-cookie", "retry-after"}
    told: list[str] = []
    for row in ROWS:
        if row.method != "GET" or row.name in ("sign_in_callback", "metrics"):
            continue
        target = address(row, rotating(len(row.name)), person.parts)
        for who in (Raw(app), Raw(app, person.cookie)):
            got, headed = await who.ask("GET", target), await who.ask("HEAD", target)
            first = [(n, v) for n, v in got.headers if n not in ignored]
            second = [(n, v) for n, v in headed.headers if n not in ignored]
            same = sorted(first) == sorted(second) if "location" not in dict(first) else True
            if got.status != headed.status or not same:
                told.append(f"{target}: {got.status}/{headed.status} {set(first) ^ set(second)}")
    assert not told, "\n".join(told)


async def test_unknown_things_are_not_found(owner: Raw, person: Person) -> None:
    """What does not exist, and what is somebody else's, look alike: 404, in the reader's language. Who is no agent is
    told nothing of the desk: 403, whatever is there."""
    for index, row in enumerate(ROWS):
        if not variables(row) or row.name in ("verify_code", "verify_unprefixed"):
            continue
        name = variables(row)[0]
        given = {key: value for key, value in person.parts.items() if key != "application"}
        locale = rotating(index)
        target = address(row, locale, {**given, name: BENT["unknown"]})
        answer = await owner.ask(row.method, target)
        assert answer.status == (403 if row.access in (Access.AGENT, Access.SUPERVISOR) else 404), answer.asked
        assert not faults(answer, language_of(target))


async def test_operators_pages_know_no_language(stranger: Raw) -> None:
    for path in OPERATORS:
        answer = await stranger.ask("GET", path)
        assert answer.status == (404 if path == "/metrics" else 200), "measurements are for one's own machine"
        assert not faults(answer)


async def test_the_check_would_see_a_fault(stranger: Raw) -> None:
    """Broken on purpose: each kind of fault is found."""
    answer = await stranger.ask("GET", "/en/")
    from dataclasses import replace

    assert not faults(answer, "en")
    assert faults(answer, "ko")
    assert faults(replace(answer, status=500))
    assert faults(replace(answer, headers=answer.headers[1:])) or faults(replace(answer, headers=()))
    assert faults(replace(answer, headers=(*answer.headers, ("location", "//evil.example/"))))
    assert faults(replace(answer, headers=(*answer.headers, ("location", "https://evil.example/"))))
    assert faults(replace(answer, headers=(*answer.headers, ("x", "a\r\nb"))))
    assert faults(replace(answer, body=answer.body.replace(b"<h1", b'<h1 onclick="x"')), "en")
