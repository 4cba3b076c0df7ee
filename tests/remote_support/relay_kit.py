"""A relay over a real store, with the house's own words; a trail that is a list; time that tests move."""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from madang.i18n.locales import LOCALES, Locale
from madang.i18n.messages import Catalogues
from madang.remote_support import phrasebook
from madang.remote_support.messages import Element, Page
from madang.remote_support.ports import AuditRecord, Standing, Store, Translator
from madang.remote_support.rates import Rates
from madang.remote_support.relay import Relay
from madang.remote_support.states import Agent, Agreed, Level, Limits, Session
from madang.web.app import LOCALES as CATALOGUES
from madang.web.support.words import HouseWords

WORDS = HouseWords(Catalogues(Path(CATALOGUES)), phrasebook.load())
KEYS = (b"k" * 32,)
MINA = Agent("agent-mina", "김미나", "정부민원안내콜센터", "ko")
JUN = Agent("agent-jun", "박준", "정부민원안내콜센터", "en")


@dataclass
class Clock:
    at: dt.datetime = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.at

    def pass_by(self, seconds: float) -> None:
        self.at += dt.timedelta(seconds=seconds)


@dataclass
class ListTrail:
    records: list[AuditRecord] = field(default_factory=list)
    well: bool = True

    def append(self, record: AuditRecord) -> None:
        self.records.append(record)

    def healthy(self) -> bool:
        return self.well

    def kinds(self, session: str) -> list[str]:
        return [record.kind for record in self.records if record.session == session]


@dataclass
class House:
    """A relay and what stands around it."""

    store: Store
    trail: ListTrail
    clock: Clock
    relay: Relay

    async def waiting(self, locale: Locale = "vi") -> tuple[Session, str]:
        return await self.relay.ask(locale, way="code", need="apply/question", back=f"/{locale}/apply/1")

    async def viewing(self, level: Level = "assist", locale: Locale = "vi", agent: Agent = MINA) -> Session:
        """A citizen on page 1, whom the agent may look at."""
        session, _ = await self.waiting(locale)
        await self.relay.enter_code(agent, self.relay.code(session))
        await self.relay.page(session.id, "apply/question", sensitive=False)
        await self.relay.stand(session.id, standing(1, locale))
        after = await self.relay.apply(session.id, Agreed(level))
        assert after is not None
        assert after.state == "viewing"
        return after

    def hold_rates(self) -> None:
        """No bucket fills again, however long it takes to count what it lets through."""
        assert type(self.relay._upward._rates) is Rates
        self.relay._upward._rates = Rates(clock=lambda: 0.0)


def house(store: Store, limits: Limits | None = None, translator: Translator | None = None) -> House:
    trail, clock = ListTrail(), Clock()
    relay = Relay(store, trail, WORDS, translator, keys=KEYS, limits=limits or Limits(), now=clock)
    return House(store, trail, clock, relay)


NAMES = {"q-name": ("Họ và tên", "textbox"), "q-copies": ("Số bản", "combobox"), "q-agree": ("Đồng ý", "checkbox")}


def standing(number: int, locale: Locale = "vi", *, mark: str = "") -> Standing:
    """A page with a private name, a shared choice, a shared box, a button and a link."""
    elements = {
        "q-name": Element("textbox", "Họ và tên"),
        "q-copies": Element("combobox", "Số bản", shared=True, options=("1", "2"), labels=("một", "hai")),
        "q-note": Element("textbox", "Ghi chú", shared=True),
        "q-agree": Element("checkbox", "Đồng ý", shared=True),
        "next": Element("button", "Tiếp tục"),
        "guide": Element("link", "Hướng dẫn"),
    }
    twins = {
        lang: Page(number, "apply/question", f"title {mark}", lang, f"<main>{lang} {number} {mark}</main>", "/s.css",
                   {ref: Element(e.role, f"{lang}:{ref}", shared=e.shared) for ref, e in elements.items()})
        for lang in LOCALES
        if lang in ("ko", "en", locale)
    }  # fmt: skip
    return Standing(number, "apply/question", elements, twins)
