"""Whether a form definition can work: what the schema cannot say, checked when the catalogue is loaded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from madang.forms.check_fields import field_mistakes
from madang.forms.conditions import holds
from madang.forms.controls import PARTS, option_id
from madang.forms.model import Field, FormDefinition, FormPage
from madang.i18n.locales import NATIVE_NAME
from madang.i18n.text import Text

_ID: Final = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_RESERVED: Final = frozenset({"check"})
"""Page ids that are addresses of the journey itself."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """``path``: the offending key, e.g. ``fields.purpose.options``; ``sentence``: what is wrong with it."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}"


def check(form: FormDefinition) -> tuple[Mistake, ...]:
    """Every mistake of a definition; none when it can be used."""
    return tuple(Mistake(path, sentence) for path, sentence in _mistakes(form))


def _mistakes(form: FormDefinition) -> Iterator[tuple[str, str]]:
    if not _ID.fullmatch(form.id):
        yield "id", f"{form.id!r} must be lower-case letters, digits and hyphens"
    if form.version < 1:
        yield "version", "versions count from 1"
    if not form.pages:
        yield "pages", "a form has at least one page"
    dates = frozenset(name for name, field in form.fields.items() if field.type == "date")
    for name, field in form.fields.items():
        path = f"fields.{name}"
        if not _ID.fullmatch(name):
            yield path, f"the id {name!r} must be lower-case letters, digits and hyphens"
        yield from field_mistakes(path, field, dates)
        yield from _missing_languages(path, field)
        for nested, inner in field.fields.items():
            if not _ID.fullmatch(nested):
                yield f"{path}.fields.{nested}", f"the id {nested!r} must be lower-case letters, digits and hyphens"
            inner_dates = frozenset(key for key, each in field.fields.items() if each.type == "date")
            yield from field_mistakes(f"{path}.fields.{nested}", inner, dates | inner_dates, nested=True)
    yield from _clashes(form.fields)
    yield from _page_mistakes(form)


def _missing_languages(path: str, thing: Any) -> Iterator[tuple[str, str]]:
    if isinstance(thing, Text):
        for locale in ("ko", *thing.missing()):
            if not getattr(thing, locale):
                yield path, f"the text in {locale} ({NATIVE_NAME[locale]}) is missing"
        yield from _missing_languages(f"{path}.easy", thing.easy)
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from _missing_languages(f"{path}.{key}", value)
    elif isinstance(thing, tuple):
        for index, value in enumerate(thing):
            yield from _missing_languages(f"{path}[{getattr(value, 'value', index)}]", value)
    elif hasattr(thing, "__struct_fields__"):
        for key in thing.__struct_fields__:
            yield from _missing_languages(f"{path}.{key}", getattr(thing, key))


def _clashes(fields: dict[str, Field]) -> Iterator[tuple[str, str]]:
    """Two controls of one name or id could not be told apart."""
    owner: dict[str, str] = {}
    for name, field in fields.items():
        ids = [name, *(f"{name}-{part}" for part in PARTS.get(field.type, ()))]
        ids += [option_id(name, option.value, index) for index, option in enumerate(field.options) if index]
        if field.type == "yes-no":
            ids.append(f"{name}-no")
        for control in ids:
            if control in owner and owner[control] != name:
                yield f"fields.{name}", f"its control {control!r} has the name of one of the field {owner[control]!r}"
            owner.setdefault(control, name)
    for name, field in fields.items():
        for other in fields:
            if field.type == "repeat" and re.match(rf"{re.escape(name)}-\d+-", other):
                yield f"fields.{other}", f"its id looks like an entry of the field {name!r}"


