"""A form that asks one thing on each page: for whoever wants one question at a time."""

from functools import lru_cache
from typing import Final

import msgspec

from madang.forms.model import FormDefinition, FormPage

BETWEEN: Final = "-"
"""Between a page's id and a field's; the first of a page's fields keeps the page's own id, so that links and pages
that were open lead to where the question is."""
_KEPT: Final = 64
"""Forms that are kept split: more than a portal shows in a day, less than all versions that ever were."""


@lru_cache(maxsize=_KEPT)
def _split(_key: str, form: "_ById") -> FormDefinition:
    pages: list[FormPage] = []
    for page in form.of.pages:
        names = [page.id, *(f"{page.id}{BETWEEN}{name}" for name in page.ask[1:])]
        pages += [msgspec.structs.replace(page, id=id_, ask=(name,)) for id_, name in zip(names, page.ask, strict=True)]
    alone = {name for page in form.of.pages if len(page.ask) > 1 for name in page.ask}
    fields = {
        name: msgspec.structs.replace(field, label=field.short or field.label) if name in alone else field
        for name, field in form.of.fields.items()
    }
    return msgspec.structs.replace(form.of, pages=tuple(pages), fields=fields)


class _ById:
    """A form as a key: it holds dictionaries, which have no hash."""

    __slots__ = ("of",)

    def __init__(self, of: FormDefinition) -> None:
        self.of = of

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.of is self.of

    def __hash__(self) -> int:
        return id(self.of)


def single(form: FormDefinition) -> FormDefinition:
    """``form`` with a page for each field; the same form when every page asks one field. A field that stood among
    others is asked by its short name, and its page keeps the title of the page that it was part of."""
    if all(len(page.ask) == 1 for page in form.pages):
        return form
    return _split(form.key, _ById(form))


def whole(step: str, form: FormDefinition) -> str | None:
    """The page of ``form`` to which a page of ``single(form)`` belongs; None for no page of either."""
    for page in form.pages:
        if step == page.id or step in {f"{page.id}{BETWEEN}{name}" for name in page.ask[1:]}:
            return page.id
    return None
