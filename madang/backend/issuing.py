"""Issuing jobs: a document is owed from the moment its application is committed, and is made exactly once.

The job is a row that is leased. Whoever holds the lease prints; the transaction that keeps the document closes the
job, so of two printers (a lease that ran out, a worker that came back) only one is kept. A worker that is killed
loses nothing: the lease ends and another worker takes over. The document's number was chosen with the job, so every
attempt prints the same one.
"""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Final, Literal, Protocol

import anyio
import anyio.abc
import msgspec
from sqlalchemy import Connection, RowMapping, insert, select, update

from madang.backend.catalogue.loader import Holdings
from madang.backend.config import BackendConfig
from madang.backend.content import issued_on, valid_until
from madang.backend.database import Database
from madang.backend.drafts import purge
from madang.backend.problems import Refusal
from madang.backend.tables import applications, documents, events, jobs
from madang.contract.messages.documents import DocumentContent
from madang.i18n.korea import day_in_korea

log = logging.getLogger("madang.backend.issuing")

ANSWER_SECONDS: Final = 8.0
"""How long a submission waits for its document; after that the citizen finds it in the list."""
_WAIT_SECONDS: Final = 0.2
_PURGE_SECONDS: Final = 3600.0
_AT_ONCE: Final = 4
_LONGEST_WAIT: Final = 600.0


class Issued(Protocol):
    """A signed document: ``sha256`` in hexadecimal, of ``pdf``."""

    @property
    def pdf(self) -> bytes: ...
    @property
    def sha256(self) -> str: ...
    @property
    def pages(self) -> int: ...


class Press(Protocol):
    """What prints and signs: madang.backend.issuance.pool.IssuingPool."""

    async def issue(self, content: DocumentContent, number: str, verify_url: str) -> Issued: ...
    async def check(self, pdf: bytes) -> Literal["valid", "invalid", "none"]: ...


