"""Two versions of one draft: what was kept here during an outage, and what another device saved meanwhile."""

from dataclasses import dataclass
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.forms.conditions import drop_hidden
from madang.forms.model import FormDefinition
from madang.forms.summary import SummaryRow, summary
from madang.i18n.text import Text
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, signed_in
from madang.web.questions import household_of
from madang.web.render import render
from madang.web.state.held import Held
from madang.web.views.apply import applicable


@dataclass(frozen=True, slots=True)
class VersionsPage(Page):
    template: ClassVar[str] = "apply/versions.html"
    bundle: ClassVar[str] = "task"
    service: Public[str]
    title: Public[Text]
    draft: Private[str]
    mine: Private[tuple[SummaryRow, ...]]
    theirs: Private[tuple[SummaryRow, ...]]


async def choose(request: Request, kept: Held, form: FormDefinition) -> Response | None:
    """The page that asks which answers to keep, or what follows from the choice just made; None when there is nothing
    to choose."""
    if kept.mine is None:
        return None
    p, session = portal(request), await signed_in(request)
    choice = (await request.form()).get("keep") if request.method == "POST" else None
    if choice == "mine":
        await p.drafts.save(session, kept.draft, kept.mine.answers, kept.mine.locale)
    elif choice == "theirs" or kept.mine.answers == kept.answers:
        await p.drafts.settle(session, kept.id)
    else:
        service, _ = applicable(request)
        page = VersionsPage(
            service=service.identifier,
            title=service.title,
            draft=kept.id,
            mine=await _rows(request, form, kept.mine.answers),
            theirs=await _rows(request, form, kept.answers),
        )
        return await render(request, page, status=409)
    return RedirectResponse(link(locale_of(request), "check", service=kept.service, draft=kept.id), 303)


async def _rows(request: Request, form: FormDefinition, answers: dict[str, object]) -> tuple[SummaryRow, ...]:
    return summary(form, drop_hidden(form, answers), await household_of(request))
