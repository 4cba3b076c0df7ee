"""A blind person with the Orca screen reader: speech and keys, nothing else.

Runs inside ``desktop.sh``. What is on the page is known only by what Orca said; the browser is an ordinary window that
is steered by key presses of the desktop (xdotool), never through Playwright.
"""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, ClassVar

from personas.ear import Ear, press, type_text
from personas.person import Lost, Person
from personas.words import plain

STEPS = 130
FIREFOX = {
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.policy.firstRunURL": "",
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.urlbar.suggest.searches": False,
    "browser.urlbar.autoFill": False,
    "signon.rememberSignons": False,
    "extensions.formautofill.addresses.enabled": False,
}
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=Translate,TranslateUI",
    "--force-renderer-accessibility",
    "--test-type",
]
ROLES = r"(visitedlink|link|pushbutton|button|togglebutton|menuitem|collapsed|expanded|unavailable|[:(,、،.]|$)"
"""What Orca says after the name of a thing that can be pressed, or how a longer name goes on."""


def literal(words: str) -> str:
    return re.escape(plain(words))


class Blind(Person):
    """Tab, arrows, Enter, Space, letters, and Orca's keys for browsing (H, B, K, F)."""

    name = "blind-orca"
    windows: ClassVar[int] = 0

    def begin(self) -> None:
        self.ear = Ear()
        self.page_heard = ""
        self.log: list[str] = []
        self.process: subprocess.Popen[bytes] | None = None

    def _open(self, url: str) -> None:
        """A window of a browser that has never been here."""
        Blind.windows += 1
        home = Path(os.environ["DESKTOP"]) / f"profile-{Blind.windows}"
        home.mkdir()
        if self.browser_name == "firefox":
            lines = (f'user_pref("{name}", {_js(value)});' for name, value in FIREFOX.items())
            (home / "user.js").write_text("\n".join(lines))
            command = [shutil.which("firefox-esr") or "", "-no-remote", "-profile", str(home), "--kiosk", url]
        else:
            (home / "Default").mkdir()
            (home / "Default/Preferences").write_text(
                '{"translate": {"enabled": false}, "browser": {"has_seen_welcome_page": true}}'
            )
            command = [shutil.which("chromium") or "", *CHROMIUM, f"--user-data-dir={home}", "--start-maximized", url]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def leave(self) -> None:
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
            self.process = None
            time.sleep(1)

    def note(self, what: str, heard: str) -> str:
        self.log.append(f"{what}: {heard[:300]}")
        return heard

    def key(self, *names: str, patience: float = 3.0) -> str:
        """Presses and listens."""
        self.ear.hear(0.05, 0.1)
        press(*names)
        self.keys += len(names)
        heard = self.note("+".join(names), self.ear.hear(patience=patience))
        self.page_heard += " " + heard
        return heard

    def visit(self, path: str) -> None:
        if self.process is None:
            self._open(self.base + path)
        else:
            press("ctrl+l")
            time.sleep(0.4)
            type_text(self.base + path)
            self.keys += len(path) + 2
            time.sleep(0.3)
            press("Return")
        self.arrive(60)

    def arrive(self, patience: float = 25.0) -> None:
        """A new page reads itself out."""
        self.page_heard = self.note("page", self.ear.hear(1.6, patience, until=r"[Ll]oaded|heading"))

    def wait(self, words: str, seconds: float = 30) -> None:
        """Listens, doing nothing."""
        end = time.monotonic() + seconds
        while plain(words) not in plain(self._text()):
            if time.monotonic() > end:
                raise Lost(f"{words!r} is not heard; the last was {self.log[-4:]}")
            heard = self.ear.hear(patience=2)
            if heard:
                self.page_heard += " | " + self.note("(waiting)", heard)

    def _text(self) -> str:
        return re.sub(r"\s*\|\s*", " ", self.page_heard)

    def _walk(self, keys: str, pattern: str, what: str) -> str:
        """Presses ``keys`` until what is said matches."""
        for _ in range(STEPS):
            heard = self.key(keys)
            if re.search(pattern, plain(re.sub(r"\s*\|\s*", " ", heard))):
                return heard
        raise Lost(f"{what!r} is not reached by {keys}; the last were {self.log[-25:]}")

    def press(self, words: str, beside: str = "", *, goes: bool = True) -> None:
        pattern = literal(words) + (".{0,3}" + literal(beside) if beside else ROLES)
        last = self.log[-1] if self.log and not self.log[-1].startswith("page") else ""
        if last.startswith("(waiting)"):  # a dialog came by itself: what was said last has the focus
            last = last.rpartition(" | ")[2]
        if not re.search(pattern, plain(last.split(": ", 1)[-1].replace(" | ", " "))):
            self._walk("Tab", pattern, words)
        self.ear.hear(0.05, 0.1)
        press("Return")
        self.keys += 1
        if goes:
            self.arrive()
        else:
            self.page_heard += " | " + self.note("Return", self.ear.hear(1.0))

    def choose(self, words: str) -> None:
        wanted = literal(words)
        for _ in range(STEPS):
            heard = self.key("Tab")
            if "radiobutton" in plain(heard) or "checkbox" in plain(heard):
                break
        for _ in range(20):
            if wanted in plain(heard):
                break
            heard = self.key("Down")
        else:
            raise Lost(f"{words!r} is not heard among the choices; the last were {self.log[-22:]}")
        if "notselected" in plain(heard) or "notchecked" in plain(heard):
            heard = self.key("space")
        if re.search(r"not(selected|checked)", plain(heard)):
            raise Lost(f"{words!r} is not said to be chosen: {self.log[-4:]}")

    def write(self, label: str, text: str) -> None:
        if not re.search(r"entry|edit", plain(self.log[-1])) or literal(label) not in plain(self.log[-1]):
            self._walk("Tab", literal(label) + ".*(entry|edit)", label)
        type_text(text)
        self.keys += len(text)
        self.note(f"typed {text}", self.ear.hear())

    def pick(self, label: str, words: str) -> None:
        self._walk("Tab", literal(label), label)
        heard = self.key("Home")
        for _ in range(120):
            if plain(re.sub(r"\s*\|\s*", " ", heard)).startswith(plain(words)):
                return
            heard = self.key("Down", patience=1.5)
        raise Lost(f"{words!r} is not heard in the list {label!r}: {self.log[-30:]}")

    def find(self, wanted: str) -> re.Match[str]:
        """In what the page has read out by itself; else line by line from its beginning."""
        if found := re.search(wanted, self._text()):
            return found
        self.key("ctrl+Home")
        for _ in range(150):
            self.key("Down", patience=1.5)
            if found := re.search(wanted, self._text()):
                return found
        raise Lost(f"{wanted!r} is not read out; there was {self._text()[-1500:]!r}")

    def sees(self, words: str) -> bool:
        return plain(words) in plain(self._text())

    def view(self) -> Any:
        raise Lost("a blind person sees nothing")


def _js(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'
