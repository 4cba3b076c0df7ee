"""Who signs out leaves: whoever sits down next reads nothing of the help that is over."""

from pathlib import Path

import pytest
from support_kit import house

from madang.remote_support.messages import Chat

pytestmark = pytest.mark.anyio


async def test_signing_out_forgets_help_that_is_over(tmp_path: Path) -> None:
    async with house(tmp_path / "var") as at:
        visitor, session = await at.helped("en")
        await visitor.post("/en/sign-out")
        assert (await at.session(session)).live, "help goes on: the banner says so, and has its Stop"
        assert not await at.relay.up(session.id, "citizen", Chat("only for us"))
        await visitor.post("/en/help/support/stop")
        assert "only for us" in (await visitor.get("/en/help/support/transcript")).text
        await visitor.post("/en/sign-out")
        page = await visitor.get("/en/help/support/transcript")
        assert "only for us" not in page.text
        assert page.url.path == "/en/help/support"
