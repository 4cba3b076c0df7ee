"""The browsers of the personas: Debian's Chromium and Firefox ESR."""

import contextlib
import shutil
from collections.abc import Iterator
from typing import Any

from citizen import ARGUMENTS
from playwright.sync_api import Playwright, sync_playwright

FORCED = {"browser.display.document_color_use": 2, "ui.useAccessibilityTheme": 1}
"""Firefox draws pages in the system's colours (it knows no emulation of ``forced-colors``)."""
RETURNING = {"dom.disable_window_flip": False}
"""``window.focus()`` does what F6 does: from the browser's bars into the page."""
STILL = {"ui.prefersReducedMotion": 1, "general.smoothScroll": False}


def missing(browser: str) -> str:
    """Why a browser cannot be used here; empty when it can."""
    program = {"chromium": "chromium", "firefox": "firefox-esr"}[browser]
    return "" if shutil.which(program) else f"{program} is not installed (Debian package {program})"


@contextlib.contextmanager
def playing() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


def launch(playwright: Playwright, browser: str, persona: str = "") -> Any:
    """A browser as this person has set it up."""
    if browser == "chromium":
        return playwright.chromium.launch(executable_path=shutil.which("chromium") or "", args=ARGUMENTS)
    preferences: dict[str, Any] = {**STILL, **RETURNING}
    if persona == "forced-colours":
        preferences |= FORCED
    if persona == "no-script":
        preferences["javascript.enabled"] = False
    return playwright.firefox.launch(
        channel="moz-firefox",
        executable_path=shutil.which("firefox-esr") or "",
        firefox_user_prefs=preferences,
    )
