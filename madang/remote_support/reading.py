"""Another language at the desk, in the middle of a session."""

from madang.i18n.locales import Locale
from madang.remote_support.messages import Again
from madang.remote_support.relay import Relay
from madang.remote_support.sealed import seal
from madang.remote_support.states import AgentReads, Session


async def agent_reads(relay: Relay, session: Session, locale: Locale) -> Session:
    """What is said comes in ``locale`` from now on; the page as soon as the citizen's own has been asked for again,
    which their script does at once."""
    after = await relay.apply(session.id, AgentReads(locale)) or session
    if after.version != session.version and after.state == "viewing":
        await relay.store.publish(after.id, "citizen", seal(after, "act", Again()))
    return after
