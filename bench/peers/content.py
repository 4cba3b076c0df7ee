"""One service page for all: 40 strings to be translated, 20 rows, a form of six fields; some 18 KB."""

import json
import struct
from pathlib import Path
from typing import Any

PEERS = Path(__file__).parent
STRINGS = {
    f"{subject} {matter}": f"{subject_ko} {matter_ko}"
    for subject, subject_ko in (
        ("Resident registration", "주민등록표"),
        ("Alien registration", "외국인등록"),
        ("Entry and exit", "출입국"),
        ("Local tax", "지방세"),
        ("Health insurance", "건강보험"),
    )
    for matter, matter_ko in (
        (
            "may be applied for online, at a counter or at a kiosk",
            "신청은 온라인, 창구, 무인민원발급기에서 할 수 있습니다",
        ),
        ("costs nothing when it is issued online", "온라인으로 발급하면 수수료가 없습니다"),
        ("is issued at once, also at night and on holidays", "밤과 휴일에도 즉시 발급됩니다"),
        (
            "can be verified for ninety days by anyone it is given to",
            "받은 사람은 90일 동안 진위를 확인합니다",
        ),
        ("needs no documents when you agree to the look-up", "조회에 동의하면 구비서류가 필요 없습니다"),
        ("is explained by telephone in six languages", "여섯 언어로 전화 상담을 받을 수 있습니다"),
        ("rests on its own law and its enforcement decree", "해당 법률과 시행령에 근거합니다"),
        ("was last reviewed by the agency in this quarter", "이번 분기에 담당 기관이 검토했습니다"),
    )
}
ROWS = [
    {
        "name": f"행정복지센터 민원실 <{number}>",
        "address": f"서울특별시 종로구 세종대로 {number} & {number + 1}, 정부청사 별관 {number}층",
        "phone": f"02-{2000 + number}-1100",
        "hours": "월요일부터 금요일까지 09:00-18:00, 점심시간에도 민원을 받습니다 (공휴일 제외)",
        "way": f"지하철 {number % 9 + 1}호선 {number}번 출구에서 걸어서 {number + 2}분, 휠체어로 들어올 수 있습니다"
        + "; 수어 통역을 부를 수 있고 주차는 한 시간 무료입니다",
        "fee": 400 + 100 * number,
        "ref": f"office:{number}",
    }
    for number in range(1, 21)
]
FIELDS = [
    {
        "id": name,
        "label": f"{label} ({name})",
        "hint": f"{label}: 등록된 그대로 입력하세요",
        "value": value,
        "autocomplete": autocomplete,
        "error": error,
    }
    for name, label, value, autocomplete, error in (
        ("name", "성명", "오순례", "name", ""),
        ("birth", "생년월일", "1948-03-02", "bday", ""),
        ("address", "주소", "서울 종로구 세종대로 209", "street-address", ""),
        ("phone", "전화번호", "010-1234-", "tel", "전화번호를 끝까지 입력하세요"),
        ("email", "전자우편", 'o"soon@example.kr', "email", ""),
        ("purpose", "쓰이는 곳", "", "off", "쓰이는 곳을 입력하세요"),
    )
]


def context() -> dict[str, Any]:
    return {"rows": ROWS, "fields": FIELDS}


def write_messages(folder: Path) -> None:
    """``ko/LC_MESSAGES/django.mo`` for the Python peers, and ``content.json`` for those in Node."""
    target = folder / "ko" / "LC_MESSAGES"
    target.mkdir(parents=True)
    pairs = [("", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"), *STRINGS.items()]
    (target / "django.mo").write_bytes(_compiled(sorted(pairs)))
    (folder / "content.json").write_text(json.dumps({**context(), "messages": STRINGS}, ensure_ascii=False))


def _compiled(pairs: list[tuple[str, str]]) -> bytes:
    """The binary form of a gettext catalogue."""
    offsets, keys, values = [], b"", b""
    for key, value in pairs:
        offsets.append((len(key.encode()), len(keys), len(value.encode()), len(values)))
        keys += key.encode() + b"\0"
        values += value.encode() + b"\0"
    begin = 28 + 16 * len(pairs)
    first = b"".join(struct.pack("<II", length, begin + at) for length, at, _, _ in offsets)
    second = b"".join(struct.pack("<II", length, begin + len(keys) + at) for _, _, length, at in offsets)
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, begin)
    return head + first + second + keys + values
