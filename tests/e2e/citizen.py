"""A person in front of a real browser: by pointer or by keyboard alone, with or without JavaScript, on any screen.

Elements are named by their ``data-ref``, which is the same in every language.
"""

import contextlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Hand = Literal["pointer", "keyboard"]


@dataclass
class Citizen:
    """One browser window. ``operators`` are the keystroke-level model's, counted as they happen."""

    browser: Browser
    base: str
    locale: str
    hand: Hand = "pointer"
    script: bool = True
    width: int = 1280
    dark: bool = False
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)
    problems: list[str] = field(default_factory=list)
    operators: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context = self.browser.new_context(
            java_script_enabled=self.script,
            viewport={"width": self.width, "height": 800 if self.width > 600 else 640},
            color_scheme="dark" if self.dark else "light",
            accept_downloads=True,
            reduced_motion="reduce",
        )
        self.page = self.context.new_page()
        self.page.set_default_timeout(15000)
        self.page.on("console", lambda m: self._noted(m.type, m.text))
        self.page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))

    def _noted(self, kind: str, text: str) -> None:
        """Violations of the content security policy and script errors; the status of a refused form is no fault."""
        if kind == "error" and "the server responded with a status of 4" not in text:
            self.problems.append(text)

    def close(self) -> None:
        self.context.close()

    def __enter__(self) -> "Citizen":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def ref(self, name: str) -> Any:
        return self.page.locator(f'[data-ref="{name}"]')

    def press(self, name: str) -> None:
        """Activates a link or a button."""
        folds = self.ref(name).first.evaluate("e => e.tagName === 'SUMMARY'")
        if self.hand == "keyboard":
            self._tab_to(name)
        with contextlib.nullcontext() if folds else self.page.expect_navigation():
            if self.hand == "keyboard":
                self.page.keyboard.press("Enter")
            else:
                self.ref(name).first.click()
        self.operators.append("MPBB")

    def choose(self, name: str) -> None:
        """Picks a radio button or a checkbox."""
        if self.hand == "keyboard":
            self._tab_to_choice(name)
        else:
            self.ref(name).check()
        self.operators.append("MPBB")

    def type(self, name: str, text: str, *, enter: bool = False) -> None:
        if self.hand == "keyboard":
            self._tab_to(name)
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(text)
        else:
            self.ref(name).fill(text)
        self.operators.append("MPBBH" + "K" * len(text))
        if enter:
            with self.page.expect_navigation():
                self.ref(name).press("Enter")
            self.operators.append("K")

    def _focused(self) -> str:
        found: str = self.page.evaluate("document.activeElement && document.activeElement.dataset.ref || ''")
        return found

    def _tab_to(self, name: str) -> None:
        for _ in range(120):
            if self._focused() == name:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{name} is not reached by Tab on {self.page.url}")

    def _tab_to_choice(self, name: str) -> None:
        """A radio group is one stop; arrows move inside it."""
        locator = self.ref(name)
        group = locator.get_attribute("name")
        kind = locator.get_attribute("type")
        for _ in range(120):
            if self._focused() == name:
                break
            inside = self.page.evaluate("document.activeElement && document.activeElement.name || ''")
            self.page.keyboard.press("ArrowDown" if kind == "radio" and inside == group else "Tab")
        if not locator.is_checked():
            self.page.keyboard.press("Space")
        assert locator.is_checked()

    def sign_in(self, person: str) -> None:
        """Chooses who to be, on the demonstration provider's page that is open."""
        self.press(f"person:{person}")

    def download(self, name: str, folder: Path) -> Path:
        with self.page.expect_download() as found:
            if self.hand == "keyboard":
                self._tab_to(name)
                self.page.keyboard.press("Enter")
            else:
                self.ref(name).click()
        path = folder / found.value.suggested_filename
        found.value.save_as(path)
        return path

    def sideways(self) -> int:
        """Pixels by which the page is wider than the screen."""
        wide: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wide


def seconds(operators: list[str], slower: float = 1.0) -> float:
    """Time by the keystroke-level model (Card, Moran, Newell 1980) for what was done."""
    unit = {"K": 0.28, "P": 1.1, "B": 0.1, "H": 0.4, "M": 1.35}
    return slower * sum(unit[letter] for step in operators for letter in step)
