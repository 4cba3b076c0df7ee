"""The portal's copy: the same backend's catalogue taken good, broken, late and not at all."""

import asyncio
import datetime as dt
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from catalogue_samples import FORMS, THREE, catalogue, encoded, generated

from madang.backend.catalogue.loader import load
from madang.backend.config import CATALOGUE
from madang.contract.messages.catalogue import Catalogue, Evidence, ServiceStatus
from madang.forms.model import FormPage
from madang.i18n.text import Text
from madang.web.catalogue import snapshot
from madang.web.catalogue.building import INDEX, LOCK
from madang.web.catalogue.shelf import Shelf
from madang.web.catalogue.snapshot import CatalogueBroken
from madang.web.catalogue.store import SNAPSHOT, CatalogueStore

pytestmark = pytest.mark.anyio
replace = msgspec.structs.replace
GOOD = encoded(catalogue())
OTHER = encoded(catalogue((*THREE, *generated(5))))
NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


def bad_form(**changes: Any) -> Catalogue:
    return replace(catalogue(), forms=(replace(FORMS[0], **changes), *FORMS[1:]))


def bad_service(**changes: Any) -> Catalogue:
    return replace(catalogue(), services=(replace(THREE[0], **changes), *THREE[1:]))


def reversioned(content: bytes) -> bytes:
    """With the version that belongs to it: broken in nothing but its content."""
    version = msgspec.json.decode(GOOD)["version"].encode()
    blank = content.replace(b'"%s"' % version, b'""', 1)
    return content.replace(version, snapshot.version_of(blank)[:32].encode(), 1)


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "cut": GOOD[:-100],
    "not JSON": b"<html>",
    "not UTF-8": reversioned(GOOD.replace(b"Anyone", b"\xff\xff\xff\xff\xff\xff", 1)),
    "a bit flipped": GOOD.replace(b"Seoul", b"Seoum", 1),
    "no version": msgspec.json.encode(catalogue()),
    "short version": GOOD.replace(msgspec.json.decode(GOOD)["version"].encode(), b"abc", 1),
    "unknown field": reversioned(GOOD.replace(b'"services":', b'"sevrices":1,"services":', 1)),
    "wrong type": reversioned(GOOD.replace(b'"rank":100', b'"rank":"100"', 1)),
    "no services": encoded(replace(catalogue(()), offices=())),
    "one service twice": encoded(replace(catalogue(), services=(*THREE, THREE[0]))),
    "no authority": encoded(bad_service(authority="nobody")),
    "no holder": encoded(bad_service(inputs=(Evidence("x", Text("x"), "shared", "nobody"),))),
    "no form": encoded(bad_service(form="resident-register@9")),
    "no category": encoded(bad_service(categories=("nothing",))),
    "replaced by nothing": encoded(bad_service(status=ServiceStatus("abolished", replaced_by="nothing"))),
    "no title": encoded(bad_service(title=Text(""))),
    "an identifier with a slash": encoded(bad_service(identifier="a/b")),
    "office of nothing": encoded(replace(catalogue(THREE[1:]), forms=FORMS)),
    "a form twice": encoded(replace(catalogue(), forms=(*FORMS, FORMS[0]))),
    "a page without its field": encoded(bad_form(pages=(FormPage("a", ("purpose",)), FormPage("b", ("gone",))))),
    "a condition on nothing": encoded(bad_form(pages=(FormPage("a", ("purpose",), show_if={"gone": "x"}),))),
    "a field asked twice": encoded(bad_form(pages=(FormPage("a", ("purpose",)), FormPage("b", ("purpose",))))),
    "two pages of one id": encoded(bad_form(pages=(FormPage("a", ("purpose",)), FormPage("a", ())))),
    "no page": encoded(bad_form(pages=())),
}


