"""Demonstration counters and kiosks of every municipality, made from the list of areas.

The places and the road 시연로 ("demonstration road") are invented and every name says so. What a place offers follows
rules that hold in Korea as a whole (where many foreigners live or visit, more languages are spoken; a big building has
a step-free entrance sooner than an old one), and is the same each time: it hangs on the area's id alone.
"""

from typing import Final
from zlib import crc32

from madang.backend.catalogue import local_office_texts as texts
from madang.contract.messages.catalogue import Area, Office
from madang.i18n.locales import LOCALES, Locale

ALL: Final[tuple[Locale, ...]] = LOCALES
SETTLED: Final = frozenset(
    {"gyeonggi-ansan", "gyeonggi-siheung", "gyeonggi-suwon", "gyeonggi-hwaseong", "gyeonggi-bucheon",
     "gyeonggi-pyeongtaek", "seoul-yeongdeungpo", "seoul-guro", "seoul-geumcheon",
     "incheon-bupyeong", "incheon-yeonsu", "gyeongnam-gimhae",
     "gyeongnam-changwon", "chungnam-asan", "chungnam-cheonan", "gwangju-gwangsan", "daegu-dalseo", "chungbuk-cheongju"}
)  # fmt: skip
"""Where most of the foreigners who live in Korea are registered: all six languages are spoken."""
VISITED: Final = frozenset(
    {"seoul-jongno", "seoul-jung", "seoul-gangnam", "seoul-mapo", "seoul-yongsan", "seoul-gwangjin", "busan-jung",
     "busan-haeundae", "busan-suyeong", "incheon-jung", "gyeongbuk-gyeongju", "jeonbuk-jeonju", "gangwon-gangneung",
     "gangwon-sokcho", "jeonnam-yeosu", "jeju"}
)  # fmt: skip
"""Where most visitors go."""
KIOSK_OFFSET: Final = 0.008
"""Degrees: a kiosk stands within a kilometre of its office."""


def local_offices(areas: tuple[Area, ...]) -> tuple[Office, ...]:
    """One counter and one kiosk of each municipality, and of each province that has no municipalities (Sejong, Jeju).

    Args:
        areas: provinces and municipalities; each municipality's parent is among them.
    Returns:
        Offices in the areas' order, the counter before the kiosk, ids ``<area>-counter`` and ``<area>-kiosk``. They
        name no services: a counter does whatever has the channel "counter".
    Raises:
        KeyError: a municipality's parent is missing.
    """
    by_id = {area.id: area for area in areas}
    parents = {area.parent for area in areas}
    made: list[Office] = []
    for area in areas:
        if area.id not in parents:
            province = by_id[area.parent] if area.parent else None
            made += (_counter(area, province), _kiosk(area, province))
    return tuple(made)


def _chance(area: Area, what: str) -> int:
    """0 to 99, always the same for one area and question."""
    return crc32(f"{what}:{area.id}".encode()) % 100


def _counter(area: Area, province: Area | None) -> Office:
    late = area.level != "county" and _chance(area, "evening") < 40
    return Office(
        id=f"{area.id}-counter",
        kind="counter",
        name=texts.counter_name(area),
        address=texts.address(area, province, 1 + _chance(area, "number")),
        hours=texts.EVENING_HOURS if late else texts.OFFICE_HOURS,
        languages=_languages(area),
        step_free=area.level != "county" or _chance(area, "step") < 70,
        hearing_loop=_chance(area, "loop") < (25 if area.level == "county" else 60),
        area=area.id,
        latitude=area.latitude,
        longitude=area.longitude,
    )


def _kiosk(area: Area, province: Area | None) -> Office:
    always = area.level != "county" and _chance(area, "always") < 60
    angle = _chance(area, "where")
    return Office(
        id=f"{area.id}-kiosk",
        kind="kiosk",
        name=texts.kiosk_name(area, _chance(area, "place")),
        address=texts.address(area, province, 201 + _chance(area, "kiosk-number")),
        hours=texts.ALWAYS if always else texts.DAILY,
        languages=_kiosk_languages(area),
        step_free=_chance(area, "kiosk-step") < 90,
        area=area.id,
        latitude=round(area.latitude + KIOSK_OFFSET * (angle % 10 - 4.5) / 10, 4),
        longitude=round(area.longitude + KIOSK_OFFSET * (angle // 10 - 4.5) / 10, 4),
    )


def _languages(area: Area) -> tuple[Locale, ...]:
    """Spoken at a counter. In the countryside Vietnamese is the first foreign language of many families."""
    if area.id in SETTLED:
        return ALL
    if area.id in VISITED:
        return ("ko", "en", "ja", "zh")
    if area.level == "county":
        return ("ko", "vi") if _chance(area, "languages") < 40 else ("ko",)
    return ("ko", "en", "zh") if _chance(area, "languages") < 35 else ("ko", "en")


def _kiosk_languages(area: Area) -> tuple[Locale, ...]:
    """Newer machines, which stand in cities, show more languages."""
    if area.id in SETTLED or area.id in VISITED:
        return ("ko", "en", "ja", "zh")
    return ("ko",) if area.level == "county" else ("ko", "en")
