"""What is said: to each in their own language, told at once, kept for the transcript."""

import asyncio
import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from madang.i18n.locales import Locale
from madang.remote_support.messages import Down, Element, Phrase, Said
from madang.remote_support.ports import Ear, Standing, Store, Translator, Words
from madang.remote_support.sealed import Kind, seal
from madang.remote_support.states import Session, Side

SaidKind = Literal["phrase", "chat", "highlight", "point", "scroll-to", "move-focus", "suggest", "fill", "open"]
_SAID = msgspec.json.Decoder(Said)


class Speech:
    """``translator``: of free text; None: it passes as it was written."""

    def __init__(
        self, store: Store, words: Words, translator: Translator | None, now: Callable[[], dt.datetime]
    ) -> None:
        self._store = store
        self._words = words
        self._translator = translator
        self._now = now
        self._turns: dict[str, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def transcript(self, session: str, side: Side) -> Sequence[Said]:
        return [_SAID.decode(said) for said in await self._store.listed(session, f"said-{side}")]

    def act(
        self,
        session: Session,
        kind: SaidKind,
        ref: str,
        page: Standing,
        value: str = "",
        checked: bool | None = None,
    ) -> dict[Side, Said]:
        """An act of the agent's in words, for everybody."""
        identifier, at = _identifier(), self._at()
        made: dict[Side, Said] = {}
        for reader, locale in _readers(session).items():
            element = _element(page, locale if reader != "citizen" else None, ref)
            text = self._words.act(locale, kind, element, value, checked=checked)
            made[reader] = Said(id=identifier, who="agent", kind=kind, text=text, lang=locale, at=at)
        return made

    def phrase(self, session: Session, message: Phrase, page: Standing | None) -> dict[Side, Said] | None:
        """A sentence of the phrasebook, for everybody; None where there is none of that name."""
        identifier, at = _identifier(), self._at()
        made: dict[Side, Said] = {}
        for reader, locale in _readers(session).items():
            element = _element(page, locale if reader != "citizen" else None, message.ref) if page else None
            text = self._words.phrase(locale, message.phrase, element, message.words)
            if text is None:
                return None
            made[reader] = Said(id=identifier, who="agent", kind="phrase", text=text, lang=locale, at=at)
        return made

    async def chat(self, session: Session, who: Side, text: str) -> None:
        """Free text. A translation takes its time: meanwhile other messages pass, a stop above all, and what is said
        after it waits its turn."""
        readers = _readers(session)
        written = readers.get(who, session.locale)
        if self._translator is None or len(set(readers.values())) == 1:
            await self.tell(session, self._chat(readers, who, text, written, {}))
            return
        task = asyncio.create_task(self._translated(session.id, readers, who, text, written, self._translator))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _translated(
        self,
        session_id: str,
        readers: dict[Side, Locale],
        who: Side,
        text: str,
        written: Locale,
        translator: Translator,
    ) -> None:
        turn = self._turns.setdefault(session_id, asyncio.Lock())
        async with turn:
            found: dict[Locale, str] = {}
            for locale in set(readers.values()) - {written}:
                translation = await translator.translate(text, written, locale)
                if translation is not None:
                    found[locale] = translation
            session = await self._store.load(session_id)
            if session is not None and not session.over:
                await self.tell(session, self._chat(readers, who, text, written, found))
        if not turn.locked():
            self._turns.pop(session_id, None)

    def _chat(
        self, readers: dict[Side, Locale], who: Side, text: str, written: Locale, found: dict[Locale, str]
    ) -> dict[Side, Said]:
        identifier, at = _identifier(), self._at()
        made: dict[Side, Said] = {}
        for reader, locale in readers.items():
            said = Said(id=identifier, who=who, kind="chat", text=text, lang=written, at=at)
            if locale in found:
                said = msgspec.structs.replace(said, text=found[locale], lang=locale, source=text, source_lang=written)
            made[reader] = said
        return made

    async def tell(self, session: Session, said: dict[Side, Said], citizen: Down | None = None) -> None:
        """To everybody in their language, and into the transcripts. ``citizen``: sent to the citizen instead of the
        words alone."""
        for reader, words in said.items():
            await self._store.append(session.id, f"said-{reader}", msgspec.json.encode(words))
        kind: Kind = "words" if citizen is None else "act"
        await self._store.publish(session.id, "citizen", seal(session, kind, citizen or said["citizen"]))
        ears: tuple[Ear, ...] = ("agent", "guardian") if session.guardian else ("agent",)
        for ear in ears:
            words = said["agent"] if ear == "agent" else said.get("guardian", said["citizen"])
            await self._store.publish(session.id, ear, seal(session, "words", words))

    def _at(self) -> str:
        return self._now().astimezone(dt.UTC).isoformat(timespec="seconds")


def _readers(session: Session) -> dict[Side, Locale]:
    """A guardian reads what is said from the moment in which they are let in, and nothing of before."""
    agent = session.agent.locale if session.agent else session.locale
    readers: dict[Side, Locale] = {"citizen": session.locale, "agent": agent}
    return {**readers, "guardian": session.guardian_locale or session.locale} if session.guardian else readers


def _element(page: Standing, locale: Locale | None, ref: str | None) -> Element | None:
    """In the citizen's language, or in that of a rendering for agent or guardian."""
    if ref is None:
        return None
    twin = page.twins.get(locale) if locale else None
    return (twin.elements.get(ref) if twin else None) or page.elements.get(ref)


def _identifier() -> str:
    return secrets.token_urlsafe(9)
