"""How fast the search is, how much it finds and what it weighs: ``python bench/search.py [services ...]``.

Of generated catalogues of distinct services: times, memory, size, start. Of the shipped one (``gold``): how many of the
gold questions it answers. SQLite FTS5 and rapidfuzz (``search_peers``) are asked the same in the same run. Times are
CPU time of one call, in a worker that does nothing else; memory is what the process grew by.
"""

import gc
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/web/catalogue")]

from catalogue_samples import THREE, catalogue, encoded, generated  # noqa: E402  (the tests' catalogues)

from bench.gold import by_kind, places, questions, result  # noqa: E402
from bench.search_peers import Fts5, Fuzzy  # noqa: E402
from bench.table import Row, at_least, at_most, plain  # noqa: E402
from madang.backend.catalogue.compiled import load  # noqa: E402
from madang.i18n.locales import LOCALES, Locale, is_locale  # noqa: E402
from madang.web.catalogue.building import INDEX, searchable  # noqa: E402
from madang.web.catalogue.folding import chosung, jamo  # noqa: E402
from madang.web.catalogue.keyboard import _LETTERS  # noqa: E402
from madang.web.catalogue.shelf import Shelf  # noqa: E402
from madang.web.catalogue.store import SNAPSHOT, CatalogueStore  # noqa: E402

Asked = tuple[str, str, Locale, str]
"""Kind, query, language of the page, service that is wanted."""
Ask = Callable[[str, Locale], list[str]]
"""Query and language -> identifiers, best first."""


def resident_mib() -> float:
    """Resident memory now."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20


def queries(shelf: Shelf, count: int, seed: int = 1) -> Iterator[Asked]:
    """What people would type to find ``count`` of the services."""
    chance = random.Random(seed)
    services = shelf.services
    for service in chance.sample(services, min(count, len(services))):
        for locale in LOCALES:
            title = getattr(service.title, locale)
            yield "title", title, locale, service.identifier
            place = chance.randrange(1, len(title) - 1)
            yield "typo", title[:place] + title[place + 1 :], locale, service.identifier
            yield "word", title.split()[0][:6], locale, ""
        korean = service.title.ko
        syllables = [c for c in korean if "가" <= c <= "힣"]
        yield "chosung", chosung("".join(syllables)), "ko", service.identifier
        yield "keyboard", "".join(_LETTERS[k] for c in syllables for k in jamo(c)), "ko", service.identifier
        yield "keyword", service.keywords["ko"][0], "ko", ""
    yield "long", "주민등록등본을 어디에서 어떻게 발급받을 수 있나요 " * 8, "ko", ""
    yield "long", "how and where do I get a certificate of my registration " * 4, "en", ""
    for letter in "가증a登ท1":
        yield "one letter", letter, "ko", ""


def measure(count: int) -> dict[str, object]:
    content = encoded(catalogue((*THREE, *generated(count))))
    folder = Path(tempfile.mkdtemp(prefix="madang-bench-"))

    async def fetch(version: str) -> bytes | None:
        return content

    (folder / SNAPSHOT).write_bytes(content)
    began = os.times()
    CatalogueStore(folder, fetch).load()
    ended = os.times()
    built = ended.user + ended.children_user - began.user - began.children_user
    gc.collect()
    before = resident_mib()
    began = time.process_time()
    store = CatalogueStore(folder, fetch)
    store.load()
    loaded = time.process_time() - began
    gc.collect()
    shelf = store.current
    titles: dict[tuple[str, str], set[str]] = {}
    for service in shelf.services:
        for locale in LOCALES:
            titles.setdefault((locale, getattr(service.title, locale)), set()).add(service.identifier)
    asked = list(queries(shelf, 150))
    for _, query, locale, _ in asked[:50]:
        shelf.search(query, locale, 20)
    times: dict[str, list[float]] = {}
    found: dict[str, list[bool]] = {}
    for kind, query, locale, wanted in asked:
        began = time.thread_time()
        hits = shelf.search(query, locale, 10)
        times.setdefault(kind, []).append((time.thread_time() - began) * 1000)
        if wanted:
            service = shelf.service(wanted)
            assert service
            twins = titles[locale, getattr(service.title, locale)]
            found.setdefault(kind, []).append(any(hit.service in twins for hit in hits.items))
    every = sorted(time for kind in times.values() for time in kind)
    memory = resident_mib() - before
    sample = random.Random(2).sample(asked, 300)
    return {
        "services": len(shelf.services),
        "queries": len(every),
        "p50 ms": round(statistics.median(every), 3),
        "p99 ms": round(every[int(len(every) * 0.99)], 3),
        "p99 ms by kind": {kind: round(sorted(t)[int(len(t) * 0.99)], 2) for kind, t in times.items()},
        "found %": {kind: round(100 * sum(f) / len(f), 1) for kind, f in found.items()},
        "build s": round(built, 2),
        "load s": round(loaded, 2),
        "catalogue MB": round(len(content) / 1e6, 1),
        "index MB": round((folder / INDEX).stat().st_size / 1e6, 1),
        "memory MiB": round(memory, 1),
        "peers": peers(shelf, sample) if count < MANY else {},
    }


MANY: Final = 20_000
"""Services from which on the peers are left out: they take minutes to be filled, and seconds for an answer."""


def peers(shelf: Shelf, sample: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """The same queries; fewer of them for the slowest."""
    return {
        "ours": _timed(ours(shelf), sample),
        "FTS5 trigram": _timed(Fts5(shelf.services).search, sample),
        "rapidfuzz": _timed(Fuzzy(shelf.services).search, sample[:20]),
    }


def ours(shelf: Shelf) -> Ask:
    """Our search, asked as the gateway's page asks: without the place that was named."""

    def ask(query: str, locale: Locale) -> list[str]:
        areas, words = shelf.places.find(query)
        asked = words if len(areas) == 1 and words else query
        return [hit.service for hit in shelf.search(asked, locale, 10).items]

    return ask


