"""From a field of a question page to the control that is drawn, in one language."""

import dataclasses
import gettext
from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from madang.forms import errors
from madang.forms.controls import entry_numbers, first_control, one, option_id, part_order
from madang.forms.model import Field, FormDefinition
from madang.i18n import formats
from madang.i18n.calendars import buddhist_year
from madang.i18n.countries import countries
from madang.i18n.locales import Locale
from madang.i18n.messages import N_
from madang.i18n.text import Text
from madang.web.control import Choice, Control, Entry, Item
from madang.web.questions import FieldView, Raw

PART_LABELS: Mapping[str, str] = {
    "year": N_("Year"),
    "month": N_("Month"),
    "day": N_("Day"),
    "family": N_("Family name"),
    "given": N_("Given name"),
    "single": N_("Name"),
    "has-single": N_("I have only one name"),
    "country": N_("Country"),
    "postcode": N_("Postcode"),
    "line1": N_("Street and building number"),
    "line2": N_("Flat, floor, building name (if any)"),
}
PASSPORT_LABELS: Mapping[str, str] = {
    "family": N_("Family name, as in the passport"),
    "given": N_("Given names, as in the passport"),
}
INPUT_MODES: Mapping[str, str] = {"number": "decimal", "money": "numeric", "phone": "tel", "email": "email"}
AUTOCOMPLETE: Mapping[str, str] = {"phone": "tel", "email": "email"}
VERBATIM = frozenset({"number", "money", "phone", "email", "identity-number"})
PHOTOS_AND_PDF = ("application/pdf", "image/jpeg", "image/png", "image/heic", "image/webp")
KNOWN = N_("We know this from the register. Is it right? You can change it.")
WON = N_("won")
ENTRY = N_("%(name)s %(number)s")
DATE_HINT = N_("For example, %(example)s")
DATE_HINT_ERA = N_("For example, %(example)s. You may type the year of the Buddhist era or of the Common Era")


