"""How fast the search is, how much it finds and what it weighs: ``python bench/search.py [services ...]``.

Times are CPU time of one call, in a worker that does nothing else; memory is what the process grew by.
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
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/web/catalogue")]

from catalogue_samples import THREE, catalogue, encoded, generated  # noqa: E402  (the tests' catalogues)

from bench.table import Row, at_least, at_most  # noqa: E402
from madang.i18n.locales import LOCALES, Locale  # noqa: E402
from madang.web.catalogue.building import INDEX  # noqa: E402
from madang.web.catalogue.folding import chosung, jamo  # noqa: E402
from madang.web.catalogue.keyboard import _LETTERS  # noqa: E402
from madang.web.catalogue.shelf import Shelf  # noqa: E402
from madang.web.catalogue.store import SNAPSHOT, CatalogueStore  # noqa: E402

Asked = tuple[str, str, Locale, str]
"""Kind, query, language of the page, service that is wanted."""


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
        "memory MiB": round(resident_mib() - before, 1),
    }


def rows() -> list[Row]:
    """Each size in a process of its own, so that memory is its own."""
    made = []
    for count, goal in ((5_000, 1.0), (50_000, 3.0)):
        done = subprocess.run(
            [sys.executable, __file__, str(count)], capture_output=True, check=True, cwd=ROOT, timeout=240
        )
        found = json.loads(done.stdout)
        more = f" (p50 {found['p50 ms']:.2g} ms; {found['memory MiB']:.0f} MiB, loaded in {found['load s']:.1f} s)"
        made.append(at_most(f"Search, {count:,} services: p99", found["p99 ms"], goal, "ms", more))
        if count == 5_000:
            hard = min(found["found %"][kind] for kind in ("typo", "chosung", "keyboard"))
            made.append(at_least("Found by its title, in the first ten", found["found %"]["title"], 99, " %"))
            made.append(at_least("Found by typo, initials, wrong keyboard (the worst)", hard, 95, " %"))
    return made


if __name__ == "__main__":
    for size in [int(size) for size in sys.argv[1:] or ("3", "5000")]:
        print(json.dumps(measure(size), ensure_ascii=False, indent=1))