class Source:
    """What the backend would say next."""

    def __init__(self, *answers: bytes | Exception | None) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, version: str) -> bytes | None:
        self.asked.append(version)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def store(folder: Path, *answers: bytes | Exception | None, **options: Any) -> CatalogueStore:
    return CatalogueStore(folder, Source(*answers), now=options.pop("now", lambda: NOON), **options)


def serves(kept: CatalogueStore, content: bytes) -> None:
    """Asserts that ``kept`` answers with all of ``content``."""
    wanted = snapshot.decode(content)
    assert kept.current.catalogue == wanted
    for service in wanted.services:
        assert kept.current.service(service.identifier) == service
        assert kept.current.search(service.title.ko, "ko", 1).items[0].service == service.identifier


async def test_fetched_kept_and_there_at_the_next_start_without_a_backend(tmp_path: Path) -> None:
    kept = store(tmp_path, GOOD)
    assert not kept.load()
    assert (kept.current.version, kept.stale, kept.fetched_at) == ("", True, None)
    assert await kept.refresh() == "new"
    serves(kept, GOOD)
    assert (kept.stale, kept.fetched_at, kept.problem) == (False, NOON, "")
    started = store(tmp_path, ConnectionError("dead"))
    assert started.load()
    serves(started, GOOD)
    assert started.fetched_at == NOON
    assert await started.refresh() == "failed"
    assert "dead" in started.problem
    serves(started, GOOD)


async def test_the_reference_backends_own_catalogue_is_good(tmp_path: Path) -> None:
    kept = store(tmp_path, load(CATALOGUE).encoded)
    assert await kept.refresh() == "new"
    assert {service.identifier for service in kept.current.services} >= {service.identifier for service in THREE}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_one_is_refused_and_the_last_good_one_served(content: bytes, tmp_path: Path) -> None:
    kept = store(tmp_path, GOOD, content, OTHER)
    await kept.refresh()
    assert await kept.refresh() == "failed"
    assert kept.problem.startswith("refused: ")
    serves(kept, GOOD)
    assert (tmp_path / SNAPSHOT).read_bytes() == GOOD
    assert await kept.refresh() == "new"
    assert kept.problem == ""
    serves(kept, OTHER)


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
async def test_a_broken_one_on_disk_is_not_loaded_and_replaced(content: bytes, tmp_path: Path) -> None:
    (tmp_path / SNAPSHOT).write_bytes(content)
    kept = store(tmp_path, GOOD)
    assert not kept.load()
    assert kept.current.services == ()
    assert kept.problem
    assert await kept.refresh() == "new"
    serves(kept, GOOD)
    serves_again = store(tmp_path, GOOD)
    assert serves_again.load()


async def test_unchanged_is_asked_for_by_version_and_renews_the_time(tmp_path: Path) -> None:
    moments = iter([NOON, NOON + dt.timedelta(hours=1), NOON + dt.timedelta(hours=1)])
    kept = store(tmp_path, GOOD, None, now=lambda: next(moments))
    await kept.refresh()
    before = kept.current
    assert await kept.refresh() == "same"
    assert kept._fetch.asked == ["", before.version]  # type: ignore[attr-defined]
    assert kept.fetched_at == NOON + dt.timedelta(hours=1)
    assert kept.current.catalogue is before.catalogue
    started = store(tmp_path, None)
    started.load()
    assert started.fetched_at == NOON + dt.timedelta(hours=1)


async def test_unchanged_though_nothing_is_known_is_a_failure(tmp_path: Path) -> None:
    kept = store(tmp_path, None)
    assert await kept.refresh() == "failed"


async def test_stale_after_a_while_without_the_backend(tmp_path: Path) -> None:
    now = NOON
    kept = store(tmp_path, GOOD, OSError("gone"), now=lambda: now, patience=dt.timedelta(minutes=15))
    await kept.refresh()
    now += dt.timedelta(minutes=14)
    await kept.refresh()
    assert not kept.stale
    now += dt.timedelta(minutes=2)
    assert kept.stale
    serves(kept, GOOD)


