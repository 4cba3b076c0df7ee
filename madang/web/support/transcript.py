"""What was said in a session, as a text that the citizen keeps: who helped, when, and each sentence."""

import datetime as dt
from collections.abc import Sequence

from madang.i18n import formats
from madang.i18n.locales import Locale
from madang.i18n.messages import Gettext
from madang.remote_support.messages import Said
from madang.remote_support.states import Session

BYTE_ORDER_MARK = "\ufeff"
"""First of the file, so that every editor reads it as UTF-8."""


def text(locale: Locale, gettext: Gettext, session: Session, said: Sequence[Said], agency: str = "") -> str:
    """Lines that end as those of a text file for any system do. Times are Korea's. ``agency``: in the reader's
    language; else as the operator wrote it."""
    began = session.agreed or session.created
    lines = [gettext("Remote support on %(date)s") % {"date": formats.date_time(began, locale)}]
    if session.agent is not None:
        helper = {"name": session.agent.name, "agency": agency or session.agent.agency}
        lines.append(gettext("Support agent: %(name)s, %(agency)s") % helper)
    names = {
        "citizen": gettext("You"),
        "agent": gettext("Support agent"),
        "guardian": gettext("The person whom you invited"),
    }
    lines += ["", *(_line(one, names[one.who], locale) for one in said)]
    return BYTE_ORDER_MARK + "\r\n".join(lines) + "\r\n"


def _line(said: Said, who: str, locale: Locale) -> str:
    """On one line: what somebody wrote cannot look like a line of somebody else's."""
    at = f"{formats.time(dt.datetime.fromisoformat(said.at), locale)} " if said.at else ""
    source = f" [{' '.join(said.source.split())}]" if said.source else ""
    return f"{at}{who}: {' '.join(said.text.split())}{source}"
