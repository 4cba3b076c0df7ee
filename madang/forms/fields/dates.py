"""date: three controls; any script, month names, and the Buddhist and imperial years where people write them."""

import calendar
import datetime as dt
import re
from typing import Any, Final

from madang.forms.controls import PARTS, Posted, Raw, first_control, one
from madang.forms.errors import Code, FieldError
from madang.forms.fields.base import Context, Known, Parsed, fault, malformed
from madang.forms.model import Answers, Field
from madang.forms.values import DateValue, Display
from madang.i18n import formats
from madang.i18n.calendars import FIRST_YEAR, LAST_YEAR, read_day, read_month, read_whole, read_year
from madang.i18n.digits import fold
from madang.i18n.locales import Locale

RELATIVE: Final = re.compile(r"today(?:([+-])(\d{1,4})([ymd]))?")
ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST: Final = 60
_ABSENT: Final[dict[str, Code]] = {"year": "no-year", "month": "no-month", "day": "no-day"}


def iso_date(text: Any) -> dt.date | None:
    """The date of a stored answer; None for anything else."""
    if not isinstance(text, str) or not ISO.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def years(field: Field, context: Context) -> tuple[int, int]:
    """First and last Gregorian year that an answer may have: those of the field's own limits, where it has them."""
    earliest = bound(field.earliest, context.today, context.answers)
    latest = bound(field.latest, context.today, context.answers)
    return (
        max(FIRST_YEAR, earliest.year) if earliest else FIRST_YEAR,
        min(LAST_YEAR, latest.year) if latest else LAST_YEAR,
    )


def _moved(date: dt.date, amount: int, unit: str) -> dt.date | None:
    try:
        if unit == "d":
            return date + dt.timedelta(days=amount)
        months = date.year * 12 + date.month - 1 + amount * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        # The last day of a shorter month stands for the days it lacks, as in Korea's Civil Act, article 160.
        return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))
    except (ValueError, OverflowError):
        return None


def bound(rule: str | None, today: dt.date, answers: Answers) -> dt.date | None:
    """The date that ``earliest`` or ``latest`` means; None when there is none, as with a field not answered yet."""
    if rule is None:
        return None
    if match := RELATIVE.fullmatch(rule):
        amount = int(match[1] + match[2]) if match[1] else 0
        return _moved(today, amount, match[3] or "d")
    return iso_date(rule) or iso_date(answers.get(rule))


class DateField:
    def controls(self, name: str, field: Field, posted: Posted) -> tuple[str, ...]:
        return tuple(f"{name}-{part}" for part in PARTS["date"])

    def missing(self, field: Field) -> Code:
        return "enter"

    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        typed = {part: fold(one(posted, f"{name}-{part}")[:_LONGEST]) for part in PARTS["date"]}
        given = [text for text in typed.values() if text]
        if not given:
            return Parsed()
        if len(given) == 1 and (whole := read_whole(given[0])):
            typed = dict(zip(PARTS["date"], whole, strict=True))
        for part, code in _ABSENT.items():
            if not typed[part]:
                return Parsed(errors=(fault(name, code, part),))
        year, month, day = read_year(typed["year"]), read_month(typed["month"]), read_day(typed["day"])
        if year is None:
            example = formats.year(context.today.year, context.locale)
            return Parsed(errors=(fault(name, "year", "year", example=example),))
        if not FIRST_YEAR <= year <= LAST_YEAR:
            first, last = (formats.year(limit, context.locale) for limit in years(field, context))
            return Parsed(errors=(fault(name, "year-range", "year", first=first, last=last),))
        if month is None or not 1 <= month <= 12:
            return Parsed(errors=(fault(name, "not-a-date", "month"),))
        if day is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
            return Parsed(errors=(fault(name, "not-a-date", "day"),))
        return Parsed(dt.date(year, month, day).isoformat())

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        date = iso_date(answer)
        if date is None or not FIRST_YEAR <= date.year <= LAST_YEAR:
            return malformed(name, field, context)
        control = first_control(name, field, context.locale)
        earliest = bound(field.earliest, context.today, context.answers)
        if earliest is not None and date < earliest:
            if field.earliest == "today":
                return (FieldError(name, control, "past"),)
            return (FieldError(name, control, "too-early", {"limit": earliest}),)
        latest = bound(field.latest, context.today, context.answers)
        if latest is not None and date > latest:
            if field.latest == "today":
                return (FieldError(name, control, "future"),)
            return (FieldError(name, control, "too-late", {"limit": latest}),)
        return ()

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        """Gregorian, in Thai the Buddhist year, as the hint there says."""
        date = dt.date.fromisoformat(answer)
        return {
            f"{name}-year": (formats.year(date.year, locale),),
            f"{name}-month": (str(date.month),),
            f"{name}-day": (str(date.day),),
        }

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return DateValue(dt.date.fromisoformat(answer))
