"""Who signs out leaves: help ends with it, and whoever sits down next reads nothing of it."""

from pathlib import Path
from typing import Any

import pytest
from outage_kit import says
from portal_kit import portal
from support_kit import house

from madang.remote_support.messages import Chat
from madang.web.support.request import COOKIE
from tests.web.desk.desk_kit import Helped, at_the_desk

pytestmark = pytest.mark.anyio


async def test_signing_out_ends_the_help_and_forgets_it(tmp_path: Path) -> None:
    async with house(tmp_path / "var") as at:
        visitor, session = await at.helped("en")
        assert not await at.relay.up(session.id, "citizen", Chat("only for us"))
        page = await visitor.post("/en/sign-out")
        after = await at.session(session)
        assert (after.state, after.ended_by, after.reason) == ("ended", "citizen", "stopped")
        assert says(page, "en", "Remote support has ended. Nobody sees your pages.")
        assert not visitor.http.cookies.get(COOKIE)
        assert not says(await visitor.get("/en/signed-out"), "en", "Remote support has ended. Nobody sees your pages.")
        page = await visitor.get("/en/help/support/transcript")
        assert "only for us" not in page.text
        assert page.url.path == "/en/help/support"


async def test_an_agent_who_signs_out_ends_what_they_are_in(tmp_path: Path) -> None:
    async with portal(tmp_path) as app:
        visitor: Any = await at_the_desk(app)
        mine, others = await Helped.asking(app), await Helped.asking(app)
        await visitor.post("/ko/desk/code", {"code": mine.code})
        await mine.agrees("view")
        await visitor.post("/ko/sign-out")
        after = await mine.now()
        assert (after.state, after.ended_by) == ("ended", "agent")
        assert (await others.now()).state == "waiting"
