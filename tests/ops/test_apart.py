"""Portal and backends in processes of their own, over HTTP: one backend for all, and one per API group."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backend.conftest import fresh_postgres
from tests.ops.ops_kit import Caller, backend, serving
from tests.web.test_cli import madang
from tests.web.test_journey import answer, issued

pytestmark = pytest.mark.anyio
SHARED = "0d9f4c1b7e6a58d2c3f0a1b9e8d7c6b5a4"
ANSWERS: dict[str, str | list[str]] = {"purpose": "bank", "recipient": "", "consent": "yes"}


@contextlib.contextmanager
def backends(folder: Path, database: str, count: int) -> Iterator[list[str]]:
    """``count`` reference backends on one database."""
    with contextlib.ExitStack() as stack:
        settings = {"MADANG_DATABASE_URL": database, "MADANG_BACKEND_SECRET": SHARED}
        yield [stack.enter_context(backend(folder / str(index), **settings)) for index in range(count)]


async def certificate(citizen: Caller, person: str) -> str:
    await citizen.get("/zh/services/alien-registration")
    await citizen.choose(person, await citizen.post("/zh/apply/alien-registration"))
    await answer(citizen, ANSWERS)
    return await issued(citizen)


async def test_one_backend_in_a_process_of_its_own(postgres: str, tmp_path: Path) -> None:
    with backends(tmp_path, fresh_postgres(postgres), 1) as (url,):
        settings = {"MADANG_BACKEND_URL": url, "MADANG_BACKEND_SECRET": SHARED}
        async with serving(tmp_path / "var", **settings) as server:
            citizen = Caller(server.base)
            number = await certificate(citizen, "chen-xiaoyu")
            page = await citizen.post("/zh/verify", {"number": number})
            assert 'data-result="genuine"' in page.text
            await citizen.http.aclose()
        assert not (tmp_path / "var" / "madang.sqlite").exists(), "the portal keeps no data of its own"
        checked = madang("check-backend", url, "--subject", "chen-xiaoyu", MADANG_BACKEND_SECRET=SHARED,
                         MADANG_DATA=str(tmp_path / "var"))  # fmt: skip
        assert checked.returncode == 0, checked.stdout


async def test_two_backends_share_the_groups_and_one_of_them_dies(postgres: str, tmp_path: Path) -> None:
    """Identity, catalogue and drafts live here, the rest there. Without the latter, guides and answers go on."""
    database = fresh_postgres(postgres)
    with contextlib.ExitStack() as stack:
        (here,) = stack.enter_context(backends(tmp_path / "here", database, 1))
        there = contextlib.ExitStack()
        (away,) = there.enter_context(backends(tmp_path / "there", database, 1))
        stack.callback(there.close)
        settings = {"MADANG_BACKEND_SECRET": SHARED}
        for group in ("IDENTITY", "CATALOGUE", "DRAFTS"):
            settings[f"MADANG_BACKEND_URL_{group}"] = here
        for group in ("APPLICATIONS", "ISSUANCE", "VERIFICATION", "LIFE", "SUPPORT", "PREFERENCES"):
            settings[f"MADANG_BACKEND_URL_{group}"] = away
        async with serving(tmp_path / "var", **settings) as server:
            citizen = Caller(server.base)
            number = await certificate(citizen, "takasaki-rin")
            there.close()
            assert (await citizen.get("/zh/services/alien-registration")).status_code == 200
            assert (await citizen.post("/zh/verify", {"number": number})).status_code == 503
            await citizen.post("/zh/apply/alien-registration", {"new": "1"})
            await answer(citizen, ANSWERS)
            assert citizen.page is not None
            check = citizen.page.url.path
            assert (await citizen.post(check)).status_code == 503
            assert (await citizen.get(check)).url.path == check, "the answers are there still"
            await citizen.http.aclose()
