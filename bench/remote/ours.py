"""Remote support on the bench's page, in real browsers: how soon each side sees or hears what the other does."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser

from bench.remote import hands
from bench.remote.pair import Pair
from bench.remote.seeds import Seeded, from_json, told

SAID, STOPS, CUTS = 12, 6, 8
QUIET = 1700
"""Milliseconds between two highlights: the citizen hears at most one sentence in 1.5 s."""


@dataclass
class Ours:
    """Times in ms. ``after``: events that reached the agent after a stop."""

    keys: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    said: list[float] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)
    cuts_citizen: list[float] = field(default_factory=list)
    after: int = 0
    leaked: list[str] = field(default_factory=list)
    violations: int = 0
    before: int = 0
    """Bytes of remote support's script on a page without a session."""
    during: int = 0
    """The same in a session, gzipped."""


def measured(browser: Browser, base: str, seeds: Seeded) -> Ours:
    found = Ours()
    pair = Pair(browser, base)
    try:
        scripts(pair, found)
        leaks(pair, seeds, found)
        pair.citizen.goto(f"{base}/vi/bench/1")
        hands.waited(pair.agent, lambda: "제1쪽" in pair.shown()["number"])
        keys(pair, found)
        steps(pair, found)
        highlights(pair, found)
        cuts(pair, found)
        for _ in range(STOPS):
            stop(pair, found)
            pair.meet()
        found.violations = sum(map(len, pair.violations))
    finally:
        pair.close()
    return found


def scripts(pair: Pair, found: Ours) -> None:
    import gzip

    names = "[...document.scripts].map((script) => script.src).filter(Boolean)"
    pair.citizen.goto(f"{pair.base}/vi/bench/1")
    always = set(pair.citizen.evaluate(names))
    found.before = sum(len(pair.citizen.request.get(url).body()) for url in always if "support" in url)
    pair.meet()
    for url in set(pair.citizen.evaluate(names)) - always:
        found.during += len(gzip.compress(pair.citizen.request.get(url).body(), 9))


def leaks(pair: Pair, seeds: Seeded, found: Ours) -> None:
    """All that reached the agent's browser: messages, the page around, the frame."""
    since = len(pair.wire)
    pair.citizen.goto(hands.address(pair.base, "vi", 2, seeds))
    hands.waited(pair.agent, lambda: "제2쪽" in pair.shown()["number"])
    hands.disturb(pair.citizen, seeds)
    pair.citizen.fill("#note", "abc")
    hands.waited(pair.agent, lambda: pair.shown()["note"] == "abc")
    import json

    stream = from_json([json.loads(text) for _, text in pair.wire[since:]])
    frame = pair.agent.evaluate("document.querySelector('[data-frame]').contentDocument.documentElement.outerHTML")
    found.leaked = sorted(told("\n".join((stream, frame, pair.agent.content())), seeds).values())


def keys(pair: Pair, found: Ours) -> None:
    began = hands.type_keys(pair.citizen)
    pair.agent.wait_for_timeout(300)
    found.keys = hands.by_length(began, [(look["at"], look["note"]) for look in pair.looks()])


def steps(pair: Pair, found: Ours) -> None:
    for _ in range(hands.STEPS):
        left, name = hands.step(pair.citizen)
        found.steps.append(first(pair, left, number=name) - left)


def first(pair: Pair, since: float, **wanted: object) -> float:
    """When the agent's frame first showed this."""

    def look() -> float | None:
        return next(
            (
                look["at"]
                for look in pair.looks()
                if look["at"] >= since and all(look[key] == value for key, value in wanted.items())
            ),
            None,
        )

    return float(hands.waited(pair.agent, look))


def highlights(pair: Pair, found: Ours) -> None:
    """From the agent's press to the words in the citizen's live region."""
    chosen = ("bench-note", "bench-next", "home")
    for at in range(SAID):
        pair.agent.locator("[data-elements]").select_option(chosen[at % len(chosen)])
        pair.citizen.wait_for_timeout(QUIET)
        pair.citizen.evaluate("window.heard.length = 0")
        pair.agent.evaluate("window.did.length = 0")
        pair.agent.locator('[data-ref="do:highlight"]').click()
        hands.waited(pair.citizen, lambda: pair.citizen.evaluate("window.heard.length"))
        pressed = next(each["at"] for each in pair.agent.evaluate("window.did") if each["name"] == "do:highlight")
        found.said.append(min(each["at"] for each in pair.citizen.evaluate("window.heard")) - pressed)


def cuts(pair: Pair, found: Ours) -> None:
    """From the moment a connection is cut to the agent's frame showing the page again."""
    for page, times in ((pair.agent, found.cuts), (pair.citizen, found.cuts_citizen)):
        for _ in range(CUTS if page is pair.agent else 3):
            page.wait_for_timeout(300)
            number = pair.shown()["number"]
            cut = page.evaluate("sockets.at(-1).close(), performance.timeOrigin + performance.now()")
            empty = first(pair, cut, empty=True)
            times.append(first(pair, empty, number=number) - cut)


def stop(pair: Pair, found: Ours) -> None:
    """Stop, and what is typed right after it."""
    pair.citizen.evaluate("window.did.length = 0")
    pair.citizen.locator('[data-ref="support-stop"]').click()
    pair.citizen.locator("#note").press_sequentially("xyz", delay=30)
    pressed = next(each["at"] for each in pair.citizen.evaluate("window.did") if each.get("name") == "support-stop")
    found.stops.append(first(pair, pressed, empty=True) - pressed)
    pair.agent.wait_for_timeout(400)
    later = [look for look in pair.looks() if look["at"] > pressed + found.stops[-1]]
    found.after += sum(bool(look["note"] or look["number"]) for look in later)
    names = list(pair.names())
    last = len(names) - 1 - names[::-1].index("blank")
    found.after += sum(name in ("seen", "page", "fragment") for name in names[last:])
