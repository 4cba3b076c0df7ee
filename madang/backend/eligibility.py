"""Who may apply for what: assurance of the sign-in, state of the service, the household."""

from collections.abc import Mapping
from typing import Any, Final

from madang.backend.catalogue.loader import Holdings
from madang.backend.problems import Refusal, invalid
from madang.contract.assertion import Claims
from madang.contract.messages.catalogue import Service
from madang.forms.model import FormDefinition

LEVELS: Final = ("low", "substantial", "high")


def level(acr: str) -> int:
    """The rank of an ``acr``: one of the eIDAS levels, as a word or as the last part of its URI; 0 for any other."""
    name = acr.rstrip("/").rpartition("/")[2].lower()
    return LEVELS.index(name) + 1 if name in LEVELS else 0


def check_assurance(service: Service, claims: Claims | None) -> None:
    """Raises Refusal forbidden when the sign-in was not as sure as the service asks."""
    if claims is None or level(claims.acr) < level(service.assurance):
        raise Refusal("forbidden")


def service_of(holdings: Holdings, identifier: str, form: str) -> tuple[Service, FormDefinition]:
    """The service and the form, when it may be applied for with that form now. Raises Refusal invalid, not-possible."""
    service = holdings.services.get(identifier)
    if service is None:
        raise invalid(("service", "unknown"))
    definition = holdings.forms.get(form)
    if definition is None or definition.id != service.form.partition("@")[0]:
        raise invalid(("form", "unknown"))
    if service.status.state not in ("active", "seasonal"):
        raise Refusal("not-possible")
    return service, definition


def member_asked_for(form: FormDefinition, answers: Mapping[str, Any]) -> str:
    """The id of the household member that checked answers are about, "self" when they name none.

    A form that offers the household lets any member of it ask for any other (Resident Registration Act, Art. 29), one
    that offers self-and-minors only the guardian of a child; that the answer is one of those is a rule of the form."""
    offered = (name for name, field in form.fields.items() if field.options_from is not None)
    return next((str(answers[name]) for name in offered if name in answers), "self")
