"""What ``madang clerk`` and ``madang reports`` do. A real agency decides in its own system, by the same contract."""

import contextlib
import getpass
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import anyio
import msgspec

from madang.contract.messages.applications import Decision
from madang.contract.messages.reports import ReceivedReport, Wrong
from madang.i18n import formats
from madang.web.clients import (
    BackendError,
    Impossible,
    Invalid,
    NotFound,
    NotOnRegister,
    Unavailable,
    applications,
    clerk,
    reports,
)
from madang.web.clients.http import Backend
from madang.web.settings import Settings
from madang.web.wiring import client, embedded_backend

ROLES: Final = ("clerk",)
WRONG: Final[Mapping[Wrong, str]] = {
    "fact": "a fact is wrong",
    "unclear": "hard to understand",
    "broken": "something does not work",
    "translation": "the translation",
    "accessibility": "it cannot be used with a disability",
    "other": "something else",
}
_REFUSALS: Final[tuple[tuple[type[BackendError], str], ...]] = (
    (NotFound, "No application of that number waits for a clerk."),
    (Impossible, "It cannot be decided any more: it was decided or withdrawn, or its service or person is gone."),
    (
        NotOnRegister,
        "Somebody or something it names is on no register, so it cannot be approved. Return it and say why.",
    ),
    (Invalid, "Say why: --reason, up to 1,000 characters."),
    (Unavailable, "The backend does not answer."),
)


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who decides, as the backend writes it down."""

    subject: str = field(default_factory=lambda: f"operator:{getpass.getuser()}")
    acr: str = "high"
    roles: Sequence[str] = ROLES


@contextlib.asynccontextmanager
async def _backend(settings: Settings) -> AsyncIterator[Backend]:
    """The backend that the portal has: over HTTP, or the embedded one on the same database."""
    app = None if settings.backend_urls else embedded_backend(settings)
    async with contextlib.AsyncExitStack() as stack:
        if app is not None:
            await stack.enter_async_context(app.router.lifespan_context(app))
        yield await stack.enter_async_context(client(settings, app, lambda _observed: None))


async def at_backend(settings: Settings, work: Callable[[Backend], Awaitable[None]]) -> None:
    """Does ``work`` at the backend. A refusal is raised outside, where no task group wraps it."""
    refused: BackendError | None = None
    async with _backend(settings) as backend:
        try:
            await work(backend)
        except BackendError as error:
            refused = error
    if refused is not None:
        raise refused


class Desk:
    """One clerk at the backend of ``settings``; ``say`` takes each line that is told."""

    def __init__(self, settings: Settings, say: Callable[[str], None]) -> None:
        self._settings = settings
        self._say = say
        self._clerk = Clerk()

    async def _work(self, work: Callable[[Backend], Awaitable[None]]) -> None:
        await at_backend(self._settings, work)

    async def list(self) -> None:
        """Everything that waits, the earliest deadline first."""
        await self._work(self._list)

    async def show(self, number: str, folder: Path | None) -> None:
        """One application: answers, what the registers hold, attachments, which go into ``folder`` where given."""
        await self._work(lambda backend: self._show(backend, number, folder))

    async def decide(self, number: str, decision: Decision) -> None:
        """Says what became of it. Raises BackendError."""
        await self._work(lambda backend: self._decide(backend, number, decision))

    async def reports(self) -> None:
        """What readers said is wrong on a page, newest first."""
        await self._work(self._reports)

    async def _reports(self, backend: Backend) -> None:
        found = await reports.listed(backend, self._clerk)
        for item in found.items:
            told = item.report
            owed = f"  {item.reference}  {_owed(item)}" if item.answer_by else ""
            self._say(f"{item.at:%Y-%m-%d %H:%M}  /{told.locale}{told.page}  {WRONG[told.wrong]}{owed}")
            for line in told.text.splitlines():
                self._say(f"  {line}")
        self._say(f"{len(found.items)} reports.")

    async def answer(self, reference: str, text: str) -> None:
        """Answers who reported. Raises BackendError."""
        await self._work(lambda backend: self._answer(backend, reference, text))

    async def _answer(self, backend: Backend, reference: str, text: str) -> None:
        await reports.answer(backend, self._clerk, reference, text)
        self._say(f"{reference}: answered")

    async def _list(self, backend: Backend) -> None:
        found = await clerk.waiting(backend, self._clerk)
        for item in found.items:
            due = f"decide by {item.due.isoformat()}" if item.due else "no deadline"
            self._say(f"{item.number}  {item.service}  {item.status}  {due}  {item.applicant.full}")
        self._say(f"{len(found.items)} waiting.")

    async def _show(self, backend: Backend, number: str, folder: Path | None) -> None:
        case = await clerk.case(backend, self._clerk, number)
        application = case.application
        self._say(f"{application.number}  {application.service}  {application.status}")
        self._say(f"From {case.applicant.full}, {formats.date_time(application.submitted, 'en')}")
        self._say("\nAnswers\n" + _written(application.answers))
        for evidence, record in case.records.items():
            self._say(f"\nRegister {evidence}\n" + (_written(record) if record else "  holds nothing"))
        if application.files:
            self._say("\nAttachments")
        for file in application.files:
            self._say(f"  {file.name}  {file.media_type}  {file.size} bytes")
            if folder is not None:
                content = await clerk.file(backend, self._clerk, number, file.id)
                target = anyio.Path(folder)
                await target.mkdir(parents=True, exist_ok=True)
                await (target / f"{file.id[:6]}-{Path(file.name).name}").write_bytes(content)

    async def _decide(self, backend: Backend, number: str, decision: Decision) -> None:
        decided = await applications.decide(backend, self._clerk, number, decision)
        self._say(f"{decided.number}: {decided.status}")


def look_after_reports(settings: Settings, reference: str, text: str, say: Callable[..., None]) -> int:
    """``madang reports``: lists them, or answers the one of ``reference``; gives the exit status."""
    desk = Desk(settings, say)
    try:
        if reference:
            anyio.run(desk.answer, reference, text)
        else:
            anyio.run(desk.reports)
    except Invalid:
        say("madang: Say what the answer is: --text, up to 4,000 characters.", sys.stderr)
        return 1
    except NotFound:
        say("madang: No report has that reference.", sys.stderr)
        return 1
    except BackendError as error:
        say(f"madang: {refusal(error)}", sys.stderr)
        return 1
    return 0


def refusal(error: BackendError) -> str:
    """What an operator is told of an error."""
    return next((words for kind, words in _REFUSALS if isinstance(error, kind)), str(error))


def _owed(item: ReceivedReport) -> str:
    return f"answered {item.answered:%Y-%m-%d}" if item.answered else f"answer by {item.answer_by}"


def _written(value: Any) -> str:
    lines = json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2).splitlines()
    return "\n".join(f"  {line}" for line in lines)
