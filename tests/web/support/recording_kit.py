"""A portal that keeps recordings: what lies in its database, and how a supervisor would see it."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from portal_kit import Visitor
from support_kit import House, house

from madang.i18n.locales import Locale
from madang.remote_support.states import Session
from madang.remote_support.strongbox import Strongbox
from madang.web.clients import recordings
from madang.web.clients import support as trails
from madang.web.support.recorder import SupportRecorder
from madang.web.support.wiring import strongbox
from madang.web.views.desk_playback import Playback, opened
from tests.web.desk.desk_kit import at_the_desk

SUPPORT, RECORDING = "/en/help/support", "/en/help/support/recording"
PERSON, SUPERVISOR, CLERK = "nguyen-van-an", "ma-yunseul", "baek-noeul"


class Kept(House):
    """The house, what lies in its database, and its clock."""

    data: Path

    @property
    def recorder(self) -> SupportRecorder:
        recorder = self.relay.recordings._recorder
        assert isinstance(recorder, SupportRecorder)
        return recorder

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.data / "madang.sqlite") as connection:
            return connection.execute(f"SELECT * FROM {table}").fetchall()

    def of(self, session: Session) -> list[bytes]:
        """The pieces of a session's recording."""
        with sqlite3.connect(self.data / "madang.sqlite") as connection:
            found = connection.execute(
                "SELECT content FROM recording_pieces JOIN recordings ON recording = name WHERE session = ? "
                "ORDER BY number",
                (session.id,),
            ).fetchall()
        return [content for (content,) in found]

    def run(self, statement: str, *values: Any) -> None:
        with sqlite3.connect(self.data / "madang.sqlite") as connection:
            connection.execute(statement, values)

    async def recorded(self, locale: Locale = "en") -> tuple[Visitor, Session]:
        """A citizen who has agreed to help, and to a recording of it."""
        visitor, session = await self.matched(locale)
        answer = {"answer": "yes", "level": "suggest", "record": "yes"}
        await visitor.post(f"/{locale}/help/support/agree", answer)
        return visitor, await self.session(session)

    async def kinds(self, session: Session, until: str) -> list[str]:
        """Of the session's trail, once there is one of that kind."""
        async with asyncio.timeout(10):
            while True:
                acts = (await trails.receipt(self.portal.backend, session.id)).acts
                if until in (found := [act.kind for act in acts]):
                    return found
                await asyncio.sleep(0.05)

    async def played(self, session: Session, box: Strongbox | None = None) -> Playback:
        """What a supervisor would see of it."""
        await self.recorder.flush()
        desk = await at_the_desk(self.app, SUPERVISOR, "ko")
        await desk.post(f"/ko/desk/trails/{session.id}/recording")

        class Who:
            subject, acr, roles = SUPERVISOR, "high", ("supervisor",)

        found = await recordings.read(self.portal.backend, Who, session.id)
        return opened(found, box or strongbox(self.portal.settings), self.portal.now())


@contextlib.asynccontextmanager
async def keeping(data: Path, **more: str) -> AsyncIterator[Kept]:
    async with house(data, **more) as made:
        kept = Kept(made.app)
        kept.relay, kept.data = made.relay, data
        yield kept