class Controls:
    """Makes controls for one locale."""

    def __init__(
        self,
        locale: Locale,
        translations: gettext.NullTranslations,
        t: Callable[[Text], Markup],
        *,
        easy: bool = False,
    ) -> None:
        self._locale = locale
        self._easy = easy
        self._gettext = translations.gettext
        self._t = t

    def control(self, view: FieldView, form: FormDefinition) -> Control:
        """The control of a whole field; of a repeat, with the controls of its entries."""
        field = view.field
        made = self._control(view.id, field, view.raw, view.errors, form)
        if view.members:
            chosen = set(view.raw.get(view.id, ()))
            options = tuple(
                Choice(
                    value=member.id,
                    label=Markup('<span lang="{}" translate="no">{}</span>').format(
                        member.name.lang or "ko", member.name.full
                    ),
                    id=option_id(view.id, member.id, index),
                    hint=self._relation(member.relation),
                    checked=member.id in chosen,
                )
                for index, member in enumerate(view.members)
            )
            made = dataclasses.replace(made, options=options)
        if field.type == "files":
            items = tuple(Item(f.id, f.name, formats.file_size(f.size, self._locale)) for f in view.files)
            made = dataclasses.replace(made, files=items)
        if field.type == "repeat":
            made = dataclasses.replace(made, entries=self._entries(view, form))
        note = self._gettext(KNOWN) if view.known else None
        return dataclasses.replace(made, label_is_heading=view.alone, note=note)

    def _entries(self, view: FieldView, form: FormDefinition) -> tuple[Entry, ...]:
        numbers = entry_numbers(view.id, view.raw) or (1,)
        name = (view.field.short or view.field.label).resolve(self._locale).text
        return tuple(
            Entry(
                key=str(number),
                title=self._gettext(ENTRY) % {"name": name, "number": number},
                controls=tuple(
                    self._control(f"{view.id}-{number}-{nested}", field, view.raw, view.errors, form)
                    for nested, field in view.field.fields.items()
                ),
            )
            for number in numbers
        )

    def _control(
        self, name: str, field: Field, raw: Raw, found: Sequence[errors.FieldError], form: FormDefinition
    ) -> Control:
        mine = [error for error in found if error.field == name]
        error = mine[0] if mine else None
        parts = part_order(field, self._locale)
        first = first_control(name, field, self._locale)
        wrong = {e.control.removeprefix(f"{name}-") for e in mine if e.control.startswith(f"{name}-")}
        if error is not None and parts and error.control in (name, first) and error.code not in _ONE_PART:
            wrong = set(parts)
        return Control(
            type=field.type,
            id=name,
            label=self._t(field.label),
            hint=self._hint(field),
            error=self._message(error, form) if error else None,
            required=field.required,
            value=one(raw, name),
            values={part: one(raw, f"{name}-{part}") for part in parts},
            labels=self._labels(field, parts),
            wrong=frozenset(wrong),
            options=self._options(name, field, raw),
            autocomplete=field.autocomplete or AUTOCOMPLETE.get(field.type, ""),
            inputmode=INPUT_MODES.get(field.type, "") or self._numeric(field),
            input_type={"email": "email", "phone": "tel"}.get(field.type, "text"),  # type: ignore[arg-type]
            width=field.width,
            suffix=self._gettext(WON) if field.type == "money" else "",
            max=field.max if field.type == "textarea" else None,
            accept=",".join(field.accept or PHOTOS_AND_PDF) if field.type == "files" else "",
            verbatim=field.type in VERBATIM or field.kind == "passport",
        )

    def _message(self, error: errors.FieldError, form: FormDefinition) -> str:
        return errors.message(error, form, self._locale, self._gettext, easy=self._easy)

    def _labels(self, field: Field, parts: Sequence[str]) -> dict[str, str]:
        own = PASSPORT_LABELS if field.kind == "passport" else {}
        return {part: self._gettext(own.get(part, PART_LABELS[part])) for part in parts}

    def _hint(self, field: Field) -> str | None:
        if field.hint is not None:
            return self._t(field.hint)
        if field.type != "date":
            return None
        if self._locale == "th":
            return self._gettext(DATE_HINT_ERA) % {"example": f"27 3 {buddhist_year(2026)}"}
        order = " ".join({"year": "2026", "month": "3", "day": "27"}[part] for part in part_order(field, self._locale))
        return self._gettext(DATE_HINT) % {"example": order}

    def _numeric(self, field: Field) -> str:
        return "numeric" if field.type == "identity-number" and field.kind != "passport" else ""

    def _options(self, name: str, field: Field, raw: Raw) -> tuple[Choice, ...]:
        if field.type == "yes-no":
            chosen = set(raw.get(name, ()))
            words = (("yes", N_("Yes")), ("no", N_("No")))
            return tuple(
                Choice(value, self._gettext(word), option_id(name, value, index), checked=value in chosen)
                for index, (value, word) in enumerate(words)
            )
        if field.type == "address":
            here = one(raw, f"{name}-country") or "KR"
            return tuple(
                Choice(code, title, f"{name}-{code}", checked=code == here) for code, title in countries(self._locale)
            )
        chosen = set(raw.get(name, ()))
        return tuple(
            Choice(
                value=option.value,
                label=self._t(option.label),
                id=option_id(name, option.value, index),
                hint=self._t(option.hint) if option.hint else None,
                checked=option.value in chosen,
                divider=option.exclusive,
            )
            for index, option in enumerate(field.options)
        )

    def _relation(self, relation: str) -> str:
        return self._gettext(RELATIONS[relation])


_ONE_PART = frozenset({"no-year", "no-month", "no-day", "year", "postcode", "country", "family-name", "given-name"})
RELATIONS: Mapping[str, str] = {
    "self": N_("Yourself"),
    "head": N_("Head of household"),
    "spouse": N_("Husband or wife"),
    "child": N_("Child"),
    "parent": N_("Father or mother"),
    "sibling": N_("Brother or sister"),
    "other": N_("Other member of the household"),
}
