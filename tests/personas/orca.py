"""The blind personas: where Orca can be heard, which journeys they make, and one of them made."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from personas.browsers import playing
from personas.cases import Case, record, travel
from personas.evidence import Run

from madang.i18n.locales import LOCALES

HERE = Path(__file__).parent
PROGRAMS = {
    "orca": "orca",
    "xdotool": "xdotool",
    "Xvfb": "xvfb",
    "xvfb-run": "xvfb",
    "openbox": "openbox",
    "speech-dispatcher": "speech-dispatcher",
    "dbus-run-session": "dbus-daemon",
    "firefox-esr": "firefox-esr",
    "chromium": "chromium",
}
LANGUAGES = {
    "firefox": {
        "certificate": LOCALES,
        "resumed": ("en", "ko", "ja"),
        "recovery": ("en", "ko", "vi"),
        "time": ("en", "ko", "th"),
        "helped": ("en", "vi", "th"),
        "helping": ("ko", "ja", "vi"),
    },
    "chromium": {
        "certificate": LOCALES,
        "resumed": ("en", "th", "zh", "vi"),
        "recovery": ("en", "th", "ja", "zh"),
        "time": ("en", "ja", "zh", "vi"),
        "helped": ("en", "ja", "ko", "zh"),
        "helping": ("ko", "en", "zh", "th"),
    },
}
"""Each journey in each language, in one of the two browsers or in both."""
LONGEST = 900
"""Seconds for one journey."""


def unheard() -> str:
    """Why no screen reader can be heard here; empty when one can."""
    lacking = sorted({package for program, package in PROGRAMS.items() if not shutil.which(program)})
    if lacking:
        return f"not installed (Debian packages): {' '.join(lacking)}; root's make test-full installs them"
    return ""


def blind_cases() -> Iterator[Case]:
    """The citizen, and the agent at the desk (journey "helping")."""
    for browser, journeys in LANGUAGES.items():
        for journey, locales in journeys.items():
            persona = "blind-agent-orca" if journey == "helping" else "blind-orca"
            yield from (Case(persona, journey, locale, browser) for locale in locales)  # type: ignore[arg-type]


def walk_blind(base: str, case: Case) -> Run:
    """Makes one journey on a desktop of its own. Raises RuntimeError with what was heard when it is not finished."""
    desktop = ["xvfb-run", "-a", "-s", "-screen 0 1280x1024x24", "dbus-run-session", "--", str(HERE / "desktop.sh")]
    driver = [sys.executable, str(HERE / "orca.py"), base, case.persona, case.journey, case.locale, case.browser]
    paths = os.pathsep.join([str(HERE.parents[1]), str(HERE.parent), str(HERE.parent / "e2e")])
    process = subprocess.Popen(
        [*desktop, *driver],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=LONGEST)
    except subprocess.TimeoutExpired:
        out, err = "", f"not finished after {LONGEST} seconds"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
    line = next((each for each in reversed(out.splitlines()) if each.startswith("{")), "")
    if not line:
        raise RuntimeError(err[-3000:])
    told = json.loads(line)
    if "problem" in told:
        raise RuntimeError(told["problem"])
    return Run(**told)


def drive(base: str, case: Case) -> None:
    """Inside the desktop: makes the journey and prints what came of it."""
    from dataclasses import asdict

    from personas.blind import Blind

    with contextlib.ExitStack() as stack:
        person = stack.enter_context(Blind(None, base, case.locale, case.browser))
        began = time.monotonic()
        playwright = stack.enter_context(playing())
        try:
            travel(playwright, stack, person, case.journey)
        except Exception as error:
            heard = "\n".join(person.log[-40:])
            print(json.dumps({"problem": f"{type(error).__name__}: {error}\n{heard}"}))
        else:
            print(json.dumps(asdict(record(case, person, began))))


if __name__ == "__main__":
    drive(sys.argv[1], Case(*sys.argv[2:]))  # type: ignore[arg-type]
