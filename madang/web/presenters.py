"""From pages to the parts that components draw, in one language: rows of summaries, timelines, error links."""

import gettext
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from madang.forms import errors, summary
from madang.forms.model import FormDefinition, FormPage
from madang.forms.parse import page_of
from madang.i18n import formats
from madang.i18n.locales import HTML_LANG, NATIVE_NAME, Locale
from madang.i18n.messages import N_
from madang.i18n.text import Text
from madang.web.channels import CHANNELS
from madang.web.control import Choice, Control
from madang.web.links import link
from madang.web.paging import PageLinks, page_links
from madang.web.revocation import Revocations
from madang.web.views.applications import ApplicationPage
from madang.web.views.check import CheckPage
from madang.web.views.named_places import PICK
from madang.web.views.question import QuestionPage
from madang.web.views.services import ServicesPage


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A row of components/summary_list."""

    label: str
    values: tuple[Markup | str, ...]
    url: str
    ref: str


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """An item of components/timeline."""

    title: str
    state: str
    text: str = ""
    time: str = ""
    datetime: str = ""


STATUS: Mapping[str, str] = {
    "received": N_("Received"),
    "in-review": N_("Being processed"),
    "more-info": N_("More information needed"),
    "completed": N_("Completed"),
    "returned": N_("Returned"),
    "withdrawn": N_("Withdrawn"),
}
WHICH_PLACE = N_("Which one do you mean?")
ANSWER = N_("%(question)s: %(answer)s")
NEXT_ISSUED = N_("Your certificate is issued")
NEXT_DECIDED = N_("A clerk decides")
NEXT_DECIDED_BY = N_("A clerk decides by %(date)s")


class Presenters:
    """Globals of one locale's environment."""

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

    def globals(self) -> Mapping[str, Any]:
        return {
            "bcp47": lambda locale: HTML_LANG[locale],
            "native_name": lambda locale: NATIVE_NAME[locale],
            "channel_name": lambda channel: self._gettext(CHANNELS[channel]),
            "question_page": question_page,
            "error_links": self.error_links,
            "elsewhere_lines": self.elsewhere_lines,
            "check_rows": self.check_rows,
            "answer_rows": self.answer_rows,
            "version_rows": self.version_rows,
            "fault_links": self.fault_links,
            "timeline_items": self.timeline_items,
            "place_control": self.place_control,
            "service_pages": self.service_pages,
            **Revocations(self._gettext).globals(),
        }

    def error_links(self, page: QuestionPage) -> Sequence[tuple[str, str]]:
        """(control id, sentence) for the error summary."""
        return [(error.control, self._message(error, page.form)) for error in page.errors]

    def _message(self, error: errors.FieldError, form: FormDefinition) -> str:
        return errors.message(error, form, self._locale, self._gettext, easy=self._easy)

    def place_control(self, page: QuestionPage) -> Control:
        """The choice between the places that the typed words may mean, each also as the register writes it."""
        options = []
        for index, place in enumerate(page.places):
            official = "" if self._locale == "ko" else Markup('<span lang="ko">{}</span>').format(place.name.ko)
            name = self._t(place.name)
            options.append(
                Choice(place.key, name, PICK if index == 0 else f"{PICK}-{index + 1}", hint=official or None)
            )
        return Control("radios", PICK, self._gettext(WHICH_PLACE), options=tuple(options))

    def elsewhere_lines(self, page: QuestionPage) -> Sequence[Markup | str]:
        """What was answered on the other device."""
        rows = summary.summary(page.form, page.elsewhere or {})
        return [line for row in rows if row.field in (page.elsewhere or {}) for line in self._lines(row)]

    def check_rows(self, page: CheckPage) -> Sequence[SummaryLine]:
        """Every answer with the way to change it; the answer changed brings back here."""
        parts = {"service": page.service, "draft": page.draft}
        return [
            SummaryLine(
                label=self._t(row.label),
                values=self._lines(row),
                url=link(self._locale, "question", {"from": "check"}, step=row.page, **parts),
                ref=f"change:{row.field}",
            )
            for row in page.rows
        ]

    def answer_rows(self, page: ApplicationPage) -> Sequence[SummaryLine]:
        return self.version_rows(page.rows)

    def version_rows(self, rows: Sequence[summary.SummaryRow]) -> Sequence[SummaryLine]:
        return [SummaryLine(self._t(row.label), self._lines(row), "", "") for row in rows]

    def fault_links(self, page: CheckPage) -> Sequence[tuple[str, str]]:
        """(address of the question, sentence) of each answer that no longer fits."""
        parts = {"service": page.service, "draft": page.draft}
        return [
            (
                link(self._locale, "question", {"from": "check"}, step=step, **parts),
                self._message(error, page.form),
            )
            for step, error in page.faults
        ]

    def timeline_items(self, page: ApplicationPage) -> Sequence[TimelineItem]:
        """What happened, and what is still to come."""
        application = page.application
        items = [
            TimelineItem(
                title=self._gettext(STATUS[event.status]),
                state="done",
                text=self._t(event.note) if event.note else "",
                time=formats.date_time(event.at, self._locale),
                datetime=event.at.isoformat(timespec="seconds"),
            )
            for event in application.events
        ]
        if application.status == "received":
            items.append(TimelineItem(self._gettext(NEXT_ISSUED), "next"))
        elif application.status == "in-review":
            title = self._gettext(NEXT_DECIDED)
            if application.due:
                title = self._gettext(NEXT_DECIDED_BY) % {"date": formats.date(application.due, self._locale)}
            items.append(TimelineItem(title, "next"))
        return items

    def service_pages(self, page: ServicesPage) -> PageLinks:
        def address(number: int) -> str:
            query = {"q": page.query, **page.narrowed, "page": str(number) if number > 1 else ""}
            return link(self._locale, "services", {key: value for key, value in query.items() if value})

        return page_links(page.page, page.pages, address)

    def _lines(self, row: summary.SummaryRow) -> tuple[Markup | str, ...]:
        return tuple(self._line(line) for line in summary.display(row.value, self._locale, self._gettext))

    def _line(self, line: summary.Shown) -> Markup | str:
        """Each part in its own language: the question in the page's, the answer in the one it was written in."""
        elsewhere = line.lang not in ("", HTML_LANG[self._locale])
        answer = Markup('<span lang="{}">{}</span>').format(line.lang, line.text) if elsewhere else escape(line.text)
        if not line.question:
            return answer
        return escape(self._gettext(ANSWER)) % {"question": line.question, "answer": answer}


def question_page(form: FormDefinition, step: str) -> FormPage:
    return page_of(form, step)
