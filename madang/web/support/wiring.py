"""Remote support put together from the portal's parts; ``web.app`` calls it."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Final

from madang.i18n.messages import Catalogues
from madang.remote_support import phrasebook
from madang.remote_support.ports import AuditRecord, Store, Trail, Translator, Words
from madang.remote_support.relay import Relay
from madang.remote_support.states import Limits
from madang.remote_support.stores.memory import MemoryStore
from madang.remote_support.translator import HttpTranslator
from madang.web.settings import Settings
from madang.web.support.words import HouseWords

log: Final = logging.getLogger("madang.support")


def relay(
    settings: Settings, trail: Trail, words: Words, translator: Translator | None, now: Callable[[], dt.datetime]
) -> Relay | None:
    """None where remote support is switched off or cannot work."""
    store = open_store(settings)
    if store is None:
        return None
    keys = [key.encode() for key in settings.derived_keys("support")]
    return Relay(store, trail, words, translator, keys=keys, limits=limits(settings), now=now)


def open_store(settings: Settings) -> Store | None:
    """Where live sessions are; None, with a line in the log that says why, where there is no such place."""
    if not settings.support:
        return None
    if settings.redis_url:
        from madang.remote_support.stores.redis import RedisStore

        return RedisStore(settings.redis_url)
    if settings.workers > 1:
        log.error(
            "remote support does not start: %s workers cannot share live sessions in memory; "
            "set MADANG_REDIS_URL, or MADANG_WORKERS=1, or MADANG_SUPPORT=no",
            settings.workers,
        )
        return None
    return MemoryStore()


def words(settings: Settings, catalogues: Catalogues) -> HouseWords:
    return HouseWords(catalogues, phrasebook.load(settings.support_phrases))


def translator(settings: Settings) -> HttpTranslator | None:
    return HttpTranslator(settings.translate_url, settings.translate_key) if settings.translate_url else None


class LogTrail:
    """The records in the log."""

    def append(self, record: AuditRecord) -> None:
        log.info("trail: %s %s %s", record.who, record.kind, record.detail, extra={"session": record.session})

    def healthy(self) -> bool:
        return True


def limits(settings: Settings) -> Limits:
    return Limits(
        code=settings.support_code_minutes * 60,
        consent=settings.support_consent_minutes * 60,
        grace=settings.support_grace_seconds,
        idle=settings.support_idle_minutes * 60,
        whole=settings.support_minutes * 60,
    )
