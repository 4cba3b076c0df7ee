"""Which offices a person can use: kind, language, step-free, hearing loop, what is done there."""

from dataclasses import dataclass

from starlette.datastructures import QueryParams

from madang.contract.messages.catalogue import Office
from madang.i18n.locales import Locale, is_locale
from madang.web.catalogue.shelf import Shelf
from madang.web.page import Public


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty and False: does not matter. ``service`` is an identifier that the catalogue has."""

    kind: Public[str] = ""
    language: Public[Locale | None] = None
    step_free: Public[bool] = False
    hearing_loop: Public[bool] = False
    service: Public[str] = ""

    def admits(self, office: Office) -> bool:
        """Whether an office has all that is asked for, but for ``service``."""
        return (
            self.kind in ("", office.kind)
            and (self.language is None or self.language in office.languages)
            and (office.step_free or not self.step_free)
            and (office.hearing_loop or not self.hearing_loop)
        )

    def query(self) -> dict[str, str]:
        """As the address has it."""
        given = {
            "kind": self.kind,
            "language": self.language or "",
            "step_free": "yes" if self.step_free else "",
            "hearing_loop": "yes" if self.hearing_loop else "",
            "service": self.service,
        }
        return {name: value for name, value in given.items() if value}

    @property
    def narrows(self) -> bool:
        """Whether anything but the service is asked for."""
        return bool(self.kind or self.language or self.step_free or self.hearing_loop)


def chosen(query: QueryParams, shelf: Shelf) -> Filters:
    """What an address asks for. What is not known does not narrow: nobody is left with an empty list for it."""
    kind, language, service = (query.get(name, "") for name in ("kind", "language", "service"))
    return Filters(
        kind=kind if kind in ("counter", "kiosk") else "",
        language=language if is_locale(language) else None,
        step_free=query.get("step_free") == "yes",
        hearing_loop=query.get("hearing_loop") == "yes",
        service=service if shelf.service(service) is not None else "",
    )
