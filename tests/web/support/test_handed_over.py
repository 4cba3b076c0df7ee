"""A colleague takes over: until the citizen has agreed to them, too, they know nothing of what went before."""

from collections.abc import AsyncIterator

import pytest
from support_kit import House, house

from madang.remote_support.states import Agent

pytestmark = pytest.mark.anyio
OTHER = Agent("agent-2", "정다온", "정부민원안내콜센터", "ko")


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("handed-over") / "var") as made:
        yield made


async def test_an_answer_is_for_the_agent_it_was_asked_about(at: House) -> None:
    """The question about the first agent still stands in another tab: its yes is no yes to the second."""
    visitor, session = await at.matched("en")
    assert visitor.page is not None
    (asked,) = (hidden for action, hidden in visitor.forms() if action.endswith("/agree"))
    yes = {**asked, "answer": "yes", "level": "assist"}
    await visitor.post("/en/help/support/agree", yes)
    await visitor.get("/en/help")
    await at.relay.hand_over(session.id, OTHER)
    page = await visitor.post("/en/help/support/agree", yes)
    now = await at.session(session)
    assert (now.state, page.url.path) == ("matched", "/en/help/support/agree")
    (again,) = (hidden for action, hidden in visitor.forms() if action.endswith("/agree"))
    await visitor.post("/en/help/support/agree", {**again, "answer": "yes", "level": "view"})
    assert (await at.session(session)).level == "view"
    assert (await at.session(session)).state in ("viewing", "paused")


async def test_before_the_citizen_agrees_not_even_a_pages_name_is_told(at: House) -> None:
    visitor, session = await at.matched("en")
    await visitor.get("/en/services/alien-registration")
    assert at.relay.status(await at.session(session)).page_name == ""
    await visitor.post("/en/help/support/agree", {"answer": "no"})
    assert at.relay.status(await at.session(session)).page_name == ""


async def test_a_part_of_a_page_in_another_tab_changes_nothing(at: House) -> None:
    visitor, session = await at.helped("en")
    await visitor.get("/en/services")
    await visitor.get("/en/help")
    before = await at.relay.store.standing(session.id)
    await visitor.get("/en/services/results?q=card", **{"HX-Request": "true"})
    after = await at.relay.store.standing(session.id)
    assert before is not None
    assert after is not None
    assert (set(after.elements), after.fragments) == (set(before.elements), {})
