"""Which services can be applied for by somebody who has only a telephone."""

from madang.contract.messages.catalogue import Service
from madang.forms.model import Field, FormDefinition


def by_telephone(service: Service, form: FormDefinition) -> bool:
    """Whether all that is asked can be said. A file cannot; a place has to be chosen from a list; and a code sent to a
    phone is no sign-in of the highest level of assurance."""
    sure = service.assurance != "high"
    return sure and service.status.state == "active" and all(map(_can_be_said, form.fields.values()))


def _can_be_said(field: Field) -> bool:
    return field.type != "files" and not field.register and all(map(_can_be_said, field.fields.values()))
