"""A person in front of a browser: what each of them can do, in words that a journey uses.

Journeys name what is written on the page, in the reader's language. How somebody finds it and presses it is theirs.
"""

import re
import time
from abc import ABC, abstractmethod
from typing import Any, ClassVar, Self

from personas.sight import Thing, View, look
from personas.words import letters, plain, said

from madang.i18n.locales import Locale

PATIENCE = 20.0
"""Seconds after which a person gives up waiting."""


class Lost(AssertionError):
    """The person cannot go on: what they want is not there for them."""


def means(thing: Thing, words: str, beside: str = "") -> bool:
    """Whether what a person reads on ``thing``, and beside it, is what they look for."""
    here, wanted = plain(thing.words), plain(words)
    same = here.startswith(wanted) if thing.kind == "choice" else here == wanted
    return same and plain(beside) in plain(thing.row)


class Person(ABC):
    """Somebody who sees the screen, or a part of it. ``keys``: presses, letters, clicks and turns of the wheel."""

    name: ClassVar[str]
    script: ClassVar[bool] = True
    size: ClassVar[tuple[int, int]] = (1280, 800)
    look: ClassVar[str] = ""
    """What the person chose among the preferences, as the cookie writes it."""
    place: ClassVar[str] = ""
    """At a kiosk where on its screen things are, "high" or "low"; empty on a device of one's own."""
    media: ClassVar[dict[str, str]] = {}

    def __init__(self, browser: Any, base: str, locale: Locale, browser_name: str = "chromium") -> None:
        self.browser, self.base, self.locale, self.browser_name = browser, base, locale, browser_name
        self.keys = 0
        self.problems: list[str] = []
        self.begin()

    def begin(self) -> None:
        """A window of a browser that has never been here."""
        width, height = self.size
        options: dict[str, Any] = {"viewport": {"width": width, "height": height}}
        if self.browser_name == "chromium":
            options |= {"java_script_enabled": self.script, "reduced_motion": "reduce", **self.media}
        self.context = self.browser.new_context(**options)
        if self.look:
            self.context.add_cookies([{"name": "madang-look", "value": self.look, "url": self.base}])
        if self.place:
            kiosk = f"{self.locale}-low" if self.place == "low" else self.locale
            self.context.add_cookies([{"name": "madang-kiosk", "value": kiosk, "url": self.base}])
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def leave(self) -> None:
        """Closes the window; what was typed and not sent is gone."""
        self.context.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def said(self, english: str, **values: Any) -> str:
        return said(self.locale, english, **values)

    def visit(self, path: str) -> None:
        """Types an address, or uses a bookmark."""
        self.page.goto(self.base + path)
        self.arrive()

    def arrive(self) -> None:
        """A new page stands there."""
        self.view()

    def view(self) -> View:
        """What is in the window, once it has come to rest."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self.page.wait_for_load_state("load")
                if seen := look(self.page):
                    return seen
            except Exception as error:
                going = "context was destroyed" in str(error) or "navigat" in str(error).lower()
                if not going or time.monotonic() > end:
                    raise
            if time.monotonic() > end:
                raise Lost("no page comes")
            time.sleep(0.05)

    def wait(self, words: str, seconds: float = PATIENCE) -> None:
        """Looks at the window, doing nothing, until it says ``words``."""
        end = time.monotonic() + seconds
        while plain(words) not in plain(self.view().text):
            if time.monotonic() > end:
                raise Lost(f"{words!r} does not appear; there is: {self.view().text[:400]!r}")
            time.sleep(0.1)

    def _turning(self, act: Any, goes: bool) -> None:
        """Acts; then waits for the new page, if there is to be one."""
        mark = "window.personaWasHere"
        self.page.evaluate(f"{mark} = 1")
        act()
        end = time.monotonic() + PATIENCE
        while goes:
            try:
                if not self.page.evaluate(mark):
                    break
            except Exception as error:
                if "closed" in str(error):
                    raise
            if time.monotonic() > end:
                raise Lost(f"nothing happens; there is: {self.view().text[:300]!r}")
            time.sleep(0.05)
        if goes:
            self.view()
            self.arrive()

    @abstractmethod
    def press(self, words: str, beside: str = "", *, goes: bool = True) -> None:
        """Follows a link or presses a button. ``goes``: whether a new page comes."""

    @abstractmethod
    def choose(self, words: str) -> None:
        """Chooses one of several, or ticks a box."""

    @abstractmethod
    def write(self, label: str, text: str) -> None:
        """Writes ``text`` where the words beside the box are ``label``."""

    def pick(self, label: str, words: str) -> None:
        """Chooses one line of the list beside ``label``."""
        raise Lost(f"{self.name} picks nothing from lists")

    @abstractmethod
    def find(self, wanted: str) -> re.Match[str]:
        """Reads the page until ``wanted`` (a regular expression) is read."""

    def sees(self, words: str) -> bool:
        """Whether these words are in the window just now."""
        return plain(words) in plain(self.view().text)

    def reads(self, words: str) -> None:
        """Reads the page until these words are read."""
        self.find(letters(words))
