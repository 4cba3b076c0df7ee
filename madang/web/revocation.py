"""Why a document was revoked, in one language: the words of the codes, and what the clerk's page asks."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from madang.contract.messages.documents import RevocationCode
from madang.forms.controls import option_id
from madang.i18n.messages import N_
from madang.web.control import Choice, Control
from madang.web.views.documents import CLERKS_CODES, RevokePage

REASONS: Final[Mapping[RevocationCode, str]] = {
    "holder": N_("The holder asked for it"),
    "error": N_("It was issued in error"),
    "changed": N_("What it says is no longer true"),
    "replaced": N_("A newer document takes its place"),
    "lost": N_("It was lost or stolen"),
    "other": N_("Another reason"),
}
CODE: Final = N_("Reason for revoking")
CODE_HINT: Final = N_("Whoever verifies the document is told this reason.")
CODE_MISSING: Final = N_("Choose the reason for revoking")
NOTE: Final = N_("Message to the holder")
NOTE_HINT: Final = N_("Only the holder sees it. If you chose “Another reason”, write here what it is.")
NOTE_MISSING: Final = N_("Enter the reason. The holder will see it.")


class Revocations:
    """Globals of one locale's environment."""

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self._gettext = gettext

    def globals(self) -> Mapping[str, Any]:
        return {"revocation_reason": self.reason, "revoke_controls": self.controls, "revoke_errors": self.errors}

    def reason(self, code: RevocationCode) -> str:
        return self._gettext(REASONS[code])

    def controls(self, page: RevokePage) -> Sequence[Control]:
        """What a clerk is asked; the holder is asked nothing."""
        if not page.clerk:
            return ()
        code = Control(
            type="radios",
            id="code",
            label=self._gettext(CODE),
            hint=self._gettext(CODE_HINT),
            error=self._gettext(CODE_MISSING) if page.error == "code" else None,
            options=tuple(
                Choice(choice, self.reason(choice), option_id("code", choice, index), checked=choice == page.code)
                for index, choice in enumerate(CLERKS_CODES)
            ),
        )
        note = Control(
            type="textarea",
            id="reason",
            label=self._gettext(NOTE),
            hint=self._gettext(NOTE_HINT),
            error=self._gettext(NOTE_MISSING) if page.error == "reason" else None,
            required=False,
            value=page.reason,
            max=500,
        )
        return code, note

    def errors(self, page: RevokePage) -> Sequence[tuple[str, str]]:
        """(control id, sentence) for the error summary."""
        return [(control.id, control.error) for control in self.controls(page) if control.error]
