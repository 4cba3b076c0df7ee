"""Remote support in words: its levels, and what receipts say of each act. What templates may call."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from madang.contract.messages.support import Act
from madang.i18n import formats
from madang.i18n.locales import Locale
from madang.i18n.messages import N_, Gettext

LEVELS: Final[Mapping[str, str]] = {
    "view": N_("Look"),
    "point": N_("Look and point"),
    "suggest": N_("Suggest answers"),
    "assist": N_("Do it with me"),
}
ACTS: Final[Mapping[str, str]] = {
    "asked": N_("You asked for help."),
    "matched": N_("The agent entered your code or took your request."),
    "agreed": N_("You agreed. What the agent was allowed to do: %(level)s"),
    "level": N_("You changed what the agent was allowed to do: %(level)s"),
    "page": N_("You opened a page: %(page)s"),
    "paused": N_("On a private page the agent saw nothing."),
    "resumed": N_("The agent saw your page again."),
    "away": N_("Your connection was lost, and the agent saw nothing."),
    "back": N_("You came back."),
    "handed-over": N_("Another agent took over."),
    "guardian-invited": N_("You invited somebody you trust to look, too."),
    "guardian-asked": N_("Somebody with your second code asked to look, too."),
    "guardian-refused": N_("You did not let them look."),
    "guardian-joined": N_("A person who helps you joined."),
    "guardian-left": N_("The person who helps you left."),
    "recording-agreed": N_("You agreed to a recording of what the agent sees."),
    "recording-withdrawn": N_("You withdrew your agreement to the recording."),
    "recording-deleted": N_("The recording was deleted."),
    "recording-full": N_("The recording was as large as it may be and stopped."),
    "recording-expired": N_("The recording was deleted, because its time was over."),
    "recording-played": N_("A supervisor looked at the recording."),
    "ended": N_("Remote support ended."),
    "expired": N_("Your request ended, because nobody came in time."),
    "highlight": N_("The agent marked a place on the page."),
    "point": N_("The agent pointed at a place on the page."),
    "scroll-to": N_("The agent moved your page to a place."),
    "suggest": N_("The agent suggested an answer."),
    "accepted": N_("You accepted a suggestion."),
    "refused": N_("You refused a suggestion."),
    "phrase": N_("The agent said something."),
    "chat": N_("Something was written."),
    "move-focus": N_("The agent moved to a field."),
    "fill": N_("The agent filled in an answer."),
    "open": N_("The agent opened a page."),
}
"""Of a kind that is not here, receipts say nothing: it is no act of anybody's."""
PAGES: Final[Mapping[str, str]] = {
    "home": N_("Home page"),
    "services": N_("Find a service"),
    "guide": N_("Description of a service"),
    "apply": N_("Application"),
    "applications": N_("My applications"),
    "documents": N_("Your document"),
    "my_information": N_("My everyday life information"),
    "help": N_("Help and contact"),
    "offices": N_("Counters and kiosks"),
    "life_events": N_("Life events"),
    "for_you": N_("For you"),
    "verify": N_("Verify a document"),
    "sign_in": N_("Sign in"),
    "support": N_("Remote support"),
    "status": N_("System status"),
    "phone": N_("On the telephone, without a screen"),
}
"""By the folder of the page's template."""


class SupportWords:
    """The sentences in one language."""

    def __init__(self, locale: Locale, gettext: Gettext) -> None:
        self._locale = locale
        self._gettext = gettext

    def globals(self) -> Mapping[str, Callable[..., Any]]:
        return {"level_name": self.level_name, "support_act": self.act, "clock": self.clock}

    def level_name(self, level: str) -> str:
        """What the agent may do, in a few words."""
        return self._gettext(LEVELS[level])

    def act(self, act: Act) -> str:
        """One act in a sentence to the citizen; empty when there is nothing to tell."""
        message = ACTS.get(act.kind, "")
        if not message:
            return ""
        level = LEVELS.get(act.detail, act.detail)
        return self._gettext(message) % {
            "level": self._gettext(level) if level else "",
            "page": self.page(act.detail),
        }

    def page(self, name: str) -> str:
        """What a kind of page is called."""
        known = PAGES.get(name.partition("/")[0])
        return self._gettext(known) if known else self._gettext("Another page of this portal")

    def clock(self, moment: dt.datetime) -> str:
        """The time of day in Korea."""
        return formats.time(moment, self._locale)
