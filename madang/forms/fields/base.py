"""What every field type does: name its controls, read them, check an answer, show it again, display it."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from typing import Any, NamedTuple, Protocol

from madang.forms.controls import Posted, Raw, first_control
from madang.forms.errors import Code, FieldError, Param
from madang.forms.model import Answers, Field
from madang.forms.values import Display, Member
from madang.i18n.locales import Locale


@dataclass(frozen=True, slots=True)
class Context:
    """What rules may look at beside the answer. ``files``: ids stored with the draft, None when they are not known;
    ``locale``: how the reader orders dates and writes decimals."""

    today: dt.date
    locale: Locale = "ko"
    answers: Answers = with_default(default_factory=dict)
    household: Sequence[Member] = ()
    files: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What displaying may look at: names of household members and of files by their ids."""

    household: Sequence[Member] = ()
    files: Mapping[str, str] = with_default(default_factory=dict)


class Parsed(NamedTuple):
    """An answer in the model's form, not checked yet; None: nothing was given. ``errors``: why it cannot be read."""

    answer: Any = None
    errors: tuple[FieldError, ...] = ()


class Kind(Protocol):
    """One field type. ``name`` is the control's base name: the field's id, in a repeat ``{field}-{n}-{nested}``.

    ``check`` takes any JSON and never raises; ``raw_of`` and ``shown`` take answers that ``check`` accepts.
    """

    def controls(self, name: str, field: Field, posted: Posted) -> tuple[str, ...]:
        """The controls to read, and to show again."""

    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        """What was typed, in the model's form."""

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        """Every rule that a given answer breaks; the same for what was just typed and for what was stored."""

    def missing(self, field: Field) -> Code:
        """The code of a required field that was left empty."""

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        """The controls' values for an answer; parsing them gives the answer again."""

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        """The answer for a summary."""


class OneControl:
    """Common to types of one control."""

    def controls(self, name: str, field: Field, posted: Posted) -> tuple[str, ...]:
        return (name,)

    def missing(self, field: Field) -> Code:
        return "enter"

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        return {name: (str(answer),)}


def fault(name: str, code: Code, /, part: str = "", **params: Param) -> FieldError:
    """An error at a control (``part`` of a field of several)."""
    return FieldError(name, f"{name}-{part}" if part else name, code, params)


def malformed(name: str, field: Field, context: Context) -> tuple[FieldError, ...]:
    """A stored answer that is not of the model's form at all."""
    return (FieldError(name, first_control(name, field, context.locale), "malformed"),)
