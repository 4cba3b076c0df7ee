"""Catalogues for the tests: the three services as they are called, and generated ones of any size."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from pathlib import Path

import msgspec

from madang.contract.messages.catalogue import (
    Authority,
    Catalogue,
    Category,
    Channel,
    HelpLine,
    Office,
    ProcessingTime,
    Service,
)
from madang.forms.model import Field, FormDefinition, FormPage
from madang.i18n.locales import LOCALES, Locale, is_locale
from madang.i18n.text import Text
from madang.web.catalogue.snapshot import version_of


def text(value: str) -> Text:
    return Text(**dict.fromkeys(LOCALES, value))


AUTHORITIES = (
    Authority(
        "moj",
        Text("법무부", "Ministry of Justice", "法務部", "法务部", "กระทรวงยุติธรรม", "Bộ Tư pháp"),
    ),
    Authority(
        "mois",
        Text(
            "행정안전부",
            "Ministry of the Interior and Safety",
            "行政安全部",
            "行政安全部",
            "กระทรวงมหาดไทยและความปลอดภัย",
            "Bộ Hành chính và An toàn",
        ),
    ),
)
CATEGORIES = (
    Category(
        "identity", Text("신분·주소", "Identity and residence", "身分・住所", "身份与住址", "ตัวบุคคล", "Nhân thân")
    ),
    Category("foreign", Text("외국인", "Foreign residents", "外国人", "外国人", "คนต่างด้าว", "Người nước ngoài")),
)
FORMS = tuple(
    FormDefinition(name, 1, {"purpose": Field("text", text("Purpose"))}, (FormPage("purpose", ("purpose",)),))
    for name in ("alien-registration", "resident-register", "entry-exit")
)


def service(
    identifier: str,
    title: Text,
    *,
    summary: Text | None = None,
    keywords: dict[Locale, tuple[str, ...]] | None = None,
    rank: int = 0,
    form: str = "",
    authority: str = "moj",
    categories: tuple[str, ...] = ("identity",),
    channels: tuple[Channel, ...] = (Channel("online", ("apply",)), Channel("counter")),
) -> Service:
    return Service(
        identifier=identifier,
        title=title,
        summary=summary or title,
        description=title,
        who=text("Anyone"),
        who_short=text("Anyone"),
        authority=authority,
        categories=categories,
        processing_time=ProcessingTime("immediate"),
        channels=channels,
        costs=(),
        inputs=(),
        outputs=(),
        legal=(),
        how=(),
        faq=(),
        reviewed=dt.date(2025, 1, 1),
        form=form,
        keywords=keywords or {},
        rank=rank,
    )


THREE = (
    service(
        "resident-register",
        Text(
            "주민등록표 등본·초본 교부",
            "Resident Registration Certificate (full copy or extract)",
            "住民登録謄本・抄本",
            "居民登记副本（全户）・摘要本（个人）",
            "คัดสำเนาทะเบียนราษฎร (ทั้งครัวเรือน/เฉพาะบุคคล)",
            "Bản sao đăng ký cư dân (cả hộ/cá nhân)",
        ),
        summary=Text(
            "주소와 함께 사는 사람을 확인하는 증명서입니다.",
            "Shows where you live and who lives with you.",
            "住所と、いっしょに住んでいる人を証明します。",
            "证明您的住址以及同住的人。",
            "แสดงที่อยู่และผู้ที่อยู่ร่วมกับคุณ",
            "Cho biết nơi bạn ở và những người ở cùng bạn.",
        ),
        keywords={
            "ko": ("등본", "초본", "주민등록등본", "주민등록초본", "가족 증명"),
            "en": ("resident certificate", "proof of address", "household register"),
            "ja": ("住民票", "謄本", "抄本"),
            "zh": ("户口本", "居民登记簿", "住址证明"),
            "th": ("ทะเบียนบ้าน", "หลักฐานที่อยู่"),
            "vi": ("sổ hộ khẩu", "giấy xác nhận cư trú"),
        },
        rank=100,
        form="resident-register@1",
        authority="mois",
    ),
    service(
        "alien-registration",
        Text(
            "외국인등록 사실증명",
            "Certificate of Alien Registration",
            "外国人登録事実証明書",
            "外国人登记事实证明",
            "หนังสือรับรองการลงทะเบียนคนต่างด้าว",
            "Giấy xác nhận đăng ký người nước ngoài",
        ),
        summary=Text(
            "외국인으로 등록되어 있음을 증명합니다.",
            "Proves that you are registered as a foreign resident.",
            "外国人として登録されていることを証明します。",
            "证明您已登记为外国人。",
            "รับรองว่าคุณได้ลงทะเบียนเป็นคนต่างด้าวแล้ว",
            "Xác nhận bạn đã đăng ký là người nước ngoài.",
        ),
        keywords={
            "ko": ("외국인등록증", "외국인 증명서", "ARC"),
            "en": ("ARC", "alien card", "foreigner registration"),
            "ja": ("在留証明", "外国人登録証"),
            "zh": ("外国人登录", "外国人登录证"),
            "th": ("บัตรต่างด้าว",),
            "vi": ("thẻ người nước ngoài",),
        },
        rank=60,
        form="alien-registration@1",
        categories=("foreign", "identity"),
    ),
    service(
        "entry-exit",
        Text(
            "출입국에 관한 사실증명",
            "Certificate of Entry and Exit",
            "出入国事実証明書",
            "出入境事实证明",
            "หนังสือรับรองการเดินทางเข้า-ออกประเทศ",
            "Giấy xác nhận xuất nhập cảnh",
        ),
        summary=Text(
            "언제 입국하고 출국했는지 증명합니다.",
            "Lists when you entered and left the country.",
            "いつ入国し、いつ出国したかを証明します。",
            "证明您何时入境、何时出境。",
            "แสดงวันที่คุณเข้าและออกประเทศ",
            "Cho biết bạn đã nhập cảnh và xuất cảnh khi nào.",
        ),
        keywords={
            "ko": ("출입국 기록", "출입국증명서", "여행 기록"),
            "en": ("travel record", "immigration record", "stamps"),
            "ja": ("出入国記録", "渡航歴"),
            "zh": ("出入境记录",),
            "th": ("ประวัติการเดินทาง",),
            "vi": ("lịch sử xuất nhập cảnh",),
        },
        rank=40,
        form="entry-exit@1",
        categories=("foreign",),
        channels=(Channel("online", ("apply",)), Channel("counter"), Channel("kiosk")),
    ),
)
OFFICES = (
    Office("seoul", "counter", text("Seoul"), text("1 Street"), text("9-18")),
    Office("incheon", "kiosk", text("Incheon"), text("2 Street"), text("0-24"), services=("resident-register",)),
    Office("airport", "kiosk", text("Airport"), text("3 Street"), text("0-24")),
)
HELP = (HelpLine("1345", text("Immigration Contact Center"), "1345", text("9-22"), LOCALES),)


def catalogue(services: tuple[Service, ...] = THREE, offices: tuple[Office, ...] = OFFICES) -> Catalogue:
    return Catalogue("", services, FORMS, CATEGORIES, AUTHORITIES, offices, HELP, demonstration=True)


def encoded(given: Catalogue) -> bytes:
    """As a backend sends it, with its version."""
    blank = msgspec.json.encode(msgspec.structs.replace(given, version=""))
    return msgspec.json.encode(msgspec.structs.replace(given, version=version_of(blank)[:32]))


WORDS: dict[Locale, tuple[str, ...]] = {}
"""The vocabulary of the generated titles, from ``words.txt``: a language and its words on each line."""
for line in (Path(__file__).parent / "words.txt").read_text("utf-8").splitlines():
    name, _, words = line.partition(": ")
    assert is_locale(name)
    WORDS[name] = tuple(words.split(" | "))
KINDS = {
    "ko": ("증명", "신고", "허가 신청", "등록증 재발급"),
    "en": ("Certificate", "Report", "Application for a Permit", "Reissue of a Card"),
    "ja": ("証明書", "届", "許可申請", "登録証の再発行"),
    "zh": ("证明", "申报", "许可申请", "证件补发"),
    "th": ("หนังสือรับรอง", "แจ้ง", "คำขออนุญาต", "ออกบัตรใหม่"),
    "vi": ("Giấy xác nhận", "Khai báo", "Đơn xin phép", "Cấp lại thẻ"),
}


def generated(count: int, seed: int = 7) -> Iterator[Service]:
    """``count`` services with titles of two to four words and a kind, in six languages; the same for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        kind = chance.randrange(4)
        size = chance.choice((2, 2, 3, 3, 4))
        picks = {locale: [chance.choice(WORDS[locale]) for _ in range(size)] for locale in LOCALES}

        def joined(locale: Locale, words: list[str], kind: int = kind) -> str:
            gap = "" if locale in ("ja", "zh", "th") else " "
            front = locale in ("th", "vi", "en")
            parts = [KINDS[locale][kind], *words] if front else [*words, KINDS[locale][kind]]
            return gap.join(parts)

        title = Text(**{locale: joined(locale, picks[locale]) for locale in LOCALES})
        summary = Text(
            **{
                locale: " ".join(itertools.chain(picks[locale], chance.choices(WORDS[locale], k=6)))
                for locale in LOCALES
            }
        )
        keywords = {
            locale: (chance.choice(WORDS[locale]), " ".join(chance.choices(WORDS[locale], k=2))) for locale in LOCALES
        }
        yield service(
            f"generated-{number}",
            title,
            summary=summary,
            keywords=keywords,
            rank=chance.randrange(30),
            authority=chance.choice(("moj", "mois")),
            categories=(chance.choice(("identity", "foreign")),),
        )
