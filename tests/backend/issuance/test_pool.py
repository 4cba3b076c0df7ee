"""The issuing processes: lazy, bounded, replaced when they die, gone when their parent is gone."""

import asyncio
import io
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import msgspec
import psutil
import pypdf
import pytest

from madang.backend.issuance.pool import IssuingFailed, IssuingPool, IssuingUnavailable
from madang.contract.messages.documents import Pair
from tests.backend.issuance.samples import NUMBER, URL, certificate, with_table

pytestmark = pytest.mark.anyio


def pool_of(keys: Path, issuers: int = 1, **options: float) -> IssuingPool:
    return IssuingPool(keys / "key.pem", keys / "chain.pem", issuers, **options)  # type: ignore[arg-type]


async def test_it_issues_and_checks(keys: Path) -> None:
    pool = pool_of(keys)
    try:
        assert pool.pids() == ()
        issued = await pool.issue(with_table("vi", 60), NUMBER, URL)
        assert issued.pages == len(pypdf.PdfReader(io.BytesIO(issued.pdf)).pages) > 1
        assert len(issued.sha256) == 64
        assert await pool.check(issued.pdf) == "valid"
        assert await pool.check(issued.pdf + b"x") == "invalid"
        assert len(pool.pids()) == 1
    finally:
        pool.close()
    with pytest.raises(IssuingUnavailable):
        await pool.issue(certificate("ko"), NUMBER, URL)


async def test_warming_starts_every_child(keys: Path) -> None:
    async with pool_of(keys, 2) as pool:
        await pool.warm()
        assert len(set(pool.pids())) == 2
        pids = pool.pids()
    assert not any(psutil.pid_exists(pid) for pid in pids)


async def test_a_killed_child_is_replaced(keys: Path) -> None:
    async with pool_of(keys) as pool:
        await pool.issue(certificate("ko"), NUMBER, URL)
        (first,) = pool.pids()
        os.kill(first, signal.SIGKILL)
        assert (await pool.issue(certificate("ko"), NUMBER, URL)).pages == 1
        assert first not in pool.pids()


async def test_a_child_killed_at_work_is_tried_once_more(keys: Path) -> None:
    async with pool_of(keys) as pool:
        await pool.warm()
        (first,) = pool.pids()
        os.kill(first, signal.SIGSTOP)
        job = asyncio.create_task(pool.issue(certificate("ko"), NUMBER, URL))
        await asyncio.sleep(0.1)
        os.kill(first, signal.SIGKILL)
        assert (await job).pages == 1


async def test_a_child_that_hangs_is_ended(keys: Path) -> None:
    async with pool_of(keys, timeout=0.5) as pool:
        await pool.warm()
        (first,) = pool.pids()
        os.kill(first, signal.SIGSTOP)
        with pytest.raises(IssuingUnavailable, match="in time"):
            await pool.issue(certificate("ko"), NUMBER, URL)
        assert not psutil.pid_exists(first)
    async with pool_of(keys) as pool:
        assert (await pool.issue(certificate("ko"), NUMBER, URL)).pages == 1


async def test_more_than_the_queue_holds_is_refused_at_once(keys: Path) -> None:
    async with pool_of(keys, queue=1) as pool:
        await pool.warm()
        os.kill(pool.pids()[0], signal.SIGSTOP)
        jobs = [asyncio.create_task(pool.issue(certificate("ko"), NUMBER, URL)) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(IssuingUnavailable, match="waiting"):
            await pool.issue(certificate("ko"), NUMBER, URL)
        os.kill(pool.pids()[0], signal.SIGCONT)
        assert [(await job).pages for job in jobs] == [1, 1]
        assert (await pool.issue(certificate("ko"), NUMBER, URL)).pages == 1


async def test_one_who_stops_waiting_leaves_the_pool_whole(keys: Path) -> None:
    async with pool_of(keys, queue=0) as pool:
        await pool.warm()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(pool.issue(with_table("ko", 2000), NUMBER, URL), 0.01)
        for _ in range(100):
            try:
                assert (await pool.issue(certificate("ko"), NUMBER, URL)).pages == 1
                break
            except IssuingUnavailable:
                await asyncio.sleep(0.1)
        else:
            raise AssertionError("the place in the queue was never given back")


async def test_a_document_that_cannot_be_typeset_fails_by_name_and_hurts_nobody(keys: Path) -> None:
    async with pool_of(keys) as pool:
        broken = msgspec.structs.replace(certificate("ko"), title=Pair(""))
        with pytest.raises(IssuingFailed):
            await pool.issue(broken, NUMBER, "x" * 5000)
        assert (await pool.issue(certificate("ko"), NUMBER, URL)).pages == 1


async def test_keys_that_cannot_be_read_are_unavailable(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text("nonsense")
    async with pool_of(tmp_path) as pool:
        with pytest.raises(IssuingUnavailable):
            await pool.issue(certificate("ko"), NUMBER, URL)


def test_children_end_with_a_parent_that_was_killed(keys: Path) -> None:
    program = textwrap.dedent(f"""
        import asyncio, time
        from pathlib import Path
        from madang.backend.issuance.pool import IssuingPool
        from tests.backend.issuance.samples import NUMBER, URL, certificate, with_table
        async def main():
            pool = IssuingPool(Path({str(keys / "key.pem")!r}), Path({str(keys / "chain.pem")!r}), 2)
            await pool.warm()
            busy = asyncio.create_task(pool.issue(with_table("vi", 20000), NUMBER, URL))
            await asyncio.sleep(0.2)
            print(*pool.pids(), flush=True)
            await busy
        asyncio.run(main())
    """)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        children = [int(pid) for pid in parent.stdout.readline().split()]
        assert len(children) == 2
        assert all(psutil.pid_exists(pid) for pid in children)
        parent.kill()
    for _ in range(100):
        if not any(_runs(pid) for pid in children):
            return
        time.sleep(0.05)
    raise AssertionError("a child outlived its parent")


def _runs(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_the_web_worker_stays_small() -> None:
    program = (
        "import sys, madang.backend.issuance.pool, madang.backend.issuance.coverage;"
        "print([name for name in sys.modules if name.split('.')[0] in"
        " {'typst', 'pyhanko', 'pyhanko_certvalidator', 'fontTools', 'segno', 'cryptography', 'asn1crypto'}])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_child_that_starts_after_its_parent_died_leaves() -> None:
    command = [sys.executable, "-m", "madang.backend.issuance.child", "1"]
    done = subprocess.run(command, input=b"", capture_output=True, timeout=30, check=False)
    assert (done.returncode, done.stdout) == (0, b"")
