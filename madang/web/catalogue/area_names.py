"""The spellings under which people know an area, beside its official name: short, with another word for its kind."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from madang.contract.messages.catalogue import Area
from madang.web.catalogue.folding import fold

_SEAM: Final = re.compile(r" (?=[^a-z0-9])|(?<=[^a-z0-9]) ")
_PROVINCE_ENDINGS: Final = {
    "ko": r"(특별자치시|특별자치도|특별시|광역시|도)$",
    "en": r"( Special Self-Governing (Province|City)| Metropolitan City| State|-do|-si)$",
    "ja": r"(特別自治市|特別自治道|特別市|広域市|道)$",
    "zh": r"(特别自治市|特别自治道|特别市|广域市|道)$",
    "th": r"^(นครปกครองตนเองพิเศษ|จังหวัดปกครองตนเองพิเศษ|มหานคร|กรุง|จังหวัด)",
    "vi": r"^(thành phố|tỉnh)( tự trị đặc biệt)? ",
}
_PROVINCE_FORMS: Final = {
    "ko": ("{}시", "{}도"),
    "en": ("{} city", "{} metropolitan city", "{} province", "{}-do", "{}do", "{}-si", "{} island"),
    "ja": ("{}市", "{}道", "{}島"),
    "zh": ("{}市", "{}道", "{}岛"),
    "th": ("เมือง{}", "นคร{}", "กรุง{}", "จังหวัด{}", "เกาะ{}"),
    "vi": ("thành phố {}", "tp {}", "tp. {}", "tỉnh {}", "đảo {}"),
}
_ENDINGS: Final = {
    "ko": r"[시군구]$",
    "en": r"-(si|gun|gu)$",
    "ja": r"[市郡区]$",
    "zh": r"[市郡区]$",
    "th": r"^(เขต|เมือง|อำเภอ)",
    "vi": r"^(quận|huyện|thành phố) ",
}
_FORMS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "district": {"en": ("{} district", "{} gu", "{}gu"), "vi": ("q. {}", "quận {}")},
    "city": {"en": ("{} city", "{} si", "{}si"), "vi": ("tp {}", "tp. {}", "thành phố {}")},
    "county": {"en": ("{} county", "{} gun", "{}gun"), "vi": ("h. {}", "huyện {}")},
}
_ALSO: Final = {
    "chungbuk": ("충북", "chungbuk", "north chungcheong", "忠北", "ชุงช็องบุก", "bắc chungcheong"),
    "chungnam": ("충남", "chungnam", "south chungcheong", "忠南", "ชุงช็องนัม", "nam chungcheong"),
    "jeonbuk": ("전라북도", "jeollabuk-do", "jeollabuk", "north jeolla", "全羅北道", "全罗北道", "ช็อลลาเหนือ"),
    "jeonnam": ("전남", "jeonnam", "south jeolla", "全南", "ช็อลลานัม", "nam jeolla"),
    "gyeongbuk": ("경북", "gyeongbuk", "north gyeongsang", "慶北", "庆北", "คย็องซังบุก", "bắc gyeongsang"),
    "gyeongnam": ("경남", "gyeongnam", "south gyeongsang", "慶南", "庆南", "คย็องซังนัม", "nam gyeongsang"),
    "jeju": ("서귀포시", "서귀포", "seogwipo", "seogwipo-si", "西帰浦", "西归浦", "ซอกวีโพ"),
}
_MEANINGS: Final = (
    "고령 장수 강화 부여 보은 공주 인제 진도 기장 사상 구리 의성 성주 동해 남해 이천 고성 수성 정선 양산 무안",
    "연수 동작 유성 경기 광산 화성 음성 예산 완주 장성 영광 거창 상주 영주 달성 수영 관악 계양 청도 서산 금정",
    "남동 오산 광명 세종 영동 하동",
    "光明 報恩 报恩 長城 长城 海南 河南 江西 江東 江东 江南 新安 東海 东海 南海 公州 広州 广州 世宗 清道 長水 长水",
    "เซจง sejong",
)
"""Short names that are also everyday words: 예산 is a county and "budget", 영주 a city and "permanent residence"."""


class Spelling(NamedTuple):
    """``key``: see ``key``. ``whole``: says what kind of place it is; a short name that has another meaning is
    ``doubtful``."""

    key: str
    whole: bool
    doubtful: bool


def key(text: str) -> str:
    """What two spellings of one name have in common; blanks part Latin words only."""
    return _SEAM.sub("", fold(text.replace("區", "区")))


def joined(keys: Sequence[str]) -> str:
    """The key of a text from those of its words."""
    return _SEAM.sub("", " ".join(keys))


def spellings(area: Area) -> Iterator[Spelling]:
    """All spellings of an area in the six languages; some come more than once."""
    province = area.level == "province"
    endings = _PROVINCE_ENDINGS if province else _ENDINGS
    for language, ending in endings.items():
        name: str = getattr(area.name, language)
        if not name:
            continue
        stem = re.sub(ending, "", name)
        if stem != name:
            yield Spelling(key(name), True, False)
        forms = _PROVINCE_FORMS[language] if province else _FORMS[area.level].get(language, ())
        for form in forms:
            yield Spelling(key(form.format(stem)), True, False)
        if province or len(area.name.ko) > 2:  # 중 of 중구 alone names nothing
            short = key(stem)
            yield Spelling(short, False, short in _DOUBTFUL)
    for other in _ALSO.get(area.id, ()):
        yield Spelling(key(other), True, False)


_DOUBTFUL: Final = frozenset(key(word) for line in _MEANINGS for word in line.split())
