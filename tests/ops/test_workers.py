"""Several workers, Valkey and PostgreSQL: no worker remembers a person, so any may answer any request."""

from collections.abc import AsyncIterator

import pytest
from portal_server import Server

from tests.ops.ops_kit import Alternating, Caller, Line, all_ready, serving
from tests.web.test_journey import answer, issued

pytestmark = pytest.mark.anyio
COUNT = 2


@pytest.fixture(scope="module")
async def server(
    outside: dict[str, str], tmp_path_factory: pytest.TempPathFactory, anyio_backend: str
) -> AsyncIterator[Server]:
    async with serving(tmp_path_factory.mktemp("workers") / "var", COUNT, **outside) as made:
        yield made


@pytest.mark.parametrize("first", [0, 1])
async def test_the_main_job_with_each_request_at_another_worker(server: Server, first: int) -> None:
    """Demonstration provider and all: what one worker shows first, the other does when ``first`` is the other."""
    transport = Alternating(server, await all_ready(server, COUNT), first)
    citizen = Caller(server.base, transport)
    await citizen.get("/vi/services/alien-registration")
    response = await citizen.post("/vi/apply/alien-registration")
    response = await citizen.choose("nguyen-van-an", response)
    if response.url.path == "/vi/apply/alien-registration":
        response = await citizen.post(response.url.path, {"new": "1"})
    await answer(citizen, {"purpose": "bank", "recipient": "", "consent": "yes"})
    number = await issued(citizen)
    pdf = (await citizen.get(f"/vi/documents/{number}/pdf")).content
    assert pdf.startswith(b"%PDF-")
    for _ in range(2):  # once at each worker
        assert 'data-result="genuine"' in (await citizen.post("/vi/verify", {"number": number})).text
        file = {"file": ("a.pdf", pdf, "application/pdf")}
        assert 'data-result="genuine"' in (await citizen.post("/vi/verify/file", files=file)).text
        await citizen.get("/vi/services")
    half = len(transport.served) // 2
    assert transport.served == ([transport.served[0], transport.served[1]] * (half + 1))[: len(transport.served)]
    assert len(set(transport.served)) == COUNT
    await citizen.http.aclose()


async def test_sign_out_at_one_worker_ends_the_session_at_all(server: Server) -> None:
    here, there = await all_ready(server, COUNT)
    one, other = Caller(server.base, Line(server, here)), Caller(server.base, Line(server, there))
    await one.sign_in("han-garam", "/ko/applications")
    session = list(one.http.cookies.jar)
    for cookie in session:
        other.http.cookies.jar.set_cookie(cookie)
    assert (await other.get("/ko/applications")).url.path == "/ko/applications"
    await one.post("/ko/sign-out")
    for cookie in session:  # as somebody would send them who had copied them
        other.http.cookies.jar.set_cookie(cookie)
    assert "demo-sign-in" in (await other.get("/ko/applications")).url.path
    await one.http.aclose()
    await other.http.aclose()


async def test_guesses_are_counted_across_workers(server: Server) -> None:
    """Twenty misses in ten minutes, wherever they were made."""
    transport = Alternating(server, await all_ready(server, COUNT))
    guesser = Caller(server.base, transport)
    statuses = [
        (
            await guesser.http.post(
                "/en/verify", data={"number": f"AAAA-AAAA-AAAA-{n:04}"}, headers={"Sec-Fetch-Site": "same-origin"}
            )
        ).status_code
        for n in range(22)
    ]
    assert statuses[:20] == [200] * 20
    assert statuses[20:] == [429, 429]
    await guesser.http.aclose()
