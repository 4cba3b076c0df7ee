"""The page that stands: kept while the session lives, shown to whoever may look."""

from collections.abc import Mapping, Sequence
from html import escape

import msgspec

from madang.i18n.locales import Locale
from madang.remote_support.messages import Element, Fragment
from madang.remote_support.ports import Standing, Store
from madang.remote_support.recordings import Recordings
from madang.remote_support.sealed import seal
from madang.remote_support.states import Session


class Showing:
    def __init__(self, store: Store, recordings: Recordings) -> None:
        self._store = store
        self._recordings = recordings

    async def stand(self, session_id: str, standing: Standing, fresh: Sequence[Locale] | None = None) -> None:
        """``fresh``: the languages that it has just been drawn in; None: all."""
        await self._store.stand(session_id, standing)
        session = await self._store.load(session_id)
        if session is not None and session.state == "viewing" and session.page == standing.number:
            show = seal(session, "show", raw=msgspec.json.encode(fresh))
            await self._to_lookers(session, show)
            self._recordings.page(session, standing, fresh)
            if standing.complete:  # what came before the registry can be told now
                await self._store.publish(session.id, "citizen", show)

    async def fragment(self, session_id: str, fragments: Mapping[Locale, Fragment]) -> None:
        session, standing = await self._store.load(session_id), await self._store.standing(session_id)
        if session is None or standing is None or not fragments:
            return
        if any(fragment.number != standing.number for fragment in fragments.values()):
            return
        if not all(has(standing, lang, fragment.ref) for lang, fragment in fragments.items()):
            return  # of a page in another tab
        await self._store.stand(session_id, patched(session.locale, standing, fragments))
        if session.state == "viewing" and session.page == standing.number:
            await self._to_lookers(session, seal(session, "fragment", raw=msgspec.json.encode(fragments)))
            self._recordings.fragment(session, fragments)

    async def _to_lookers(self, session: Session, sealed: bytes) -> None:
        await self._store.publish(session.id, "agent", sealed)
        if session.guardian:
            await self._store.publish(session.id, "guardian", sealed)


def has(standing: Standing, locale: Locale, ref: str) -> bool:
    """Whether the page that stands has an element of that name in its rendering, for a part to take the place of."""
    twin = standing.twins.get(locale)
    return twin is None or ref in twin.elements or f'data-ref="{escape(ref)}"' in twin.html


def patched(locale: Locale, standing: Standing, fragments: Mapping[Locale, Fragment]) -> Standing:
    """The page with a part of it fetched anew. ``locale``: the citizen's."""
    kept = {
        lang: (*(old for old in standing.fragments.get(lang, ()) if old.ref != fragment.ref), fragment)
        for lang, fragment in fragments.items()
    }
    elements: dict[str, Element] = {**standing.elements, **(fragments[locale].elements if locale in fragments else {})}
    return msgspec.structs.replace(standing, elements=elements, fragments={**standing.fragments, **kept})
