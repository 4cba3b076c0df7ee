"""The status page: which systems answer, since when one does not; guides say so before a form is begun."""

import datetime as dt
from collections.abc import Mapping

import httpx
import pytest
from outage_kit import BackendProcess, says, until
from portal_kit import Visitor, running, settings

from madang.i18n.locales import LOCALES
from madang.web.app import create_app
from madang.web.monitor import SECONDS, Monitor
from madang.web.views.status import SYSTEMS

pytestmark = pytest.mark.anyio
WELL, SILENT = "Everything is working.", "Not answering"
NOTICE = "Applying online does not work fully just now"
GONE = len(SYSTEMS) - 2


def downs(response: httpx.Response) -> int:
    return response.text.count('class="down"')


async def test_each_dead_system_is_told_apart_and_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    data = tmp_path_factory.mktemp("status") / "var"
    data.mkdir()
    backend = BackendProcess(data)
    await backend.start()
    try:
        async with running(create_app(settings(data, MADANG_BACKEND_URL=backend.url))) as app:
            visitor = Visitor(app)
            await until(lambda: visitor.get("/en/status"), lambda response: says(response, "en", WELL))
            guide = await visitor.get("/en/services/alien-registration")
            assert not says(guide, "en", NOTICE)
            backend.kill()
            for locale in LOCALES:
                page = await until(
                    lambda locale=locale: visitor.get(f"/{locale}/status"),
                    lambda response, locale=locale: says(response, locale, SILENT) and downs(response) >= GONE,
                )
                assert page.headers["cache-control"] == "no-store"
                assert downs(page) == GONE, "guides and signing in are the portal's own"
                assert 'href="tel:110"' in page.text
                part = await visitor.get(f"/{locale}/status/systems")
                pages = page.text + (await visitor.get(f"/{locale}/status")).text  # the minute may have turned
                assert part.text.strip() in pages, "the fragment is what the page shows"
                guide = await visitor.get(f"/{locale}/services/alien-registration")
                assert says(guide, locale, NOTICE), "a cached page is not shown any more"
            await backend.start()
            await until(lambda: visitor.get("/en/status"), lambda response: says(response, "en", WELL))
            assert not says(await visitor.get("/en/services/alien-registration"), "en", NOTICE)
    finally:
        backend.kill()


@pytest.fixture
def clock() -> list[dt.datetime]:
    return [dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)]


async def test_since_is_when_it_stopped_and_the_version_tells_failures_apart(clock: list[dt.datetime]) -> None:
    alive = {"a": True, "b": True}

    async def first() -> Mapping[str, bool]:
        return alive

    async def second() -> Mapping[str, bool]:
        raise OSError("nobody there")

    monitor = Monitor({("a", "b"): first, ("c",): second}, lambda: clock[0])
    assert monitor.failing("a", "c") is None, "nothing is known yet"
    await monitor.ask()
    began, one = clock[0], monitor.version
    assert (monitor.failing("a", "b"), monitor.failing("c")) == (None, began)
    clock[0] += dt.timedelta(seconds=SECONDS)
    alive["b"] = False
    await monitor.ask()
    assert (monitor.failing("c"), monitor.failing("b"), monitor.failing("b", "c")) == (began, clock[0], began)
    assert one
    assert monitor.version != one
    alive["b"] = True
    await monitor.ask()
    assert monitor.version == one


async def test_a_system_that_hangs_is_silent_and_holds_up_no_other(clock: list[dt.datetime]) -> None:
    import anyio

    async def hangs() -> Mapping[str, bool]:
        await anyio.sleep_forever()
        raise AssertionError

    async def answers() -> Mapping[str, bool]:
        return {"b": True}

    monitor = Monitor({("a",): hangs, ("b",): answers}, lambda: clock[0], patience=0.05)
    await monitor.ask()
    assert (monitor.failing("a"), monitor.failing("b")) == (clock[0], None)
