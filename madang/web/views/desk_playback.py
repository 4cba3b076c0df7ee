"""A recording opened again: steps in their order, and the page as the agent saw it at each of them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from madang.contract.messages.recordings import Recording
from madang.remote_support.messages import Fragment, Page, Seen, Status
from madang.remote_support.strongbox import Step, Strongbox, Unreadable
from madang.web.views.desk_patch import patched


@dataclass(frozen=True, slots=True)
class Playback:
    """``steps``: what can be trusted. ``broken``: from there on it is not what was recorded. ``ended``: the end is in
    it."""

    steps: tuple[Step, ...]
    broken: bool
    ended: bool

    def page(self, number: int) -> Page | None:
        """What the agent saw after the step of that number (from 1); None where they saw nothing."""
        page: Page | None = None
        fragments: list[Fragment] = []
        for step in self.steps[:number]:
            match step.what:
                case Page():
                    page, fragments = step.what, []
                case Fragment(of) if page is not None and of == page.number:
                    fragments.append(step.what)
                case Fragment() | Seen():
                    pass
                case _:
                    page = None
        return patched(page, fragments) if page is not None else None

    def named(self, number: int, ref: str) -> str:
        """What the element is called that is known by ``ref`` at that step; empty when it is not there."""
        for step in reversed(self.steps[:number]):
            if isinstance(step.what, Page | Fragment) and ref in step.what.elements:
                return step.what.elements[ref].name
            if isinstance(step.what, Page):
                break
        return ""


def opened(recording: Recording, box: Strongbox, now: dt.datetime) -> Playback:
    """Raises ``Unreadable`` where nothing of it can be opened, or where its time is over."""
    if recording.expires <= now:
        raise Unreadable
    key = box.open(recording.name, recording.expires, recording.key)
    steps: list[Step] = []
    broken = False
    try:
        for number, piece in enumerate(recording.items, 1):
            steps += key.open(number, piece.content)
        key.whole(len(recording.items), recording.end)
    except Unreadable:
        broken = True
    return Playback(tuple(steps), broken, _ended(steps))


def _ended(steps: Sequence[Step]) -> bool:
    return any(isinstance(step.what, Status) for step in steps)
