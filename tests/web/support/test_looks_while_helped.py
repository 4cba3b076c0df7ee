"""A citizen's look and an agent's: each their own, and none breaks the mirror."""

import re
from collections.abc import AsyncIterator

import pytest
from support_kit import House, house

from madang.remote_support.states import LONGEST, Limits
from madang.web.preferring import COOKIE
from tests.web.desk.desk_kit import Helped
from tests.web.desk.test_desk import at_the_desk

pytestmark = pytest.mark.anyio
LOOK = "size-300.theme-yellow.words-easy.questions-single.aloud-on.ruler-on"


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("looks") / "var") as made:
        yield made


async def test_a_look_that_changes_meanwhile_leaves_the_mirror_as_it_is(at: House) -> None:
    visitor, session = await at.helped("vi")
    await visitor.get("/vi/help")
    before = await at.relay.store.standing(session.id)
    form = dict(part.split("-") for part in LOOK.split("."))
    page = await visitor.post("/vi/preferences", {**form, "time": "ten", "act": "save", "from": "/vi/help"})
    assert page.url.path == "/vi/help"
    assert 'data-theme="yellow"' in page.text[:300]
    after = await at.relay.store.standing(session.id)
    assert before is not None
    assert after is not None
    assert after.number == (await at.session(session)).page > before.number
    for locale in ("ko", "vi"):
        html = after.twins[locale].html
        assert re.sub(r"\s+", "", html) == re.sub(r"\s+", "", before.twins[locale].html)
        assert not re.search(r"yellow|data-size|data-theme|size-300", html), "nobody is told"
    assert set(after.elements) >= set(before.elements)
    await visitor.get("/vi/preferences")
    chosen = await at.relay.store.standing(session.id)
    assert chosen is not None
    assert "yellow" not in str([each.shared for each in chosen.elements.values() if each.shared])
    assert (await at.session(session)).live


async def test_who_needs_more_time_has_it_in_remote_support(at: House) -> None:
    usual = Limits(code=180, consent=300, grace=120, idle=900, whole=3600)
    for look, limits in (
        ("", usual),
        ("time-ten", Limits(1800, 3000, 1200, 9000, LONGEST)),
        ("time-off", Limits(1800, 3000, 1200, 9000, LONGEST)),
    ):
        visitor = at.visitor()
        visitor.http.cookies.set(COOKIE, look, domain="portal.test")
        page = await visitor.post("/en/help/support", {"way": "code", "from": "/en/help"})
        session = (await at.relay.queue())[-1]
        assert session.limits == limits
        assert f"{limits.code // 60} minutes" in page.text


async def test_desk_and_frame_look_as_the_agent_has_chosen(at: House) -> None:
    """Not as the citizen has: their page stands in the agent's look."""
    agent = await at_the_desk(at.app)
    agent.http.cookies.set(COOKIE, "theme-dark", domain="portal.test")
    helped = await Helped.asking(at.app)
    await helped.opens(marker="Zrq")
    page = await agent.post("/ko/desk/code", {"code": helped.code})
    assert '<html lang="ko" data-theme="dark">' in page.text
    frame = await agent.http.get(f"{page.url.path}/frame")
    assert 'data-theme="dark"' in frame.text
    sheet = re.search(r'href="(/static/css/preferences\.[^"]*)" data-look', frame.text)
    assert sheet
    assert (await agent.http.get(sheet[1])).headers["content-type"].startswith("text/css")