def _page_mistakes(form: FormDefinition) -> Iterator[tuple[str, str]]:
    ids: set[str] = set()
    asked: dict[str, str] = {}
    for index, page in enumerate(form.pages):
        path = f"pages[{page.id or index}]"
        if not _ID.fullmatch(page.id) or page.id in _RESERVED:
            yield f"{path}.id", f"{page.id!r} must be lower-case letters, digits and hyphens, and not 'check'"
        if page.id in ids:
            yield f"{path}.id", "another page has this id"
        ids.add(page.id)
        yield from _missing_languages(f"{path}.title", page.title)
        yield from _missing_languages(f"{path}.hint", page.hint)
        yield from _condition_mistakes(form, page, path, asked)
        if not page.ask:
            yield f"{path}.ask", "a page asks at least one field"
        if len(page.ask) > 1 and page.title is None:
            yield f"{path}.title", "a page that asks several fields needs a title"
        for name in page.ask:
            if name not in form.fields:
                yield f"{path}.ask", f"there is no field {name!r}"
            elif name in asked:
                yield f"{path}.ask", f"the field {name!r} is asked by the page {asked[name]!r} already"
            asked.setdefault(name, page.id)
    for name in form.fields:
        if name not in asked:
            yield f"fields.{name}", "no page asks it"
    yield from _unreachable(form)


def _condition_mistakes(
    form: FormDefinition, page: FormPage, path: str, asked: dict[str, str]
) -> Iterator[tuple[str, str]]:
    for name, wanted in (page.show_if or {}).items():
        where = f"{path}.show_if.{name}"
        field = form.fields.get(name)
        if field is None:
            yield where, f"there is no field {name!r}"
            continue
        if name not in asked:
            yield where, f"the field {name!r} is not asked before this page"
        possible = possible_values(field)
        if possible is None:
            yield where, f"a condition needs a field with options, {name!r} is of type {field.type}"
            continue
        listed = wanted if isinstance(wanted, list) else [wanted]
        if not listed:
            yield where, "the list of values is empty, so the page is never asked"
        for value in listed:
            if not any(type(value) is type(each) and value == each for each in possible):
                yield where, f"{value!r} is no answer of {name!r}; its answers are {', '.join(map(str, possible))}"


def possible_values(field: Field) -> tuple[Any, ...] | None:
    """What a condition may name of a field; None for types whose answers cannot be listed."""
    if field.type == "yes-no":
        return ("yes", "no")
    if field.type == "declaration":
        return (True,)
    if field.type in ("radios", "select", "checkboxes") and field.options_from is None:
        return tuple(option.value for option in field.options)
    return None


_MOST_COMBINATIONS: Final = 20_000


def _unreachable(form: FormDefinition) -> Iterator[tuple[str, str]]:
    """Pages that no answers lead to. A page is reachable when its conditions and those of the pages that ask the fields
    they name hold together; those fields' values are tried, as far as they can be listed."""
    page_asking = {name: page for page in form.pages for name in page.ask}
    for page in form.pages:
        needed: dict[str, None] = {}
        waiting = [page]
        seen: set[str] = set()
        while waiting:
            current = waiting.pop()
            if current.id in seen:
                continue
            seen.add(current.id)
            for name in current.show_if or {}:
                needed[name] = None
                if name in page_asking:
                    waiting.append(page_asking[name])
        if not _can_hold(form, [each for each in form.pages if each.id in seen], list(needed)):
            yield f"pages[{page.id}].show_if", "no answers lead to this page"


def _can_hold(form: FormDefinition, pages: list[FormPage], names: list[str]) -> bool:
    choices: list[list[Any]] = []
    total = 1
    for name in names:
        field = form.fields.get(name)
        values = possible_values(field) if field else None
        if values is None or field is None:
            return True  # said elsewhere
        if field.type == "checkboxes":
            # Several can be chosen, so every value wanted of it can hold at once: tried as all of them, and as each.
            choices.append([list(values), *([value] for value in values)])
        else:
            choices.append(list(values))
        total *= max(1, len(choices[-1]))
        if total > _MOST_COMBINATIONS:
            return True
    return any(
        all(holds(page.show_if, dict(zip(names, combination, strict=True))) for page in pages)
        for combination in product(*choices)
    )
