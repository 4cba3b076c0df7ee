"""The other side of a support session: somebody in an ordinary window, by pointer, who has no difficulty with it.

Both sides are on the telephone with each other: what one reads out, the other is told.
"""

import os
import re
import shutil
from typing import Any, Self

from citizen import ARGUMENTS
from playwright.sync_api import Playwright, expect

from madang.i18n.locales import Locale

DESKTOP = ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "GTK_MODULES", "GNOME_ACCESSIBILITY")
"""What leads a browser to the screen reader of this desktop: the other side sits elsewhere."""


class Counterpart:
    """One window of a browser of their own."""

    def __init__(self, playwright: Playwright, base: str, locale: Locale) -> None:
        self.base, self.locale = base, locale
        apart = {name: value for name, value in os.environ.items() if name not in DESKTOP}
        program = shutil.which("chromium") or ""
        self.browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, env=apart)
        self.page = self.browser.new_page(reduced_motion="reduce")
        self.page.set_default_timeout(60_000)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.browser.close()

    def ref(self, name: str) -> Any:
        return self.page.locator(f'[data-ref="{name}"]').first


class Agent(Counterpart):
    """An agent at the desk."""

    def enter(self, code: str, person: str = "baek-noeul") -> None:
        self.page.goto(f"{self.base}/{self.locale}/desk")
        self.ref(f"person:{person}").click()
        self.ref("code").fill(code)
        self.ref("enter-code").click()
        self.page.wait_for_url("**/desk/sessions/*")

    def sees_the_page(self) -> None:
        expect(self.page.locator("[data-blank]")).to_be_hidden(timeout=60_000)

    def highlights(self, element: str) -> None:
        self.page.locator("[data-elements]").select_option(element)
        self.ref("do:highlight").click()

    def is_blind_now(self) -> None:
        """After the end, or on a private page."""
        expect(self.page.locator("[data-blank]")).to_be_visible(timeout=60_000)

    def has_ended(self) -> None:
        expect(self.page.locator("[data-ended]")).to_be_visible(timeout=60_000)


class Caller(Counterpart):
    """A citizen who asks for help."""

    def asks(self) -> str:
        """Returns the code, as it is read out."""
        self.page.goto(f"{self.base}/{self.locale}/services/alien-registration")
        self.ref("foot-support").click()
        self.ref("support-code").click()
        self.page.wait_for_url("**/support/waiting*")
        found = re.search(r"(\d{3})\s+(\d{3})\s+(\d{3})", self.page.inner_text("main"))
        assert found
        return "".join(found.groups())

    def agrees(self, level: str = "suggest") -> None:
        self.page.wait_for_url("**/agree")
        self.ref(f"level:{level}").check()
        self.ref("support-yes").click()
        self.page.wait_for_url("**/services/alien-registration*")

    def hears(self, words: str) -> None:
        expect(self.page.locator("[data-support-said]").last).to_contain_text(words, timeout=60_000)

    def is_alone(self) -> None:
        expect(self.page.locator("[data-support=ended]")).to_be_visible(timeout=60_000)
