"""The private values of a page: every value that the types of its parts declare Private, unpacked."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import msgspec

from madang.forms.errors import FieldError
from madang.forms.summary import SummaryRow
from madang.forms.values import Choice
from madang.i18n import names
from madang.i18n.locales import LOCALES
from madang.i18n.text import Text
from madang.web.page import PRIVATE, Maskable, visibilities
from madang.web.questions import FieldView
from madang.web.support.sharing import shared_in

Leaf = str | int | float | Decimal | dt.date
_LIMITS: Final = frozenset({"min", "max", "limit", "example", "option"})
"""Parameters of an error that are the form's and not the person's."""
_NAMES: Final = frozenset({"service", "locale", "lang", "authority", "evidence", "form", "document_type", "version"})
"""Fields of structs and values that name something of the catalogue, or a language."""


def private_values(part: Any) -> Iterator[Leaf]:
    """The private values of a page, or of a part of one. Words of closed lists (states, kinds, options' values) are
    nobody's own and not among them: an answer that was chosen is covered by its place."""
    if isinstance(part, FieldView):
        yield from _of_field(part)
    elif isinstance(part, Maskable):
        yield from _of_maskable(part)
    elif isinstance(part, FieldError):
        for name, value in part.params.items():
            if name not in _LIMITS:
                yield from _leaves(value)
    elif isinstance(part, tuple | list):
        for item in part:
            yield from private_values(item)
    elif dataclasses.is_dataclass(part) and not isinstance(part, type):
        for name, (hint, visibility) in visibilities(type(part)).items():
            value = getattr(part, name)
            if visibility is not PRIVATE:
                yield from private_values(value)
            elif name not in _NAMES and not _closed_list(hint):
                yield from _texts(value)
                yield from _leaves(value)


def public_texts(part: Any) -> Iterator[str]:
    """The texts of the catalogue that a page shows to everybody, in every language."""
    if isinstance(part, Text):
        yield from _resolved(part)
    elif isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            yield from public_texts(getattr(part, name))
    elif isinstance(part, Mapping):
        for item in part.values():
            yield from public_texts(item)
    elif isinstance(part, tuple | list):
        for item in part:
            yield from public_texts(item)
    elif dataclasses.is_dataclass(part) and not isinstance(part, type | FieldError) and not _undeclared(part):
        for name, (_, visibility) in visibilities(type(part)).items():
            if visibility is not PRIVATE:
                yield from public_texts(getattr(part, name))


def public_numbers(part: Any) -> Iterator[str]:
    """The telephone numbers of offices and agencies that a page shows to everybody."""
    if isinstance(part, msgspec.Struct):
        for name in part.__struct_fields__:
            value = getattr(part, name)
            if name == "phone" and isinstance(value, str) and value:
                yield value
            yield from public_numbers(value)
    elif isinstance(part, tuple | list):
        for item in part:
            yield from public_numbers(item)
    elif dataclasses.is_dataclass(part) and not isinstance(part, type | FieldError) and not _undeclared(part):
        for name, (_, visibility) in visibilities(type(part)).items():
            value = getattr(part, name)
            if visibility is not PRIVATE:
                if name == "phone" and isinstance(value, str) and value:
                    yield value
                yield from public_numbers(value)


def _of_maskable(part: Maskable) -> Iterator[Leaf]:
    """Of a part that declares nothing of its fields, everything but words of closed lists."""
    hints = get_type_hints(type(part))
    for name in [name for name, hint in hints.items() if not _closed_list(hint)]:
        yield from _leaves(getattr(part, name))


def _undeclared(part: Any) -> bool:
    return isinstance(part, Maskable) and not isinstance(part, FieldView)


def _of_field(view: FieldView) -> Iterator[Leaf]:
    yield from _leaves(view.members)
    yield from _leaves(view.files)
    yield from private_values(view.errors)
    shared = shared_in(view.id, view.field, view.raw)
    codes = {option.value for option in view.field.options}
    typed = {
        name: [each for each in given if each not in codes]
        for name, given in view.raw.items()
        if name not in shared and not (view.field.type == "address" and name.endswith("-country"))
    }
    yield from _leaves(typed)
    for name, given in typed.items():  # a name in two boxes is written as one
        if name.endswith("-family") and given and (others := typed.get(f"{name.removesuffix('-family')}-given")):
            yield f"{given[0]} {others[0]}"
            yield f"{others[0]} {given[0]}"


def _texts(value: Any) -> Iterator[str]:
    """Texts of the catalogue that are private by where they stand: which one it is, is the person's."""
    if isinstance(value, Text):
        yield from _resolved(value)
    elif isinstance(value, tuple | list):
        for item in value:
            if isinstance(item, Text | tuple | list):
                yield from _texts(item)


def _resolved(text: Text) -> Iterator[str]:
    for locale in LOCALES:
        yield text.resolve(locale).text


def _leaves(value: Any) -> Iterator[Leaf]:
    if value is None or isinstance(value, bool | Text):
        return
    if isinstance(value, str | int | float | Decimal | dt.date):
        yield value
    elif isinstance(value, Mapping):
        yield from _of_mapping(value)
    elif isinstance(value, SummaryRow):
        yield from _of_row(value)
    elif isinstance(value, msgspec.Struct):
        closed = _closed(value)
        for name in value.__struct_fields__:
            if name not in closed:
                yield from _leaves(getattr(value, name))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from _of_dataclass(value)
    elif isinstance(value, Iterable):
        for inner in value:
            yield from _leaves(inner)


def _of_mapping(value: Mapping[str, Any]) -> Iterator[Leaf]:
    family, given = value.get("family"), value.get("given")
    if isinstance(family, str) and isinstance(given, str):
        yield names.person_name({"family": family, "given": given})
        yield f"{given} {family}"
    for inner in value.values():
        yield from _leaves(inner)


def _of_row(row: SummaryRow) -> Iterator[Leaf]:
    if isinstance(row.value, Choice):
        for text in row.value.texts:
            if isinstance(text, Text):  # with its question: the words alone stand elsewhere for everybody
                for locale in LOCALES:
                    yield f"{row.label.resolve(locale).text} {text.resolve(locale).text}"
    yield from _leaves(row.value)


def _of_dataclass(value: Any) -> Iterator[Leaf]:
    """Of a part of a page, what is private in it; of anything else, all."""
    kind: type = type(value)
    try:
        visibilities(kind)
    except TypeError:
        found = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        yield from _of_mapping({name: inner for name, inner in found.items() if name not in {*_NAMES, "kind"}})
    else:
        yield from private_values(value)


def _closed(struct: msgspec.Struct) -> frozenset[str]:
    """The fields of a struct whose values are of a closed list, or name something of the catalogue."""
    kind: Any = type(struct)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if name not in _CLOSED:
        hints = get_type_hints(kind)
        _CLOSED[name] = frozenset(field for field, hint in hints.items() if field in _NAMES or _closed_list(hint))
    return _CLOSED[name]


_CLOSED: Final[dict[str, frozenset[str]]] = {}


def _closed_list(hint: Any) -> bool:
    return get_origin(hint) is Literal or any(get_origin(option) is Literal for option in get_args(hint))