def _timed(ask: Ask, asked: Sequence[Asked]) -> dict[str, float]:
    times = []
    for _, query, locale, _ in asked:
        began = time.thread_time()
        ask(query, locale)
        times.append((time.thread_time() - began) * 1000)
    times.sort()
    return {"p50 ms": round(statistics.median(times), 2), "p99 ms": round(times[int(len(times) * 0.99)], 2)}


def gold() -> dict[str, object]:
    """Shares in percent: ``language -> half or kind -> (questions, first, in ten)``; the peers on a part of them."""
    with tempfile.TemporaryDirectory() as folder:
        services = load(ROOT / "madang/backend/data", Path(folder)).catalogue
    shelf = Shelf.of(services)
    ask = ours(shelf)
    figures: dict[str, object] = {}
    others = {"FTS5": Fts5(searchable(services)).search, "rapidfuzz": Fuzzy(searchable(services)).search}
    of_peers: dict[str, list[int]] = {name: [] for name in ("ours", *others)}
    for locale in LOCALES:
        asked = list(questions(locale))
        found = places(asked, of_locale(ask))
        held = [place for question, place in zip(asked, found, strict=True) if question.half == "held-out"]
        tuned = [place for question, place in zip(asked, found, strict=True) if question.half == "tuning"]
        parts = {"all": result(found), "tuning": result(tuned), "held-out": result(held), **by_kind(asked, found)}
        figures[locale] = {
            name: (part.count, round(100 * part.first, 1), round(100 * part.in_ten, 1)) for name, part in parts.items()
        }
        some = random.Random(3).sample([question for question in asked if question.half == "held-out"], SOME)
        of_peers["ours"] += places(some, of_locale(ask))
        for name, peer in others.items():
            of_peers[name] += places(some, of_locale(peer))
    for name, found in of_peers.items():
        part = result(found)
        figures[name] = (part.count, round(100 * part.first, 1), round(100 * part.in_ten, 1))
    return figures


SOME: Final = 50


def of_locale(ask: Ask) -> Callable[[str, str], list[str]]:
    def asked(query: str, locale: str) -> list[str]:
        assert is_locale(locale)
        return ask(query, locale)

    return asked


def rows() -> list[Row]:
    """Each size in a process of its own, so that memory is its own."""
    made = gold_rows(json.loads(_alone("gold")))
    for count, goal in ((5_000, 1.0), (50_000, 3.0)):
        found = json.loads(_alone(str(count)))
        what = f"Search, {count:,} services"
        made.append(at_most(f"{what}: p99", found["p99 ms"], goal, "ms", f" (p50 {found['p50 ms']:.2g} ms)"))
        if found["peers"]:
            compared = (f"{name} {t['p50 ms']:.3g} and {t['p99 ms']:.3g} ms" for name, t in found["peers"].items())
            made.append(plain(f"{what}: p50 and p99 of one sample, against peers", "; ".join(compared)))
        weight = f"index built in {found['build s']:.0f} s, {found['index MB']:.1f} MB; catalogue and index in memory"
        weight += f" {found['memory MiB']:.0f} MiB, loaded from a warm snapshot in {found['load s']:.2f} s"
        made.append(plain(f"{what}: weight", weight))
        if count == 5_000:
            hard = min(found["found %"][kind] for kind in ("typo", "chosung", "keyboard"))
            made.append(at_least("Found by its title, in the first ten", found["found %"]["title"], 99, " %"))
            made.append(at_least("Found by typo, initials, wrong keyboard (the worst)", hard, 95, " %"))
    return made


def gold_rows(found: dict[str, Any]) -> list[Row]:
    """A row for each language, then the peers."""
    made = []
    for locale in LOCALES:
        count, first, ten = found[locale]["all"]
        _, held_first, held_ten = found[locale]["held-out"]
        kinds = ", ".join(
            f"{kind} {part[1]:.0f} and {part[2]:.0f}"
            for kind, part in found[locale].items()
            if kind not in ("all", "tuning", "held-out")
        )
        more = f" of the held-out half (all {count}: {ten:.1f})"
        made.append(at_least(f"Gold questions in {locale}: in the first ten", held_ten, 99, " %", more))
        more = f" of the held-out half (all: {first:.1f}; first and in ten by kind: {kinds})"
        made.append(at_least(f"Gold questions in {locale}: in the first place", held_first, 85, " %", more))
    parts = (f"{name} {found[name][1]:.0f} and {found[name][2]:.0f} %" for name in ("ours", "FTS5", "rapidfuzz"))
    what = f"{found['ours'][0]} held-out questions, first and in ten"
    return [*made, plain(what, f"{'; '.join(parts)} (the peers get our folding, and the query without filler words)")]


def _alone(what: str) -> bytes:
    command = [sys.executable, __file__, what]
    return subprocess.run(command, capture_output=True, check=True, cwd=ROOT, timeout=300).stdout


if __name__ == "__main__":
    for what in sys.argv[1:] or ("gold", "5000"):
        print(json.dumps(gold() if what == "gold" else measure(int(what)), ensure_ascii=False, indent=1))
