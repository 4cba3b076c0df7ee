"""Calls of an agent who fills in for a caller without a screen."""

from madang.contract.messages.phone import CodeSent, Errand, ErrandAnswers, ErrandCode, ErrandDone, NewErrand
from madang.web.clients.caller import Caller
from madang.web.clients.http import Backend


async def find_caller(backend: Backend, agent: Caller, said: NewErrand) -> Errand:
    """Whether the register has such a person. Raises NotFound, Impossible (too many who were not found), Unavailable
    (no text can be sent to phones)."""
    found: Errand = await backend.call("find_caller", session=agent, body=said)
    return found


async def send_code(backend: Backend, agent: Caller, errand: str, said: ErrandAnswers) -> CodeSent:
    """Has a code for exactly these answers sent to the citizen's phone. Raises NotFound, Invalid (answers break the
    form's rules), Impossible (no more codes), AlreadySubmitted, Unavailable (it did not go out)."""
    sent: CodeSent = await backend.call("send_code", session=agent, params={"errand": errand}, body=said)
    return sent


async def submit(backend: Backend, agent: Caller, errand: str, code: str) -> ErrandDone:
    """Submits in the citizen's name. Raises NotFound, Invalid (``code``: wrong, expired or used-up; or an answer),
    NotOnRegister, Unprintable, Withheld."""
    done: ErrandDone = await backend.call(
        "submit_errand", session=agent, params={"errand": errand}, body=ErrandCode(code)
    )
    return done
