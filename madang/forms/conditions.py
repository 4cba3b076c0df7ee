"""Which pages of a form are asked, from its conditions and the answers so far."""

from typing import Any

from madang.forms.model import Answers, Condition, FormDefinition, FormPage


def _equal(wanted: Any, answer: Any) -> bool:
    # In Python True == 1 and 1 == 1.0; in answers a tick is not a number.
    return type(wanted) is type(answer) and bool(wanted == answer)


def _matches(wanted: Any, answer: Any) -> bool:
    values = wanted if isinstance(wanted, list) else [wanted]
    given = answer if isinstance(answer, list) else [answer]
    return any(_equal(value, each) for value in values for each in given)


def holds(condition: Condition | None, answers: Answers) -> bool:
    """Whether every field named has (or, where several can be chosen, includes) the value, or one of the values.
    A field that was not answered matches nothing."""
    return condition is None or all(
        answers.get(name) is not None and _matches(wanted, answers[name]) for name, wanted in condition.items()
    )


def visible_pages(form: FormDefinition, answers: Answers) -> tuple[FormPage, ...]:
    """The pages asked, in order. A condition sees only the answers of pages that are themselves asked before it, so
    an answer left behind on a hidden page opens nothing."""
    seen: Answers = {}
    pages = []
    for page in form.pages:
        if holds(page.show_if, seen):
            pages.append(page)
            seen.update({name: answers[name] for name in page.ask if name in answers})
    return tuple(pages)


def visible_fields(form: FormDefinition, answers: Answers) -> tuple[str, ...]:
    """The fields asked, in order."""
    return tuple(name for page in visible_pages(form, answers) for name in page.ask if name in form.fields)


def drop_hidden(form: FormDefinition, answers: Answers) -> Answers:
    """The answers of pages that are asked, in the form's order; what hidden pages hold is left out."""
    return {name: answers[name] for name in visible_fields(form, answers) if name in answers}
