"""Every state of every page of the portal, walked through by HTTP: what the audit looks at."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import anyio
from accessibility import walk_apply, walk_public, walk_support
from accessibility.album import Album, Assets, Shot, portal_at, same_every_time

from madang.accessibility.audit.scenes import Asset
from madang.backend.catalogue.loader import load
from madang.backend.config import CATALOGUE
from madang.i18n.locales import LOCALES, Locale

USUAL = ""
LOOKS = (
    "size-200.spacing-wide",
    "theme-yellow.targets-large",
    "theme-dark.lines-short",
    "words-easy.questions-single",
    "size-300.theme-light.motion-none",
    "spacing-widest.aloud-on.ruler-on.time-off",
)
"""Preferences as the cookie writes them. Each of the choices that changes how a page looks stands in one."""


@dataclass
class Walked:
    """``assets``: the files of the pages. ``gaps``: what could not be reached, and why."""

    shots: list[Shot] = field(default_factory=list)
    assets: dict[str, Asset] = field(default_factory=dict)
    gaps: list[str] = field(default_factory=list)


def rounds(full: bool) -> list[tuple[Locale, str]]:
    """Language and look of each walk: by default every language in the usual look and in one other."""
    looks = LOOKS if full else ()
    turns = [(locale, USUAL) for locale in LOCALES]
    turns += [(locale, LOOKS[place]) for place, locale in enumerate(LOCALES) if not full]
    return turns + [(locale, look) for look in looks for locale in LOCALES]


async def _walk(locale: Locale, look: str, data: Path, catalogue: Path, walked: Walked) -> None:
    holdings = load(CATALOGUE)
    services = partial(walk_apply.each_service, holdings=holdings)
    services.__name__ = "each_service"  # type: ignore[attr-defined]
    parts = (
        walk_public.public, walk_public.sign_in_problems, walk_public.people, walk_public.reported,
        walk_public.preferred, walk_public.kiosk, walk_public.refused, walk_apply.alien_registration,
        walk_apply.every_question, services, walk_apply.signed_in, walk_support.helped, walk_support.asking,
        walk_support.desk, walk_support.supervision, walk_support.telephone, walk_support.appointments,
        walk_public.outage,
    )  # fmt: skip
    async with portal_at(data, catalogue) as (house, backend):
        album = Album(house, backend, locale, look)
        for part in parts:
            await album.part(part)
        assets = Assets(house.visitor().http)
        assets.kept = walked.assets
        for shot in album.shots:
            await assets.of(shot)
        walked.shots += album.shots
        walked.gaps += album.gaps


def walk(turns: Sequence[tuple[Locale, str]]) -> Walked:
    """Takes every state, in each language and look of ``turns``. Each turn has a portal, a clock and a dice of its own:
    its pages are the same whichever turns came before."""
    walked = Walked()
    with tempfile.TemporaryDirectory(prefix="madang-states-") as folder:
        catalogue = walk_apply.catalogue_with_everything(Path(folder) / "catalogue")
        for turn, (locale, look) in enumerate(turns):
            with same_every_time():
                anyio.run(_walk, locale, look, Path(folder) / f"var-{turn}", catalogue, walked)
    return walked
