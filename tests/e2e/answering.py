"""Answers the questions of any form as a person does: finds each control by the words that stand beside it."""

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.messages.pofile import read_po
from citizen import Citizen
from playwright.sync_api import Locator

from madang.backend.catalogue.templates import DemonstrationPerson
from madang.backend.config import CATALOGUE
from madang.forms.controls import part_order
from madang.forms.model import Answers, Field, FormDefinition, FormPage
from madang.i18n.locales import Locale
from madang.i18n.text import Text
from madang.web.controls import PART_LABELS, PASSPORT_LABELS

MESSAGES = Path(__file__).parents[2] / "madang/web/locales"
_APART = r"[\s\u200b\u2060\u00ad]*"
"""What a heading may hold between any two characters."""


@cache
def _catalogue(locale: Locale) -> dict[str, str]:
    with (MESSAGES / locale / "LC_MESSAGES/messages.po").open("rb") as file:
        return {message.id: str(message.string) for message in read_po(file) if isinstance(message.id, str)}


def message(locale: Locale, english: str) -> str:
    """What the portal says for ``english`` in ``locale``."""
    return _catalogue(locale)[english]


def written(text: str, *, whole: bool = False) -> re.Pattern[str]:
    """Finds ``text`` as a page writes it, at the beginning of a name or as all of it."""
    letters = _APART.join(re.escape(letter) for letter in text if not letter.isspace())
    return re.compile(f"^{_APART}{letters}{_APART}{'$' if whole else ''}")


class Answering:
    """``citizen`` answers ``form`` with ``answers`` as ``person``, one page after the other."""

    def __init__(self, citizen: Citizen, form: FormDefinition, answers: Answers, person: DemonstrationPerson) -> None:
        self.citizen, self.form, self.answers, self.person = citizen, form, answers, person
        self.locale: Locale = citizen.locale  # type: ignore[assignment]

    def page(self) -> FormPage | None:
        """The page of the form that stands there; None when all is answered and waits to be checked."""
        step = self.citizen.page.url.split("?")[0].rsplit("/", 1)[1]
        return None if step == "check" else next(page for page in self.form.pages if page.id == step)

    def fill(self, page: FormPage) -> None:
        for name in page.ask:
            field = self.form.fields[name]
            answer = self.answers.get(name)
            if answer not in (None, []):
                self._answer(field, answer)

    def go_on(self) -> None:
        """Presses Continue; where a name fits several places, chooses the first of them and goes on."""
        here = self.citizen.page.url
        self._continue()
        if self.citizen.page.url == here:
            self.citizen.page.locator("fieldset").get_by_role("radio").first.check()
            self._continue()
        assert self.citizen.page.url != here, f"{here} was not accepted"

    def _continue(self) -> None:
        button = self.citizen.page.get_by_role("button", name=message(self.locale, "Continue"), exact=True)
        with self.citizen.page.expect_navigation():
            button.locator("visible=true").last.click()

    def _said(self, text: Text) -> str:
        return text.resolve(self.locale).text

    def _answer(self, field: Field, answer: Any) -> None:
        label = self._said(field.label)
        main = self.citizen.page.locator("main")
        if field.type in ("radios", "checkboxes", "yes-no"):
            role = "checkbox" if field.type == "checkboxes" else "radio"
            for value in answer if isinstance(answer, list) else [answer]:
                self._group(label).get_by_role(role, name=written(self._option(field, value))).first.check()
        elif parts := part_order(field, self.locale):
            self._parts(field, self._group(label), parts, answer)
        elif field.type == "declaration":
            main.get_by_label(written(label)).check()
        elif field.type == "select":
            main.get_by_label(written(label)).select_option(answer)
        else:
            main.get_by_label(written(label)).fill(self._typed(field, answer))

    def _group(self, label: str) -> Locator:
        return self.citizen.page.get_by_role("group", name=written(label))

    def _parts(self, field: Field, group: Locator, parts: tuple[str, ...], answer: Any) -> None:
        values = answer
        if field.type == "date":
            day = dt.date.fromisoformat(answer)
            values = {"year": str(day.year), "month": str(day.month), "day": str(day.day)}
        own = PASSPORT_LABELS if field.kind == "passport" else {}
        for part in parts:
            box = group.get_by_label(written(message(self.locale, own.get(part, PART_LABELS[part])), whole=True))
            if part == "country" and part in values:
                box.select_option(values[part])
            elif values.get(part):
                box.fill(values[part])

    def _option(self, field: Field, value: str) -> str:
        if field.type == "yes-no":
            return message(self.locale, {"yes": "Yes", "no": "No"}[value])
        if field.options_from:
            named = {member.id: member.name.full for member in self.person.household}
            return named.get(value, self.person.name.full)  # alone: there is nobody but oneself to choose
        return self._said(next(option.label for option in field.options if option.value == value))

    def _typed(self, field: Field, answer: Any) -> str:
        """Places are named as they are written in the person's language."""
        return _place(field.register, str(answer), self.locale) if field.register else str(answer)


@cache
def _place(register: str, key: str, locale: Locale) -> str:
    things = yaml.safe_load((CATALOGUE / "registers" / f"{register}.yaml").read_text(encoding="utf-8"))
    found: str = things[key]["lot" if key == things[key]["lot"]["ko"] else "address"][locale]
    return found
