"""The pages of the demonstration's identity provider, drawn with the portal's own parts.

The provider (``backend``) knows nothing of the portal: it is given an object of this class when ``app`` wires it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.contract.messages.identity import PersonName
from madang.i18n.locales import HTML_LANG, Locale
from madang.i18n.text import Text
from madang.web.links import link
from madang.web.page import Page, Private, Public
from madang.web.portal import locale_of, portal, session_of
from madang.web.render import render
from madang.web.sign_in.config import DEMONSTRATION_PATH
from madang.web.views.cards import elsewhere
from madang.web.views.sign_in import SignInProblemPage

_PERSONAL: Final = {"Cache-Control": "no-store"}


class DemonstrationPerson(Protocol):
    """What the page shows of one of the provider's people."""

    @property
    def subject(self) -> str: ...
    @property
    def name(self) -> PersonName: ...
    @property
    def about(self) -> Text: ...
    @property
    def roles(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class PersonCard:
    subject: Public[str]
    name: Public[PersonName]
    about: Public[Text]
    role: Public[str]
    """The first that is not everybody's; "citizen" for most."""


@dataclass(frozen=True, slots=True)
class SignInPeoplePage(Page):
    """Everything on it is made up, so nothing of it is private but the address that carries the request's own
    secrets."""

    template: ClassVar[str] = "sign_in/people.html"
    bundle: ClassVar[str] = "task"
    sensitive: ClassVar[bool] = True
    people: Public[tuple[PersonCard, ...]]
    action: Private[str]


class DemonstrationPages:
    """Draws what the provider asks for; one object serves all requests."""

    async def choose(
        self, request: Request, people: Sequence[DemonstrationPerson], action: str, locale: Locale
    ) -> Response:
        """Whom one may be. One press signs in."""
        cards = tuple(PersonCard(person.subject, person.name, person.about, _role(person.roles)) for person in people)
        return await _drawn(request, SignInPeoplePage(people=cards, action=action), 200, locale)

    async def refuse(self, request: Request, reason: str, locale: Locale) -> Response:
        """A request that must not be answered with a redirect."""
        page = SignInProblemPage(
            kind="expired",
            typed=False,
            signed_in=await session_of(request) is not None,
            again=link(locale, "sign_in"),
            elsewhere=elsewhere(portal(request).shelf),
        )
        return await _drawn(request, page, 400, locale)


def _role(roles: Sequence[str]) -> str:
    return next((role for role in roles if role != "citizen"), "citizen")


async def language(request: Request) -> Response:
    """GET /{lang}/demo-sign-in: the choice again, in another language; where that page's language menu leads."""
    query = {**request.query_params, "ui_locales": HTML_LANG[locale_of(request)]}
    return RedirectResponse(f"{DEMONSTRATION_PATH}/authorize?{urlencode(query)}", 303)


async def _drawn(request: Request, page: Page, status: int, locale: Locale) -> Response:
    """``page`` as if it stood at /{lang}/demo-sign-in, so that its language menu leads there with the same query."""
    scope = {**request.scope, "madang.locale": locale, "path": f"/{locale}{DEMONSTRATION_PATH}", "root_path": ""}
    scope["method"] = "GET"
    response = await render(Request(scope, request.receive), page, status=status)
    for name in ("madang.csp_hashes", "madang.noindex", "madang.page"):
        if name in scope:
            request.scope[name] = scope[name]
    response.headers.update(_PERSONAL)
    return response
