"""rrweb on the same page: recorder in the citizen's browser, its replayer in the agent's, a wire between them."""

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page

from bench.remote import hands
from bench.remote.seeds import Seeded, from_json, told


@dataclass
class Theirs:
    """Times in ms. ``leaked``: by configuration, the secrets' places."""

    keys: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    leaked: dict[str, list[str]] = field(default_factory=dict)
    violations: int = 0


def measured(browser: Browser, base: str, seeds: Seeded) -> Theirs:
    found = Theirs()
    for recorder in ("default", "tight"):
        found.leaked[recorder] = leaks(browser, base, seeds, recorder)
    live(browser, base, seeds, found)
    return found


def leaks(browser: Browser, base: str, seeds: Seeded, recorder: str) -> list[str]:
    """Places whose secrets are in the recorded stream, one entry a secret."""
    citizen, agent = browser.new_context(), browser.new_context()
    try:
        looking = agent.new_page()
        looking.goto(f"{base}/bench/replay")
        page = citizen.new_page()
        page.goto(hands.address(base, "vi", 1, seeds, recorder))
        hands.waited(looking, lambda: looking.evaluate("window.streamed.length") > 1)
        hands.disturb(page, seeds)
        stream: list[Any] = looking.evaluate("window.streamed")
        return sorted(told(from_json(stream), seeds).values())
    finally:
        citizen.close()
        agent.close()


def live(browser: Browser, base: str, seeds: Seeded, found: Theirs) -> None:
    """At its fastest: nothing masked, nothing sampled, no buffer."""
    citizen, agent = browser.new_context(), browser.new_context()
    try:
        for context in (citizen, agent):
            context.add_init_script(hands.WATCH)
        looking = agent.new_page()
        violations = hands.violations(looking)
        looking.goto(f"{base}/bench/replay")
        page = citizen.new_page()
        violations_here = hands.violations(page)
        page.goto(f"{base}/vi/bench/1?recorder=default")
        hands.waited(looking, lambda: looking.evaluate("window.seen.length"))
        began = hands.type_keys(page)
        looking.wait_for_timeout(300)
        found.keys = hands.by_length(began, shown(looking, "value"))
        for _ in range(hands.STEPS):
            left, name = hands.step(page)
            found.steps.append(hands.waited(looking, lambda left=left, name=name: after(looking, left, name)) - left)
        found.violations = len(violations) + len(violations_here)
    finally:
        citizen.close()
        agent.close()


def shown(looking: Page, kind: str) -> list[tuple[float, str]]:
    """When the replayer had shown something, and what."""
    return [(each["at"], each["text"]) for each in looking.evaluate("window.seen") if each["kind"] == kind]


def after(looking: Page, left: float, name: str) -> float | None:
    return next((at for at, text in shown(looking, "page") if at >= left and text == name), None)
