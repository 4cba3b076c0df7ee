"""A citizen who has asked for help, and an agent's browser, over the real portal."""

from typing import Any

import msgspec
from portal_kit import Visitor

from madang.i18n.locales import HTML_LANG, LOCALES, Locale
from madang.remote_support.messages import Element, Page
from madang.remote_support.ports import Standing
from madang.remote_support.relay import Relay
from madang.remote_support.states import Agreed, Level, Session
from madang.web.portal import Portal

AGENT, COLLEAGUE, SUPERVISOR, CITIZEN = "baek-noeul", "tran-thi-mai", "ma-yunseul", "han-garam"


def portal_of(app: Any) -> Portal:
    """The parts of a running portal, inside everything that guards it."""
    found: Portal = app._app._app.state.portal
    return found


def relay_of(app: Any) -> Relay:
    relay = portal_of(app).support
    assert relay is not None
    return relay


class Helped:
    """A citizen who reads Vietnamese, whose page is put where the mirror would put it."""

    def __init__(self, app: Any, session: Session) -> None:
        self.relay, self.id = relay_of(app), session.id
        self.code = self.relay.code(session) if session.way == "code" else ""

    @classmethod
    async def asking(cls, app: Any, way: Any = "code", need: str = "alien-registration") -> "Helped":
        session, _ = await relay_of(app).ask("vi", way=way, need=need, back="/vi/")
        return cls(app, session)

    async def now(self) -> Session:
        session = await self.relay.load(self.id)
        assert session is not None
        return session

    async def agrees(self, level: Level = "assist") -> None:
        await self.relay.apply(self.id, Agreed(level))

    async def opens(self, name: str = "apply/question", sensitive: bool = False, marker: str = "") -> int:
        session = await self.relay.page(self.id, name, sensitive)
        assert session is not None
        await self.relay.stand(self.id, standing(session.page, name, marker))
        return session.page


def standing(number: int, name: str, marker: str = "") -> Standing:
    words = {
        "ko": ("외국인등록 사실증명 사용 목적", "사용 목적", "은행", "계속"),
        "vi": ("Mục đích sử dụng", "Mục đích", "Ngân hàng", "Tiếp tục"),
    }
    twins, elements = {}, {}
    for locale in LOCALES:
        title, purpose, bank, go = words.get(locale, ("Purpose of use", "Purpose", "Bank", "Continue"))
        elements[locale] = {
            "purpose": Element("combobox", purpose, "", "", True, ("bank", "other"), (bank, "…")),
            "name": Element("textbox", "•", "", "", False),
            "memo": Element("textbox", "Memo", "", "", True),
            "bank": Element("radio", bank, "", "", True),
            "continue": Element("button", go),
            "help": Element("link", "110"),
        }
        html = (
            f'<main><h1>{title}{marker}</h1><p><span role="combobox" data-ref="purpose" aria-label="{purpose}"></span>'
            f'<span role="textbox" data-ref="memo" aria-label="Memo"></span>'
            f'<span role="button" data-ref="continue">{go}</span></p><div data-ref="list">old result</div></main>'
        )
        twins[locale] = Page(number, name, title, HTML_LANG[locale], html, "/static/css/none.css", elements[locale])
    return msgspec.convert(
        {"number": number, "name": name, "elements": elements["vi"], "twins": twins}, Standing, from_attributes=True
    )


async def at_the_desk(app: Any, person: str = AGENT, locale: Locale = "ko") -> Visitor:
    visitor = Visitor(app)
    await visitor.sign_in(person, f"/{locale}/desk")
    return visitor
