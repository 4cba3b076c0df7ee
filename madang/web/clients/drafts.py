"""Calls of the drafts group. Views use ``web.state.outbox.Drafts``, which goes on when the backend does not answer;
only files are stored from here directly."""

from urllib.parse import quote

from madang.contract.messages.drafts import Draft, DraftCreate, DraftList, DraftUpdate, StoredFile
from madang.web.clients.caller import Caller
from madang.web.clients.http import Backend


async def listed(backend: Backend, session: Caller, service: str | None = None) -> DraftList:
    """The person's drafts, of one service when it is named."""
    query = {"service": service} if service else {}
    found: DraftList = await backend.call("drafts", session=session, query=query)
    return found


async def create(backend: Backend, session: Caller, message: DraftCreate) -> Draft:
    """A new draft, or the same again when its id is known. Raises Forbidden, Invalid, Impossible."""
    created: Draft = await backend.call("create_draft", session=session, body=message)
    return created


async def draft(backend: Backend, session: Caller, draft: str) -> Draft:
    """One draft of this person. Raises NotFound, also when it is somebody else's."""
    found: Draft = await backend.call("draft", session=session, params={"draft": draft})
    return found


async def save(backend: Backend, session: Caller, draft: str, message: DraftUpdate) -> Draft:
    """The draft as saved. Raises StaleDraft (with the current one), AlreadySubmitted, NotFound, Invalid."""
    saved: Draft = await backend.call("save_draft", session=session, params={"draft": draft}, body=message)
    return saved


async def delete(backend: Backend, session: Caller, draft: str) -> None:
    """Raises NotFound, AlreadySubmitted."""
    await backend.call("delete_draft", session=session, params={"draft": draft})


async def store_file(
    backend: Backend, session: Caller, draft: str, name: str, media_type: str, content: bytes
) -> StoredFile:
    """Stores one file with the draft. Raises UnsupportedMediaType, TooLarge, Invalid, NotFound, AlreadySubmitted.

    Not retried: a second attempt might store it twice."""
    headers = {"Content-Type": media_type, "X-File-Name": quote(name, safe="", errors="replace")}
    stored: StoredFile = await backend.call(
        "store_file", session=session, params={"draft": draft}, body=content, headers=headers
    )
    return stored


async def delete_file(backend: Backend, session: Caller, draft: str, file: str) -> None:
    """Raises NotFound, AlreadySubmitted."""
    await backend.call("delete_file", session=session, params={"draft": draft, "file": file})
