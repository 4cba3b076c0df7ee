"""The way through a form, derived from the answers and never stored: what comes next, what may be visited."""

from functools import cached_property
from typing import Final, NamedTuple

from madang.forms.conditions import holds, visible_pages
from madang.forms.model import Answers, Condition, FormDefinition, FormPage

CHECK: Final = "check"
"""The step after the last page: check your answers."""


class Position(NamedTuple):
    """Question ``number`` of at most ``most``."""

    number: int
    most: int


class Path:
    """One form with the answers so far.

    A page is completed when each of its fields has an answer; an optional field left empty has the answer None
    (``validate_page`` gives it), so that a page of optional fields counts once it was passed, not before.
    """

    def __init__(self, form: FormDefinition, answers: Answers) -> None:
        self._form: Final = form
        self._answers: Final = answers

    @cached_property
    def pages(self) -> tuple[FormPage, ...]:
        """The pages asked with these answers, in order."""
        return visible_pages(self._form, self._answers)

    @cached_property
    def completed(self) -> tuple[str, ...]:
        """Ids of the pages asked and answered."""
        return tuple(page.id for page in self.pages if self._is_completed(page))

    @property
    def is_complete(self) -> bool:
        """Whether every page asked is answered, so that the answers can be checked."""
        return len(self.completed) == len(self.pages)

    @property
    def first_incomplete(self) -> str:
        """The page where a draft is taken up again; CHECK when nothing is left to ask."""
        return next((page.id for page in self.pages if page.id not in self.completed), CHECK)

    def page(self, page_id: str) -> FormPage | None:
        """The page of that id if it is asked."""
        return next((page for page in self.pages if page.id == page_id), None)

    def next(self, page_id: str, *, returning: bool = False) -> str:
        """Where Continue leads from a page just answered. ``returning``: it was opened from CHECK to change an answer,
        so it leads back there, by way of the pages that the change has opened."""
        if returning:
            return self.first_incomplete
        index = self._index(page_id)
        if index is None:
            return self.first_incomplete
        return self.pages[index + 1].id if index + 1 < len(self.pages) else self.first_incomplete

    def previous(self, page_id: str) -> str | None:
        """Where Back leads, from CHECK to the last page; None from the first."""
        index = len(self.pages) if page_id == CHECK else self._index(page_id)
        return self.pages[index - 1].id if index else None

    def may_visit(self, page_id: str) -> bool:
        """Whether a page is asked and all before it are answered; CHECK when all are."""
        if page_id == CHECK:
            return self.is_complete
        index = self._index(page_id)
        return index is not None and all(page.id in self.completed for page in self.pages[:index])

    def position(self, page_id: str) -> Position:
        """Where a page stands. ``most`` counts the pages that are asked or may still become so; it never grows on the
        way forward."""
        index = self._index(page_id) or 0
        before = {page.id for page in self.pages[:index]}
        fixed = {name for page in self.pages[:index] for name in page.ask}
        possible: set[str] = set()
        for page in self._form.pages:
            open_fields = {name for each in self._form.pages if each.id in possible - before for name in each.ask}
            if self._may_hold(page.show_if, fixed, open_fields):
                possible.add(page.id)
        return Position(index + 1, len(possible))

    def _may_hold(self, condition: Condition | None, fixed: set[str], open_fields: set[str]) -> bool:
        decided = {name: wanted for name, wanted in (condition or {}).items() if name in fixed}
        others = (condition or {}).keys() - decided.keys()
        return holds(decided, self._answers) and others <= open_fields

    def _is_completed(self, page: FormPage) -> bool:
        return all(
            self._answers.get(name) is not None or (name in self._answers and not self._form.fields[name].required)
            for name in page.ask
        )

    def _index(self, page_id: str) -> int | None:
        return next((index for index, page in enumerate(self.pages) if page.id == page_id), None)