async def test_missing_languages_are_counted_not_refused(tmp_path: Path) -> None:
    half = bad_service(title=Text("주민등록표", en="Resident register"))
    kept = store(tmp_path, encoded(half))
    assert await kept.refresh() == "new"
    assert kept.current.missing_languages() == {"ja": 1, "zh": 1, "th": 1, "vi": 1}
    assert kept.current.search("주민등록표", "vi").items


async def test_swapped_between_two_requests_never_within_one(tmp_path: Path) -> None:
    kept = store(tmp_path, GOOD, OTHER)
    await kept.refresh()
    shelf = kept.current
    await kept.refresh()
    assert len(shelf.services) == 3
    assert len(kept.current.services) == 8


async def test_pages_go_on_while_a_big_one_is_taken_in(tmp_path: Path) -> None:
    big = encoded(catalogue((*THREE, *generated(290))))
    fetched = False

    async def fetch(version: str) -> bytes:
        nonlocal fetched
        fetched = bool(version)
        return big if version else GOOD

    kept = CatalogueStore(tmp_path, fetch)
    await kept.refresh()
    refreshing = asyncio.create_task(kept.refresh())
    turns = 0
    while not refreshing.done():
        if fetched and len(kept.current.services) == 3:
            turns += 1  # a page between the fetch and the swap
            if turns % 50 == 1:
                serves(kept, GOOD)
        await asyncio.sleep(0)
    assert turns > 10
    serves(kept, big)


async def test_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut between writing and renaming leaves the old file; nothing half-written is ever under its name."""
    kept = store(tmp_path, GOOD, OTHER)
    await kept.refresh()

    def dies(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", dies)
    assert await kept.refresh() == "new"
    serves(kept, OTHER)
    assert "No space left" in kept.problem
    assert (tmp_path / SNAPSHOT).read_bytes() == GOOD
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([INDEX, LOCK, SNAPSHOT])
    monkeypatch.undo()
    kept._fetch = Source(None)
    assert await kept.refresh() == "same"
    assert (tmp_path / SNAPSHOT).read_bytes() == OTHER, "what could not be written is written as soon as it can be"
    assert kept.problem == ""


@pytest.mark.parametrize("damage", [lambda b: b"", lambda b: b[:200], lambda b: b[:-1], lambda b: b"x" * len(b)])
async def test_a_damaged_index_is_built_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    await store(tmp_path, GOOD).refresh()
    block = (tmp_path / INDEX).read_bytes()
    (tmp_path / INDEX).write_bytes(damage(block))
    kept = store(tmp_path, GOOD)
    assert kept.load()
    serves(kept, GOOD)
    assert (tmp_path / INDEX).read_bytes() == block


async def test_of_several_workers_one_builds(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A big catalogue's index is built by a process apart, and by one only, whichever worker comes first."""
    big = encoded(catalogue((*THREE, *generated(400))))
    caplog.set_level("INFO", "madang.web.catalogue")
    workers = [store(tmp_path, big) for _ in range(4)]
    assert await asyncio.gather(*(worker.refresh() for worker in workers)) == ["new"] * 4
    assert "built here" not in caplog.text
    assert caplog.text.count("the search index was built") == 1
    for worker in workers:
        assert worker.current.search("등본", "ko").items[0].service == "resident-register"


async def test_where_no_process_can_be_started_it_is_built_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    big = encoded(catalogue((*THREE, *generated(400))))
    kept = store(tmp_path, big)
    assert await kept.refresh() == "new"
    assert "built here" in caplog.text
    assert kept.current.search("등본", "ko").items[0].service == "resident-register"


async def test_without_a_disk_it_is_served_from_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file, so nothing can lie below it")
    kept = store(tmp_path / "file", GOOD)
    assert await kept.refresh() == "new"
    serves(kept, GOOD)
    assert "cannot be written" in kept.problem


