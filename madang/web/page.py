"""Pages as data: each template gets one frozen dataclass, each field of it declared Public or Private.

Pages hold codes, values and six-language ``Text``, never strings already put into a language: the same page can be
rendered in another language, and ``mask(page)`` (a copy without its private values) is what a support agent is shown.
"""

import dataclasses
import datetime as dt
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    Protocol,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    runtime_checkable,
)

import msgspec

from madang.forms.errors import FieldError

T = TypeVar("T")


class Visibility:
    """Marks a page's field: whether a support agent may see it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


PUBLIC: Final = Visibility("public")
PRIVATE: Final = Visibility("private")
Public = Annotated[T, PUBLIC]
Private = Annotated[T, PRIVATE]

PLACEHOLDER: Final = "••••••"
"""Stands for every private text, whatever its length."""
_NEUTRAL: Final[Mapping[type, Any]] = {
    str: PLACEHOLDER,
    bool: False,
    int: 0,
    float: 0.0,
    Decimal: Decimal(0),
    dt.date: dt.date(2000, 1, 1),
    dt.datetime: dt.datetime(2000, 1, 1, tzinfo=dt.UTC),
}


@dataclass(frozen=True, slots=True)
class Page:
    """Base of all pages. ``template`` is relative to templates/pages; ``bundle`` names the inlined style sheet."""

    template: ClassVar[str]
    bundle: ClassVar[str] = "public"
    robots: ClassVar[str] = "noindex"
    live: ClassVar[bool] = False
    """Whether parts of it are fetched while it is open (``hx-``): only then htmx is loaded, half of a first visit."""
    sensitive: ClassVar[bool] = False
    """Whether a support agent sees nothing of it: who signs in, proves who they are, consents, signs or revokes is
    alone."""
    dressed: ClassVar[bool] = False
    """Whether it carries the sheet of preferences also in the usual look, because it shows what others do."""
    shares: ClassVar[frozenset[str]] = frozenset()
    """Names of controls, other than a form's fields, whose content an agent may see and suggest: words searched for."""

    def canonical(self) -> dict[str, str]:
        """The parameters that make this another page than the one without them, for its canonical address. Whatever
        else an address carries (words that were searched for, somebody's tracking) names no page of its own."""
        return {}


@runtime_checkable
class Maskable(Protocol):
    """A part of a page that knows better than its annotations what may be shown."""

    def masked(self) -> Any: ...


@cache
def visibilities(page: type) -> dict[str, tuple[Any, Visibility]]:
    """Field name -> (type, visibility). Raises TypeError for a field that is declared neither."""
    hints = get_type_hints(page, include_extras=True)
    result: dict[str, tuple[Any, Visibility]] = {}
    for field in dataclasses.fields(page):
        hint = hints[field.name]
        marks = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Visibility)]
        if len(marks) != 1:
            raise TypeError(f"{page.__qualname__}.{field.name} must be Public[...] or Private[...]")
        result[field.name] = (get_args(hint)[0], marks[0])
    return result


@cache
def holds_private(page: type) -> bool:
    """Whether anything of a page, or of what it is made of, is Private: it may differ from person to person."""

    def parts(hint: Any) -> Iterator[type]:
        if isinstance(hint, type) and dataclasses.is_dataclass(hint):
            yield hint
        for inner in get_args(hint):
            yield from parts(inner)

    seen, left = {page}, [page]
    while left:
        for hint, visibility in visibilities(left.pop()).values():
            if visibility is PRIVATE:
                return True
            new = set(parts(hint)) - seen
            seen |= new
            left += new
    return False


def mask(part: Any) -> Any:
    """A copy of a page, or of a part of one, in which every private value is neutral.

    The copy depends on the types alone, not on the private values: not even a branch of a template can tell.
    """
    if isinstance(part, Maskable):
        return part.masked()
    if isinstance(part, FieldError):
        return dataclasses.replace(part, params={name: _param(name, value) for name, value in part.params.items()})
    if isinstance(part, tuple):
        return tuple(mask(item) for item in part)
    if dataclasses.is_dataclass(part) and not isinstance(part, type):
        changes = {
            name: mask(getattr(part, name)) if visibility is PUBLIC else neutral(hint)
            for name, (hint, visibility) in visibilities(type(part)).items()
        }
        return dataclasses.replace(part, **changes)
    return part


def _param(name: str, value: Any) -> Any:
    """Of an error's parameters the limits are the form's; file names, characters and counts are the person's."""
    return value if name in ("min", "max", "limit", "example", "option") else PLACEHOLDER


def neutral(hint: Any) -> Any:
    """The value that stands for every private value of a type."""
    origin = get_origin(hint)
    if origin is Annotated:
        return neutral(get_args(hint)[0])
    if origin in (Union, types.UnionType):
        options = get_args(hint)
        return None if type(None) in options else neutral(options[0])
    if origin is tuple or hint is tuple:
        return ()
    if origin is dict or hint is dict or origin is Mapping:
        return {}
    if origin is not None and getattr(origin, "__name__", "") == "Literal":
        return get_args(hint)[0]
    if hint in _NEUTRAL:
        return _NEUTRAL[hint]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return hint(**{name: neutral(inner) for name, (inner, _) in visibilities(hint).items()})
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return hint(**{name: neutral(inner) for name, inner in get_type_hints(hint).items()})
    raise TypeError(f"no neutral value is known for {hint!r}: make it optional or give the part a masked()")
