"""A typed address or lot becomes the thing it names: asked of the register when Continue is pressed, chosen by the
person where it may be several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from madang.contract.messages.places import Place, PlaceQuery
from madang.forms.errors import FieldError
from madang.forms.model import Answers, FormDefinition
from madang.web.clients import BackendError, places
from madang.web.portal import portal, signed_in

PICK: Final = "pick"
"""Control of the choice between several."""
ASKED: Final = "asked"
"""Control that holds the words the choice was offered for: other words ask anew."""


@dataclass(frozen=True, slots=True)
class Named:
    """``answers`` with the keys of the things named; ``places``: what the words may mean, to choose from."""

    answers: Answers
    errors: tuple[FieldError, ...] = ()
    places: tuple[Place, ...] = ()


def picked(form: FormDefinition, fields: Sequence[str], posted: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What was posted, the chosen place in its field when it was chosen for the words that stand there."""
    result = {name: list(values) for name, values in posted.items()}
    choice, asked = (result.get(control) or [""] for control in (PICK, ASKED))
    for name in fields:
        if form.fields[name].register and choice[0] and asked == result.get(name):
            result[name] = choice
    return result


async def named(request: Request, form: FormDefinition, fields: Sequence[str], answers: Answers) -> Named:
    """The answers of a page, places named by their keys. When the register does not answer, the words stay as typed
    and are understood when the application is submitted."""
    settled = dict(answers)
    for name in fields:
        register, words = form.fields[name].register, answers.get(name)
        if not register or not isinstance(words, str):
            continue
        try:
            found = await places.find(
                portal(request).backend, await signed_in(request), PlaceQuery(evidence=register, words=words)
            )
        except BackendError:
            continue
        if found.exact:
            settled[name] = found.exact
        elif found.items:
            return Named(answers, (FieldError(name, PICK, "several-places"),), found.items)
        else:
            return Named(answers, (FieldError(name, name, "no-place"),))
    return Named(settled)
