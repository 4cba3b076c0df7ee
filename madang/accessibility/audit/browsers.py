"""The browsers of this machine; none is ever downloaded."""

import os
import shutil
from typing import TYPE_CHECKING, Any, Final

from madang.accessibility.findings import Browser, PageState

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Launched
    from playwright.sync_api import BrowserContext, Playwright

CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FIREFOX: Final = ("firefox-esr", "firefox")
ARGUMENTS: Final = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
HEIGHT: Final = {320: 640}
"""Of the window, in CSS px, by its width; else 800."""


def found(browser: Browser) -> str | None:
    """The path of a browser, if this machine has it."""
    return next(
        (path for name in (CHROMIUM if browser == "chromium" else FIREFOX) if (path := shutil.which(name))), None
    )


def launch(playwright: "Playwright", browser: Browser) -> "Launched":
    path = found(browser)
    if browser == "firefox":
        return playwright.firefox.launch(channel="moz-firefox", executable_path=path)
    # As root Chromium has no sandbox to go into.
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return playwright.chromium.launch(executable_path=path, args=arguments)


def context(launched: "Launched", state: PageState, device: str = "") -> "BrowserContext":
    """A window for ``state``. Pages' security policies are set aside, for engines are scripts that no page allows."""
    more: dict[str, Any] = {}
    if state.browser == "chromium":  # Firefox is not told: it does not listen
        more["color_scheme"] = "dark" if device == "dark" else "light"
        more["reduced_motion"] = "reduce"
        if device == "forced":
            more["forced_colors"] = "active"
    made = launched.new_context(
        bypass_csp=True,
        viewport={"width": state.width, "height": HEIGHT.get(state.width, 800)},
        locale=state.locale or "en",
        accept_downloads=False,
        service_workers="block",
        **more,
    )
    made.set_default_timeout(20_000)
    return made
