"""The way through a form, derived from the answers and never stored: what comes next, what may be visited.

Pages are named by their ids. After the last page stands the check of all answers, which has no id here: it is None.
"""

from functools import cached_property
from typing import Final

from madang.forms.conditions import holds, visible_pages
from madang.forms.model import Answers, Condition, FormDefinition
from madang.forms.sound import is_sound


class Path:
    """One form with the answers so far.

    A page is completed when each of its fields has an answer of its type (a draft may hold anything); an optional
    field left empty has the answer None (``validate_page`` gives it), so that a page of optional fields counts once
    it was passed, not before.
    """

    def __init__(self, form: FormDefinition, answers: Answers) -> None:
        self._form: Final = form
        self._answers: Final = answers
        self._asked: Final = {page.id: page.ask for page in visible_pages(form, answers)}

    @cached_property
    def pages(self) -> tuple[str, ...]:
        """The pages asked with these answers, in order."""
        return tuple(self._asked)

    @cached_property
    def completed(self) -> tuple[str, ...]:
        """The pages asked and answered, in order."""
        return tuple(page for page, fields in self._asked.items() if all(map(self._is_answered, fields)))

    @property
    def first_incomplete(self) -> str | None:
        """The page where a draft is taken up again; None when all is answered and can be checked."""
        return next((page for page in self.pages if page not in self.completed), None)

    def next(self, page: str, *, returning: bool = False) -> str | None:
        """Where Continue leads from a page just answered; None: to the check. ``returning``: the page was opened from
        the check to change an answer, so it leads back there, by way of what the change has opened."""
        if returning or page not in self._asked:
            return self.first_incomplete
        following = self.pages[self.pages.index(page) + 1 :]
        return following[0] if following else self.first_incomplete

    def previous(self, page: str | None) -> str | None:
        """Where Back leads; from None, the check, to the last page. None when there is nothing before."""
        if page is None:
            return self.pages[-1] if self.pages else None
        before = self.pages[: self.pages.index(page)] if page in self._asked else ()
        return before[-1] if before else None

    def may_visit(self, page: str | None) -> bool:
        """Whether a page is asked and all before it are answered; None, the check: whether all are."""
        if page is None:
            return self.first_incomplete is None
        if page not in self._asked:
            return False
        return all(before in self.completed for before in self.pages[: self.pages.index(page)])

    def position(self, page: str) -> int:
        """Which question this is, from 1; 0 when it is not asked."""
        return self.pages.index(page) + 1 if page in self._asked else 0

    def at_most(self, page: str) -> int:
        """How many questions there can be, seen from ``page``: those asked up to it, and every later one that its
        own and later answers may still open. Never grows on the way forward."""
        before = self.pages[: self.pages.index(page)] if page in self._asked else ()
        decided = {name for each in before for name in self._asked[each]}
        possible: set[str] = set()
        open_fields: set[str] = set()
        for each in self._form.pages:
            if self._may_hold(each.show_if, decided, open_fields):
                possible.add(each.id)
                if each.id not in before:
                    open_fields.update(each.ask)
        return len(possible)

    def _may_hold(self, condition: Condition | None, decided: set[str], open_fields: set[str]) -> bool:
        wanted = condition or {}
        fixed = {name: value for name, value in wanted.items() if name in decided}
        return holds(fixed, self._answers) and wanted.keys() - fixed.keys() <= open_fields

    def _is_answered(self, name: str) -> bool:
        field, answer = self._form.fields[name], self._answers.get(name)
        return is_sound(field, answer) or (answer is None and name in self._answers and not field.required)
