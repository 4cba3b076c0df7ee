"""What an audit looks at and what it finds: states of pages, findings, results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from madang.accessibility.checks.site import Extract

Outcome = Literal["passed", "failed", "cantTell", "inapplicable", "untested"]
"""The outcomes of EARL 1.0 (W3C). ``cantTell``: an engine suspects, a person must judge."""
Browser = Literal["chromium", "firefox"]
EXCERPT: Final = 200
"""Characters of markup that a finding shows at most."""


@dataclass(frozen=True, slots=True)
class PageState:
    """One page in one state, as one person sees it: what is audited once.

    ``name``: e.g. "guide", "radios, error", the same in every language. ``preferences``: as the cookie writes them,
    empty for none. ``width``: of the window, in CSS px.
    """

    name: str
    locale: str
    url: str
    width: int = 1280
    preferences: str = ""
    browser: Browser = "chromium"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or may be.

    ``criterion``: of WCAG 2.2 ("1.4.3"), or "best" for good practice beyond it. ``rule``: engine and its rule
    ("axe:color-contrast", "check:reflow"). ``target``: a CSS selector. ``advice``: what to do, one English sentence.
    """

    criterion: str
    rule: str
    outcome: Outcome
    target: str = ""
    html: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class PageResult:
    """What the engines and checks said of one state. ``key``: hash of its HTML, its CSS and the engines' versions.
    ``passed``: the criteria that something looked at here and found nothing wrong with, and what looked."""

    state: PageState
    key: str
    findings: tuple[Finding, ...] = ()
    passed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    """Why a part could not be looked at (an engine that crashed, a page that hangs), one English sentence each."""
    extract: Extract | None = None
    """What the page says of itself to be compared with the others of its site; of an audit by address, not kept."""
