"""The agency that an agent works for, in the reader's language."""

from madang.i18n.locales import Locale
from madang.remote_support.states import Session
from madang.web.portal import Portal


def agency_of(p: Portal, session: Session | None, locale: Locale) -> str:
    """Its name; as the operator wrote it where it is none of the help lines that the catalogue names in six languages.
    Empty while nobody helps."""
    if session is None or session.agent is None:
        return ""
    written = session.agent.agency
    bare = written.replace(" ", "")
    for line in p.shelf.help_lines:
        if bare in (line.id, line.name.ko.replace(" ", "")):
            return line.name.resolve(locale).text
    return written
