"""Sessions that are live at once, each with its own copy of a real page."""

from typing import Any

import httpx
import msgspec

from bench.houses import BASE

PAGE = "/vi/services/alien-registration"
AGENT = "bench-agent"


async def real_page(app: Any, relay: Any) -> Any:
    """A guide as it stands in a session of a citizen with Vietnamese and an agent with Korean, one field shared."""
    from madang.remote_support.messages import Element

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
        asked = await client.post("/vi/help/support", data={"way": "code"}, headers={"Sec-Fetch-Site": "same-origin"})
        session = await relay.of_token(asked.cookies["__Host-madang-support"])
        await matched(relay, session)
        await client.get(PAGE)
    standing = await relay.store.standing(session.id)
    shared = {"bench-note": Element("textbox", "Ghi chú", shared=True)}
    return msgspec.structs.replace(standing, number=1, elements={**standing.elements, **shared})


async def matched(relay: Any, session: Any) -> Any:
    from madang.remote_support.states import Agent, Agreed

    await relay.enter_code(Agent(AGENT, "김미나", "정부민원안내콜센터", "ko"), relay.code(session))
    return await relay.apply(session.id, Agreed("point"))


async def begun(relay: Any, standing: Any) -> Any:
    """A live session on its own copy of a page: nothing of it is shared between sessions."""
    session, _token = await relay.ask("vi", way="code", need="guide", back=PAGE)
    await relay.page(session.id, "guide", sensitive=False)
    live = await matched(relay, session)
    await relay.stand(session.id, msgspec.msgpack.decode(msgspec.msgpack.encode(standing), type=type(standing)))
    return live
