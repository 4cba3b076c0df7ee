"""People who see the screen and have keys: all of them, or two switches."""

import contextlib
import re
from collections.abc import Callable

from personas.person import Lost, Person, means
from personas.sight import Thing, View
from personas.words import plain
from playwright.sync_api import Error

STEPS = 250
"""Presses of Tab after which somebody gives up: the end of the longest page is nearer."""


class Keyboard(Person):
    """Tab, Shift+Tab, arrows, Enter, Space and letters. Sees the text on the screen, and focus where it can be seen."""

    name = "keyboard"
    read = ""
    """What has been in the window since the page came."""

    def view(self) -> View:
        seen = super().view()
        self.read = (self.read + "\n" + seen.text)[-20000:]
        return seen

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)
        self.keys += 1
        if name.endswith("Tab") and self.browser_name == "firefox":
            self._return()

    def _return(self) -> None:
        """Past the last place of a page Firefox's own bars have the focus, and remote keys do not reach them: somebody
        at the keys presses F6, and is in the page again."""
        with contextlib.suppress(Error):  # the page may be going
            self.page.evaluate("document.hasFocus() || window.focus()")

    def arrive(self) -> None:
        """Past the links that every page has, if nothing has the focus yet."""
        self.read = ""
        if self.view().focused is None:
            self.key("Tab")
            at = self.view().focused
            if at and means(at, self.said("Skip to the main content")):
                self.key("Enter")

    def at(self) -> Thing | None:
        """Where the focus is seen."""
        view = self.view()
        if view.lost:
            raise Lost(f"the focus is on something that cannot be seen, at {self.page.url}")
        if (thing := view.focused) and not thing.ring and thing.kind != "place":
            raise Lost(f"the focus cannot be seen on {thing.words!r}, at {self.page.url}")
        return thing

    def tab_to(self, wanted: Callable[[Thing], bool], what: str, *, back: bool = False) -> Thing:
        passed: list[str] = []
        for _ in range(STEPS):
            thing = self.at()
            if thing and wanted(thing):
                return thing
            passed.append(thing.words.strip()[:40] if thing else "-")
            self.key("Shift+Tab" if back else "Tab")
        raise Lost(f"{what!r} is not reached by Tab, at {self.page.url}; there were {passed[:60]}")

    def press(self, words: str, beside: str = "", *, goes: bool = True) -> None:
        kinds = ("link", "button", "fold")
        self.tab_to(lambda thing: thing.kind in kinds and means(thing, words, beside), words)
        self._turning(lambda: self.key("Enter"), goes)

    def choose(self, words: str) -> None:
        def near(thing: Thing) -> bool:
            """In the group that holds it, as far as the window showed it since the page came."""
            return thing.kind == "choice" and (means(thing, words) or plain(words) in plain(thing.row + self.read))

        thing = self.tab_to(near, words)
        for _ in range(20):
            if means(thing, words):
                break
            self.key("ArrowDown")
            thing = self.at() or thing
        else:
            raise Lost(f"{words!r} is not reached by arrows, at {self.page.url}")
        if not thing.checked:
            self.key("Space")
        if not ((thing := self.at() or thing).checked and means(thing, words)):
            raise Lost(f"{words!r} is not seen to be chosen, at {self.page.url}")

    def write(self, label: str, text: str) -> None:
        self.tab_to(lambda thing: thing.kind == "box" and plain(label) in plain(thing.words + thing.row), label)
        if (thing := self.at()) and thing.value:
            self.key("Control+a")
        self.page.keyboard.type(text)
        self.keys += len(text)

    def pick(self, label: str, words: str) -> None:
        thing = self.tab_to(lambda thing: thing.kind == "box" and plain(label) in plain(thing.words), label)
        self.key("Home")
        for _ in range(120):
            if plain((self.at() or thing).value).startswith(plain(words)):
                return
            self.key("ArrowDown")
        raise Lost(f"{words!r} is not in the list {label!r}, at {self.page.url}")

    def find(self, wanted: str) -> re.Match[str]:
        text = ""
        self.key("Control+Home")
        for _ in range(60):
            view = self.view()
            text += "\n" + view.text
            if found := re.search(wanted, text):
                return found
            if view.bottom:
                break
            self.key("PageDown")
        raise Lost(f"{wanted!r} is not on {self.page.url}; there is: {text[:1500]!r}")


class Switch(Keyboard):
    """Two switches: one goes on (Tab), one presses (Enter on links and buttons, Space on what is chosen).

    Letters are chosen on the device's own scanning keyboard. There are no arrows and no way back.
    """

    name = "switch"

    def key(self, name: str) -> None:
        if name not in ("Tab", "Enter", "Space", "Control+a"):
            raise Lost(f"there is no switch for {name}")
        super().key(name)

    def choose(self, words: str) -> None:
        """A group of choices has one place for Tab, and behind it a button that chooses the next one."""
        thing = self.tab_to(
            lambda each: each.kind == "choice" and plain(words) in plain(self.view().text + self.read), words
        )
        if means(thing, words):
            if not thing.checked:
                self.key("Space")
        else:
            self.tab_to(lambda each: means(each, self.said("Choose the next one")), "Choose the next one")
            for _ in range(20):
                if self.chosen(words):
                    break
                self.key("Space")
        if not self.chosen(words):
            raise Lost(f"{words!r} is not seen to be chosen, at {self.page.url}")

    def chosen(self, words: str) -> bool:
        return any(means(each, words) and each.checked for each in self.view().things)

    def find(self, wanted: str) -> re.Match[str]:
        """The window moves with the focus and in no other way."""
        text = ""
        for _ in range(STEPS):
            text += "\n" + self.view().text
            if found := re.search(wanted, text):
                return found
            self.key("Tab")
        raise Lost(f"{wanted!r} is not read on {self.page.url} by moving on; there was: {text[:800]!r}")


class ForcedColours(Keyboard):
    """Sees the page in the few colours that the system gives: what has no edge in them is not there."""

    name = "forced-colours"
    media = {"forced_colors": "active"}

    def at(self) -> Thing | None:
        thing = super().at()
        if thing and thing.kind in ("button", "box", "choice") and not thing.bounded:
            raise Lost(f"{thing.words!r} has no edge in forced colours, at {self.page.url}")
        return thing
