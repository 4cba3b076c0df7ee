"""Korean postcodes (five digits, since August 2015) to areas: the first two digits name the province, in Seoul the
first three the district. Source: the blocks of 국가기초구역 that the Ministry of the Interior and Safety numbers."""

from bisect import bisect_right
from typing import Final

_PROVINCES: Final = (
    (1, "seoul"), (10, "gyeonggi"), (21, "incheon"), (24, "gangwon"), (27, "chungbuk"), (30, "sejong"),
    (31, "chungnam"), (34, "daejeon"), (36, "gyeongbuk"), (41, "daegu"), (44, "ulsan"), (46, "busan"),
    (50, "gyeongnam"), (54, "jeonbuk"), (57, "jeonnam"), (61, "gwangju"), (63, "jeju"), (64, ""),
)  # fmt: skip
"""From this number of the first two digits on."""
_SEOUL: Final = (
    (10, "gangbuk"), (13, "dobong"), (16, "nowon"), (20, "jungnang"), (24, "dongdaemun"), (27, "seongbuk"),
    (30, "jongno"), (33, "eunpyeong"), (36, "seodaemun"), (39, "mapo"), (43, "yongsan"), (45, "jung"),
    (47, "seongdong"), (49, "gwangjin"), (52, "gangdong"), (55, "songpa"), (60, "gangnam"), (65, "seocho"),
    (69, "dongjak"), (72, "yeongdeungpo"), (75, "gangseo"), (79, "yangcheon"), (82, "guro"), (85, "geumcheon"),
    (87, "gwanak"), (90, ""),
)  # fmt: skip
"""From this number of the first three digits on."""


def areas_of(postcode: str) -> tuple[str, ...]:
    """The area of a postcode or of its first three digits; empty for one that no place has."""
    if not (postcode.isascii() and postcode.isdigit() and len(postcode) in (3, 5)):
        return ()
    province = _of(_PROVINCES, int(postcode[:2]))
    if province == "seoul":
        district = _of(_SEOUL, int(postcode[:3]))
        return (f"seoul-{district}",) if district else ()
    return (province,) if province else ()


def _of(table: tuple[tuple[int, str], ...], number: int) -> str:
    place = bisect_right([start for start, _ in table], number) - 1
    return table[place][1] if place >= 0 else ""
