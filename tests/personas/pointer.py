"""People who see the screen and have a pointer: a part of the page at 400 %, no JavaScript, hands that shake, or a
kiosk in front of them and a wheelchair beneath."""

import contextlib
import random
import re
import time
from collections.abc import Callable

from personas.person import PATIENCE, Lost, Person, means
from personas.sight import Thing
from personas.words import plain
from playwright.sync_api import Error

TARGET = 44
"""CSS px (WCAG 2.5.5)."""


class Pointer(Person):
    """Scrolls by the wheel, presses with the pointer, types letters."""

    name = "pointer"
    step = 500
    read = ""
    """The text of the window that was looked at last."""

    def wheel(self, pixels: int) -> None:
        try:
            self._turn(pixels)
        except Error:  # the window was just getting another page; where it is not that, it fails again
            self.view()
            self._turn(pixels)
        self.page.wait_for_timeout(60)
        self.keys += 1

    def _turn(self, pixels: int) -> None:
        self.page.mouse.move(self.size[0] / 2, self.size[1] / 2)
        self.page.mouse.wheel(0, pixels)

    def click(self, thing: Thing) -> None:
        self.page.mouse.click(thing.x, thing.y)
        self.keys += 1

    def measure(self, thing: Thing) -> None:
        """For who presses nothing that is smaller than a target."""
        if min(thing.w, thing.h) < TARGET - 0.5:
            raise Lost(f"{thing.words!r} is {thing.w:.0f} by {thing.h:.0f} px, at {self.page.url}")

    def seek(self, wanted: Callable[[Thing], bool], what: str) -> Thing:
        """Looks through the page from where it is to its end, then from its beginning."""
        for round_ in range(2):
            for _ in range(200):
                view = self.view()
                self.read = view.text
                found = [each for each in view.things if wanted(each)]
                if found and not found[0].cut:
                    return found[0]
                if view.bottom:
                    if found:
                        return found[0]
                    break
                self.wheel(self.step if not found else 60)
            if round_ == 0:
                self.wheel(-100000)
        raise Lost(f"{what!r} is not seen on {self.page.url}; there is: {[t.words[:30] for t in self.view().things]}")

    def press(self, words: str, beside: str = "", *, goes: bool = True) -> None:
        kinds = ("link", "button", "fold")
        try:
            thing = self.seek(lambda each: each.kind in kinds and means(each, words, beside), words)
        except Lost:
            if not beside:
                raise
            self._to_the_top(beside)
            thing = self.seek(lambda each: each.kind in kinds and means(each, words), words)
        self._turning(lambda: self.click(thing), goes)

    def _to_the_top(self, words: str) -> None:
        """What belongs to these words may begin a window later: they are brought to the upper edge of this one."""
        self.reads(words)
        while self.sees(words) and not self.view().bottom:
            self.wheel(40)
        self.wheel(-40)

    def choose(self, words: str) -> None:
        thing = self.seek(lambda each: each.kind == "choice" and means(each, words), words)
        if not thing.checked:
            self.click(thing)
        if not any(each.checked and means(each, words) for each in self.view().things):
            raise Lost(f"{words!r} is not seen to be chosen, at {self.page.url}")

    def write(self, label: str, text: str) -> None:
        read: list[str] = []

        def beneath(each: Thing) -> bool:
            """The box stands under words that have just been read, perhaps on the last window but one."""
            if not read or read[-1] != self.read:
                read.append(self.read)
            return each.kind == "box" and plain(label) in plain(each.words + each.row + " ".join(read[-4:]))

        thing = self.seek(beneath, label)
        self.click(thing)
        if thing.value:
            self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        self.keys += len(text)

    def find(self, wanted: str) -> re.Match[str]:
        for _ in range(2):  # a page that was just coming may have seemed to end: who does not find looks once more
            text = ""
            self.wheel(-100000)
            for _ in range(200):
                view = self.view()
                text += "\n" + view.text
                if found := re.search(wanted, text):
                    return found
                if view.bottom:
                    break
                self.wheel(self.step)
            self.page.wait_for_timeout(1000)
        raise Lost(f"{wanted!r} is not on {self.page.url}; there is: {text[:1500]!r}")


class Zoomed(Pointer):
    """400 % on a screen of 1280 by 1024: a quarter of each stays."""

    name = "zoom-400"
    size = (320, 256)
    step = 160

    def wait(self, words: str, seconds: float = PATIENCE) -> None:
        """What comes may come outside the small window: looks around for it."""
        end = time.monotonic() + seconds
        while not self.sees(words):
            with contextlib.suppress(Lost):
                self.reads(words)
                return
            if time.monotonic() > end:
                raise Lost(f"{words!r} does not appear anywhere on {self.page.url}")


class NoScript(Pointer):
    """JavaScript is switched off."""

    name = "no-script"
    script = False


class SlowHands(Pointer):
    """Hands that shake: a press lands up to half a target's size from its middle; everything takes long.

    Has chosen larger targets and more time. Presses nothing that is smaller than 44 px.
    """

    name = "slow-hands"
    look = "targets-large.time-ten"

    def begin(self) -> None:
        super().begin()
        self.chance = random.Random(44)

    def click(self, thing: Thing) -> None:
        self.measure(thing)
        aside = TARGET / 2 - 3
        self.page.mouse.move(
            thing.x + self.chance.uniform(-aside, aside), thing.y + self.chance.uniform(-aside, aside), steps=3
        )
        self.page.mouse.down()
        self.page.wait_for_timeout(120)
        self.page.mouse.up()
        self.keys += 1


class Seated(Pointer):
    """In a wheelchair at a kiosk as tall as a person, with a finger: what is in the upper part is out of reach.

    Presses nothing that is smaller than 44 px. Letters are those of the kiosk's own keyboard.
    """

    name = "kiosk"
    size = (1080, 1920)
    step = 700
    place = "low"
    highest = 0.42

    def _turn(self, pixels: int) -> None:
        self.page.mouse.move(self.size[0] / 2, self.size[1] * 0.7)
        self.page.mouse.wheel(0, pixels)

    def click(self, thing: Thing) -> None:
        self.measure(thing)
        if thing.y < self.highest * self.size[1]:
            raise Lost(f"{thing.words!r} is out of reach, at {self.page.url}")
        super().click(thing)
