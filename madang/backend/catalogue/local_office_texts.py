"""Names, addresses and hours of demonstration offices in six languages: whole patterns, never glued words."""

from collections.abc import Mapping
from typing import Final

from madang.contract.messages.catalogue import Area
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.text import Text

OFFICE_HOURS: Final = Text(
    ko="평일 09:00~18:00",
    en="Weekdays 09:00 to 18:00",
    ja="平日9:00〜18:00",
    zh="工作日9:00～18:00",
    th="วันทำการ 9.00-18.00 น.",
    vi="Ngày làm việc, từ 9 giờ đến 18 giờ",
)
EVENING_HOURS: Final = Text(
    ko="평일 09:00~18:00, 화요일은 20:00까지",
    en="Weekdays 09:00 to 18:00, Tuesdays until 20:00",
    ja="平日9:00〜18:00、火曜日は20:00まで",
    zh="工作日9:00～18:00，周二至20:00",
    th="วันทำการ 9.00-18.00 น. วันอังคารถึง 20.00 น.",
    vi="Ngày làm việc, từ 9 giờ đến 18 giờ, thứ Ba đến 20 giờ",
)
ALWAYS: Final = Text(
    ko="매일 24시간",
    en="24 hours, every day",
    ja="毎日24時間",
    zh="每天24小时",
    th="24 ชั่วโมงทุกวัน",
    vi="24 giờ, tất cả các ngày",
)
DAILY: Final = Text(
    ko="매일 07:00~22:00",
    en="Every day 07:00 to 22:00",
    ja="毎日7:00〜22:00",
    zh="每天7:00～22:00",
    th="ทุกวัน 7.00-22.00 น.",
    vi="Hằng ngày, từ 7 giờ đến 22 giờ",
)
Patterns = Mapping[Locale, str]
"""A whole name in each language, with ``{area}``, ``{province}``, ``{number}`` or ``{place}``."""

_COUNTER: Final[Patterns] = {
    "ko": "{area}청 민원실(시연용)",
    "en": "{area} Office, service counter (demonstration)",
    "ja": "{area}庁 窓口（デモ用）",
    "zh": "{area}厅办事窗口（演示用）",
    "th": "ช่องบริการ {hall}{area} (สาธิต)",
    "vi": "Quầy tiếp nhận hồ sơ, {hall} {area} (minh họa)",
}
_HALL: Final[Mapping[str, Text]] = {
    "district": Text(ko="", th="สำนักงาน", vi="văn phòng"),
    "city": Text(ko="", th="ศาลาว่าการ", vi="tòa thị chính"),
    "county": Text(ko="", th="ที่ว่าการ", vi="văn phòng"),
    "province": Text(ko="", th="ที่ทำการ", vi="trụ sở chính quyền"),
}
"""What Thai and Vietnamese call the seat of an area, by its level; the other languages have one word for all."""
_KIOSK: Final[Patterns] = {
    "ko": "{area} {place} 무인민원발급기(시연용)",
    "en": "Self-service certificate kiosk, {place}, {area} (demonstration)",
    "ja": "証明書自動交付機 {area} {place}（デモ用）",
    "zh": "{area}{place}自助证明打印机（演示用）",
    "th": "ตู้ออกเอกสารอัตโนมัติ {place} {area} (สาธิต)",
    "vi": "Máy cấp giấy tờ tự động, {place}, {area} (minh họa)",
}
_PLACES: Final = (
    Text(ko="마당역", en="Madang Station", ja="マダン駅", zh="马当站", th="สถานีมาดัง", vi="ga Madang"),
    Text(ko="마당시장", en="Madang Market", ja="マダン市場", zh="马当市场", th="ตลาดมาดัง", vi="chợ Madang"),
    Text(
        ko="마당병원", en="Madang Hospital", ja="マダン病院", zh="马当医院", th="โรงพยาบาลมาดัง", vi="bệnh viện Madang"
    ),
    Text(
        ko="마당도서관", en="Madang Library", ja="マダン図書館", zh="马当图书馆", th="ห้องสมุดมาดัง", vi="thư viện Madang"
    ),
)
_ADDRESS: Final[Patterns] = {
    "ko": "{province} {area} 시연로 {number}",
    "en": "{number} Siyeon-ro, {area}, {province}",
    "ja": "{province} {area} シヨンロ {number}",
    "zh": "{province}{area}示演路{number}",
    "th": "{number} ถนนชีย็อน {area} {province}",
    "vi": "{number} Siyeon-ro, {area}, {province}",
}
_ADDRESS_OF_PROVINCE: Final[Patterns] = {
    "ko": "{area} 시연로 {number}",
    "en": "{number} Siyeon-ro, {area}",
    "ja": "{area} シヨンロ {number}",
    "zh": "{area}示演路{number}",
    "th": "{number} ถนนชีย็อน {area}",
    "vi": "{number} Siyeon-ro, {area}",
}


def counter_name(area: Area) -> Text:
    """종로구청 민원실(시연용), ``Jongno-gu Office, service counter (demonstration)``, ..."""
    return _written(_COUNTER, area, hall=_HALL[area.level])


def kiosk_name(area: Area, chance: int) -> Text:
    """``chance`` (0 or more) chooses the station, market, hospital or library where it stands."""
    place = _PLACES[chance % len(_PLACES)]
    return _written(_KIOSK, area, place=place)


def address(area: Area, province: Area | None, number: int) -> Text:
    """Korea's road-name address; ``province`` None for a province that is its own municipality."""
    if province is None:
        return _written(_ADDRESS_OF_PROVINCE, area, number=number, latin=True)
    return _written(_ADDRESS, area, province=province.name, number=number, latin=True)


def _written(patterns: Patterns, area: Area, *, latin: bool = False, **other: Text | int) -> Text:
    """``latin``: Vietnamese takes the English names, as an address on a letter does."""

    def value(part: Text | int, locale: Locale) -> str:
        named: Locale = "en" if latin and locale == "vi" else locale
        return part.resolve(named).text if isinstance(part, Text) else str(part)

    parts = {"area": area.name, **other}
    return Text.of({lang: patterns[lang].format(**{k: value(v, lang) for k, v in parts.items()}) for lang in LOCALES})