class IssuingDesk:
    """Runs the jobs of this worker. ``run`` is its life; ``issue_now`` serves the one who waits."""

    def __init__(
        self,
        config: BackendConfig,
        database: Database,
        holdings: Holdings,
        press: Press,
        now: Callable[[], dt.datetime],
    ) -> None:
        self._config = config
        self._database = database
        self._holdings = holdings
        self._press = press
        self._now = now
        self._group: anyio.abc.TaskGroup | None = None
        self._failures = 0

    @property
    def well(self) -> bool:
        """False while documents fail one after another."""
        return self._failures < 3

    @property
    def lease(self) -> dt.timedelta:
        return dt.timedelta(seconds=self._config.lease_seconds)

    def verify_url(self, secret: str) -> str:
        """Where the QR code leads; it names no language, the reader's browser does."""
        return f"{self._config.base_url.rstrip('/')}/verify/{secret}"

    async def run(self, *, task_status: anyio.abc.TaskStatus[None] = anyio.TASK_STATUS_IGNORED) -> None:
        """Takes up what other workers left, until cancelled."""
        async with anyio.create_task_group() as group:
            self._group = group
            task_status.started()
            try:
                purged = -_PURGE_SECONDS
                while True:
                    claimed: list[str] = []
                    try:
                        claimed = await self._claim()
                        async with anyio.create_task_group() as batch:
                            for number in claimed:
                                batch.start_soon(self._attempt, number)
                        if anyio.current_time() - purged > _PURGE_SECONDS:
                            await self._database.write(lambda connection: purge(connection, self._now()))
                            purged = anyio.current_time()
                    except Refusal:
                        log.warning("no database: jobs wait")
                    if len(claimed) < _AT_ONCE:
                        await anyio.sleep(self._config.look_seconds)
            finally:
                self._group = None

    async def issue_now(self, application: str) -> None:
        """Prints a job that the caller's transaction leased, and returns when it is done or after ANSWER_SECONDS. A
        caller who goes away does not stop it."""
        if self._group is None:
            await self._attempt(application)
            return
        done = anyio.Event()

        async def attempt() -> None:
            try:
                await self._attempt(application)
            finally:
                done.set()

        self._group.start_soon(attempt)
        with anyio.move_on_after(ANSWER_SECONDS):
            await done.wait()

    async def wait_for(self, application: str) -> None:
        """Returns when nobody is making a document for ``application`` any more, or after ANSWER_SECONDS: for the
        second of two equal submissions, while the first is being served, perhaps by another worker."""
        held = select(jobs.c.application).where(
            jobs.c.application == application, jobs.c.state == "waiting", jobs.c.failure == ""
        )
        for _ in range(round(ANSWER_SECONDS / _WAIT_SECONDS)):
            if not await self._database.read(lambda connection: connection.execute(held).first()):
                return
            await anyio.sleep(_WAIT_SECONDS)

    async def signature(self, pdf: bytes) -> Literal["valid", "invalid", "none", "not-checked"]:
        """Whether ``pdf`` carries our signature; the register's word stands without it, so no failure passes on."""
        try:
            with anyio.fail_after(ANSWER_SECONDS):
                return await self._press.check(pdf)
        except Exception:
            log.exception("a signature could not be checked")
            return "not-checked"

    async def _claim(self) -> list[str]:
        now = self._now()
        due = (
            select(jobs.c.application)
            .where(jobs.c.state == "waiting", jobs.c.not_before <= now)
            .order_by(jobs.c.not_before)
            .limit(_AT_ONCE)
        )

        def claim(connection: Connection) -> list[str]:
            found = list(connection.execute(due.with_for_update(skip_locked=True)).scalars())
            if found:
                connection.execute(
                    update(jobs)
                    .where(jobs.c.application.in_(found))
                    .values(not_before=now + self.lease, attempts=jobs.c.attempts + 1)
                )
            return found

        # Looking is a read: a house at rest never takes the write lock.
        if not await self._database.read(lambda connection: connection.execute(due).first()):
            return []
        return await self._database.write(claim)

    async def _attempt(self, application: str) -> None:
        """One try at a job whose lease is ours. Never raises but when cancelled."""
        try:
            with anyio.fail_after(self._config.lease_seconds):
                await self._print(application)
            self._failures = 0
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True):
                await self._put_back(application, dt.timedelta(0), "stopped")
            raise
        except Exception as error:
            self._failures += 1
            log.exception("document of application %s not issued", application)
            await self._put_back(application, None, type(error).__name__)

    async def _print(self, application: str) -> None:
        statement = select(jobs).where(jobs.c.application == application, jobs.c.state == "waiting")
        job = await self._database.read(lambda connection: connection.execute(statement).mappings().first())
        if job is None:
            return
        now = self._now()
        content = msgspec.convert(job["content"], DocumentContent)
        content = msgspec.structs.replace(
            content,
            issued_on=issued_on(now, content.locale),
            valid_until=valid_until(now, self._holdings.templates[job["document"]].valid_days, content.locale),
        )
        issued = await self._press.issue(content, job["number"], self.verify_url(job["secret"]))
        await self._database.write(lambda connection: self._keep(connection, job, content, issued, now))

    def _keep(
        self, connection: Connection, job: RowMapping, content: DocumentContent, issued: Issued, now: dt.datetime
    ) -> bool:
        """Closes job and application and keeps the document; False when another printer was first or it was
        withdrawn."""
        number = job["application"]
        # The application's row first, as everyone who changes it does: no two can then wait for each other.
        columns = (applications.c.owner, applications.c.service)
        locked = select(*columns).where(applications.c.number == number).with_for_update()
        application = connection.execute(locked).mappings().one()
        closing = update(jobs).where(jobs.c.application == number, jobs.c.state == "waiting").values(state="done")
        if connection.execute(closing).rowcount == 0:
            return False
        template = self._holdings.templates[job["document"]]
        service = self._holdings.services[application["service"]]
        valid_days = template.valid_days
        day = day_in_korea(now)
        connection.execute(
            insert(documents).values(
                number=job["number"],
                secret=job["secret"],
                application=number,
                document=template.id,
                service=service.identifier,
                owner=application["owner"],
                holder=job["holder"],
                locale=content.locale,
                title=template.title,
                authority=self._holdings.authorities[template.authority].name,
                purpose=job["purpose"],
                content=content,
                issued=now,
                verifiable_until=day + dt.timedelta(days=template.verify_days),
                valid_until=day + dt.timedelta(days=valid_days) if valid_days else None,
                pages=issued.pages,
                size=len(issued.pdf),
                sha256=issued.sha256,
                pdf=issued.pdf,
            )
        )
        connection.execute(update(applications).where(applications.c.number == number).values(status="completed"))
        connection.execute(insert(events).values(application=number, at=now, status="completed"))
        return True

    async def _put_back(self, application: str, wait: dt.timedelta | None, failure: str) -> None:
        """Ends our lease: the job may be tried again after ``wait``, or after longer and longer when None."""

        def work(connection: Connection) -> None:
            row = connection.execute(select(jobs.c.attempts).where(jobs.c.application == application)).first()
            attempts = row.attempts if row else 1
            pause = dt.timedelta(seconds=min(2.0 ** min(attempts, 20), _LONGEST_WAIT)) if wait is None else wait
            connection.execute(
                update(jobs)
                .where(jobs.c.application == application, jobs.c.state == "waiting")
                .values(not_before=self._now() + pause, failure=failure)
            )

        try:
            await self._database.write(work)
        except Refusal:
            log.warning("no database: the lease of %s runs out by itself", application)
