"""``make audit``: looks at every state of the portal that has no evidence yet, and writes what it sees as it goes.

python -m accessibility.audit [--minutes N] [--full] [--states PATTERN] [--dry]
"""

import argparse
import hashlib
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":  # as pytest's pythonpath has it
    sys.path[:0] = [str(ROOT / part) for part in (
        "", "tests", "tests/backend", "tests/forms", "tests/backend/issuance", "tests/web/catalogue",
        "tests/web/clients", "tests/e2e", "tests/remote_support",
    )]  # fmt: skip

# ruff: noqa: E402
from accessibility.states import USUAL, Walked, rounds, walk

from madang.accessibility.audit import browsers
from madang.accessibility.audit.evidence import Evidence
from madang.accessibility.audit.keys import key_of
from madang.accessibility.audit.progress import Progress
from madang.accessibility.audit.scenes import Scene
from madang.accessibility.audit.sitewide import ENOUGH
from madang.accessibility.audit.waivers import Judge
from madang.accessibility.audit.workers import Plan, look_at
from madang.accessibility.engines import NAMES, EnginesUnavailable, install, not_run
from madang.accessibility.findings import Browser, PageResult, PageState
from madang.i18n.locales import LOCALES, Locale

DATA = ROOT / "var"
WIDTHS = (1280, 320)
PATIENCE = 900.0
"""Seconds for one page: ours do not hang, but a machine may be busy."""
EVERY = 20
"""Results between two writings."""


Case = tuple[int, Browser, str]
"""Width, browser and device."""


def cases(place: int, locale: Locale, look: str, full: bool) -> list[Case]:
    """Each look at one state. By default pairs: each state in each language, and in each width, browser, device and set
    of preferences, but not each of these with each other. The full run has all of those, too."""
    turn = (place + LOCALES.index(locale)) % 6
    width = WIDTHS[turn % 2]
    made: list[Case] = []
    if look == USUAL:
        made.append((width, "chromium", "dark" if turn == 4 else "forced" if turn == 5 else ""))
        made += [(width, "firefox", "")] if turn in (1, 2) else []
    elif turn in (0, 3):
        made.append((width, "chromium", ""))
    if full:
        made += [(each, "chromium", "") for each in WIDTHS]
        if look == USUAL:
            made += [(each, "firefox", "") for each in WIDTHS]
            made += [(each, "chromium", device) for each in WIDTHS for device in ("dark", "forced")]
    return list(dict.fromkeys(made))


def scenes(walked: Walked, full: bool = False) -> list[Scene]:
    """What is looked at of what was walked through, each page once; what is usual first."""
    made: dict[str, Scene] = {}
    orders: dict[Locale, dict[str, int]] = {}
    for shot in walked.shots:
        # Counted in each language by itself: whichever others are looked at, the same cases are.
        order = orders.setdefault(shot.locale, {})
        place = order.setdefault(shot.name, len(order))
        for width, browser, device in cases(place, shot.locale, shot.look, full):
            look = shot.look + (f"{'.' if shot.look else ''}device-{device}" if device else "")
            state = PageState(shot.name, shot.locale, shot.url, width, look, browser)
            key = key_of(state, shot.html, device)
            made.setdefault(key, Scene(state, shot.html, device, key))
    return [*made.values(), *sites(walked)]


def sites(walked: Walked) -> list[Scene]:
    """The portal as a whole, once in each language: its pages are compared with each other. The key is that of all of
    them, so that whatever changes has them compared again."""
    made = []
    for locale in LOCALES:
        pages: dict[str, Scene] = {}
        for shot in walked.shots:
            if shot.locale == locale and shot.look == USUAL:
                state = PageState(shot.name, locale, shot.url)
                pages.setdefault(shot.name, Scene(state, shot.html, key=key_of(state, shot.html)))
        if len(pages) >= ENOUGH:
            key = hashlib.sha256("".join(each.key for each in pages.values()).encode()).hexdigest()[:16]
            made.append(Scene(PageState("site", locale, f"/{locale}/"), key=key, pages=tuple(pages.values())))
    return made


def look(
    walked: Walked, wanted: Sequence[Scene], *, minutes: float | None = None, stream: object = sys.stderr
) -> Iterator[PageResult]:
    """What the engines and checks say of ``wanted``. Raises EnginesUnavailable."""
    plan = Plan(install(DATA, print), NAMES, walked.assets, PATIENCE)
    progress = Progress(sys.stderr, total=len(wanted))
    until = time.monotonic() + minutes * 60 if minutes is not None else None
    here = [scene for scene in wanted if browsers.found(scene.state.browser)]
    found = 0
    for scene, result, _ in look_at(plan, here, until=until):
        found += sum(finding.outcome == "failed" for finding in result.findings)
        progress.step(f"{scene.state.locale} {scene.state.name}", found)
        yield result
    progress.end()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, help="how long at most; what is left is looked at the next time")
    parser.add_argument("--full", action="store_true", help="every look, width and browser with each other")
    parser.add_argument("--states", default="", help="only states whose names hold this pattern")
    parser.add_argument("--locales", default=",".join(LOCALES), help="only these languages")
    parser.add_argument("--dry", action="store_true", help="say what would be looked at")
    options = parser.parse_args()
    began = time.monotonic()
    turns = [turn for turn in rounds(options.full) if turn[0] in options.locales.split(",")]
    walked = walk(turns)
    for gap in walked.gaps:
        print(f"Not reached: {gap}")
    every = scenes(walked, options.full)
    evidence = Evidence.read()
    evidence.replace([(scene.state, scene.key) for scene in every])
    wanted = [s for s in every if s.key not in evidence and re.search(options.states, s.state.name)]
    print(f"{len(walked.shots)} pages, {len(every)} states to look at, {len(wanted)} of them without evidence; "
          f"walked through in {time.monotonic() - began:.0f} seconds.", flush=True)  # fmt: skip
    if options.dry:
        return 0
    for line in not_run().values():
        print(line)
    done = 0
    try:
        for result in look(walked, wanted, minutes=options.minutes):
            for problem in result.problems:
                print(f"{result.state.locale} {result.state.name} ({result.state.browser}): {problem}")
            done += evidence.add(result)
            if done % EVERY == 0:
                evidence.write()
    except EnginesUnavailable as error:
        print(error)
        return 3
    except KeyboardInterrupt:
        print("Stopped; what was seen is kept.")
    evidence.write()
    judge = Judge()
    definite = judge.definite(evidence.result(key) for key in evidence.rows)
    for result, finding in definite[:50]:
        state = result.state
        print(f"{state.locale} {state.name} {state.browser} {state.width} {state.preferences}: {finding.criterion} "
              f"{finding.rule} at {finding.target}: {finding.advice}")  # fmt: skip
    print(f"{done} looked at, {len(wanted) - done} left; {len(definite)} definite findings without a waiver.")
    return 1 if definite else 0


if __name__ == "__main__":
    sys.exit(main())
