"""Calls of the applications group: submit, read, withdraw, decide."""

from madang.contract.messages.applications import Application, ApplicationList, Decision
from madang.contract.messages.drafts import Submission
from madang.web.clients.caller import Caller
from madang.web.clients.errors import Impossible
from madang.web.clients.http import IDEMPOTENCY, Backend


async def submit(backend: Backend, session: Caller, draft: str, message: Submission) -> Application:
    """The application that comes of the draft; the same one again however often it is sent.

    Raises StaleDraft, AlreadySubmitted (with the number), Invalid, Unprintable, NotOnRegister, Forbidden, NotFound."""
    headers = {IDEMPOTENCY: message.idempotency_key}
    made: Application = await backend.call(
        "submit", session=session, params={"draft": draft}, body=message, headers=headers
    )
    return made


async def listed(backend: Backend, session: Caller) -> ApplicationList:
    """This person's applications, newest first."""
    found: ApplicationList = await backend.call("applications", session=session)
    return found


async def application(backend: Backend, session: Caller, number: str) -> Application:
    """One application. Raises NotFound, also when it is somebody else's."""
    found: Application = await backend.call("application", session=session, params={"number": number})
    return found


async def withdraw(backend: Backend, session: Caller, number: str) -> Application:
    """The application, withdrawn. Raises Impossible when it is too late, NotFound.

    Withdrawing twice (a double click, or a retry after a lost answer) is no error: the wish is fulfilled."""
    try:
        withdrawn: Application = await backend.call("withdraw", session=session, params={"number": number})
    except Impossible:
        withdrawn = await application(backend, session, number)
        if withdrawn.status != "withdrawn":
            raise
    return withdrawn


async def decide(backend: Backend, session: Caller, number: str, message: Decision) -> Application:
    """A clerk's decision. Raises Forbidden, Impossible, Invalid, Unprintable, NotFound."""
    decided: Application = await backend.call("decide", session=session, params={"number": number}, body=message)
    return decided