async def test_an_index_of_another_catalogue_is_not_used(tmp_path: Path) -> None:
    await store(tmp_path, OTHER).refresh()
    (tmp_path / SNAPSHOT).write_bytes(GOOD)
    kept = store(tmp_path, GOOD)
    assert kept.load()
    serves(kept, GOOD)


async def test_flipped_bits_in_the_index_are_seen(tmp_path: Path) -> None:
    await store(tmp_path, GOOD).refresh()
    block = bytearray((tmp_path / INDEX).read_bytes())
    for place in range(100, len(block), 997):
        flipped = bytearray(block)
        flipped[place] ^= 0x10
        (tmp_path / INDEX).write_bytes(flipped)
        kept = store(tmp_path, GOOD)
        assert kept.load()
        serves(kept, GOOD)


async def test_keeps_fresh_until_cancelled(tmp_path: Path) -> None:
    kept = store(tmp_path, OSError("not yet"), GOOD, None, seconds=0.001)
    task = asyncio.create_task(kept.keep_fresh())
    while len(kept._fetch.asked) < 5:  # type: ignore[attr-defined]
        await asyncio.sleep(0.005)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    serves(kept, GOOD)


async def test_refreshing_twice_at_once_fetches_one_after_the_other(tmp_path: Path) -> None:
    running = 0

    async def fetch(version: str) -> bytes | None:
        nonlocal running
        running += 1
        assert running == 1
        await asyncio.sleep(0.01)
        running -= 1
        return None if version else GOOD

    kept = CatalogueStore(tmp_path, fetch)
    assert await asyncio.gather(kept.refresh(), kept.refresh()) == ["new", "same"]


def test_the_version_is_the_hash_of_the_text_with_an_empty_version() -> None:
    """As docs say to those who write a backend in another language."""
    import hashlib

    pretty = msgspec.json.format(GOOD, indent=2)
    version = msgspec.json.decode(GOOD)["version"]
    blank = pretty.decode().replace(f'"{version}"', '""', 1).encode()
    content = pretty.replace(version.encode(), hashlib.sha256(blank).hexdigest().encode(), 1)
    assert snapshot.decode(content).services == snapshot.decode(GOOD).services
    with pytest.raises(CatalogueBroken):
        snapshot.decode(pretty)


def test_shelf_lookups() -> None:
    shelf = Shelf.of(catalogue())
    assert [service.identifier for service in shelf.services] == [
        "resident-register",
        "alien-registration",
        "entry-exit",
    ]
    assert [service.identifier for service in shelf.most_used(2)] == ["resident-register", "alien-registration"]
    assert shelf.service("nothing") is None
    assert shelf.title("nothing").ko == "nothing"
    assert shelf.form("entry-exit@1") == FORMS[2]
    assert shelf.form("entry-exit@2") is None
    assert shelf.authority("moj").name.en == "Ministry of Justice"
    assert shelf.category("foreign").title.ko == "외국인"
    assert [s.identifier for s in shelf.services_in("foreign")] == ["alien-registration", "entry-exit"]
    assert shelf.services_in("nothing") == ()
    assert [office.id for office in shelf.offices_for("resident-register")] == ["seoul", "incheon"]
    assert [office.id for office in shelf.offices_for("entry-exit")] == ["seoul", "airport"]
    assert shelf.offices_for("nothing") == ()
    letters = shelf.by_letter("ko")
    assert list(letters) == ["ㅇ", "ㅈ", "ㅊ"]
    assert [[s.identifier for s in group] for group in shelf.by_letter("en").values()] == [
        ["alien-registration", "entry-exit"],
        ["resident-register"],
    ]


def test_what_is_paused_is_not_among_the_most_used() -> None:
    paused = Shelf.of(bad_service(status=ServiceStatus("paused")))
    assert [service.identifier for service in paused.most_used(3)] == ["alien-registration", "entry-exit"]
