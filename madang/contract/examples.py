"""One example of each request and of the responses that explain themselves best: for readers of ``openapi.json``."""

import datetime as dt
from typing import Final

import msgspec

from madang.contract.messages.applications import Application, ApplicationEvent, Decision
from madang.contract.messages.documents import (
    DocumentSummary,
    Revocation,
    Verification,
    VerificationRequest,
    VerifiedDocument,
)
from madang.contract.messages.drafts import Draft, DraftCreate, DraftUpdate, StoredFile, Submission
from madang.contract.messages.identity import PersonName
from madang.contract.messages.life import LifeInformation, LifeItem
from madang.contract.messages.phone import ErrandAnswers, ErrandCode, NewErrand
from madang.contract.messages.places import Place, PlaceQuery, Places
from madang.contract.messages.preferences import AccountPreferences
from madang.contract.messages.recordings import NewPiece, NewRecording
from madang.contract.messages.reports import PageAnswer, PageReport
from madang.contract.messages.support import (
    Act,
    Appointment,
    AppointmentWish,
    NewAppointment,
    NewRecord,
    NewRecords,
    Rating,
    Receipt,
    Result,
)
from madang.i18n.text import Text

_AT: Final = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)
_ID: Final = "k5b46nneiwxqxvbqz6f653uhio"
_KEY: Final = "Zb0c1gq8n2nQn0y5mJ3mT7cW1rQx9a4E"
_ANSWERS: Final = {"purpose": "bank", "recipient": "한국은행", "consent": "yes"}
_TITLE: Final = Text(ko="외국인등록 사실증명", en="Certificate of Alien Registration")
_SESSION: Final = "s5kq7b2nneiwxqxvbqz6f653uh"
_RECORDING: Final = "Yq3v1x0mT7cW1rQx9a4E5g"
_SLOT: Final = dt.datetime(2026, 11, 24, 1, 30, tzinfo=dt.UTC)
_SUMMARY: Final = DocumentSummary(
    number="7K3M-92QF-4XTA-C8WS",
    document="alien-registration",
    service="alien-registration",
    title=_TITLE,
    application="2026-1122-4711-0839",
    issued=_AT,
    verifiable_until=dt.date(2027, 2, 20),
    state="genuine",
    locale="vi",
    size=61_440,
)

EXAMPLES: Final[dict[type[msgspec.Struct], msgspec.Struct]] = {
    PageReport: PageReport("/services/move-in", "vi", "translation", "Thời hạn là 14 ngày."),
    PageAnswer: PageAnswer("Cảm ơn bạn. Chúng tôi đã sửa trang này."),
    AccountPreferences: AccountPreferences("size-150.theme-yellow"),
    DraftCreate: DraftCreate(_ID, "alien-registration", "alien-registration@1", "vi", {"purpose": "bank"}),
    DraftUpdate: DraftUpdate(1, _ANSWERS, "vi"),
    Draft: Draft(
        id=_ID,
        service="alien-registration",
        form="alien-registration@1",
        version=2,
        answers=_ANSWERS,
        locale="vi",
        created=_AT,
        updated=_AT,
        expires=_AT + dt.timedelta(days=30),
        idempotency_key=_KEY,
    ),
    StoredFile: StoredFile("x7k2mq4ahd3fzt5wplv6nbc2ye", "등록증.jpg", "image/jpeg", 182_044),
    Submission: Submission(2, _KEY, "vi"),
    Application: Application(
        number="2026-1122-4711-0839",
        service="alien-registration",
        form="alien-registration@1",
        answers=_ANSWERS,
        status="completed",
        submitted=_AT,
        locale="vi",
        events=(ApplicationEvent(_AT, "received"), ApplicationEvent(_AT, "completed")),
        documents=(_SUMMARY,),
    ),
    Decision: Decision("more-info", "사진이 흐립니다. 다시 올려 주세요."),
    PlaceQuery: PlaceQuery("building-register", "12 Siyeon-ro, Paldal-gu, Suwon"),
    Places: Places(
        (
            Place(
                "경기도 수원시 팔달구 시연로 12",
                Text(ko="경기도 수원시 팔달구 시연로 12", en="12 Siyeon-ro, Paldal-gu, Suwon-si, Gyeonggi-do"),
            ),
        ),
        "경기도 수원시 팔달구 시연로 12",
    ),
    DocumentSummary: _SUMMARY,
    Revocation: Revocation("changed", "등록 사항이 바뀌어 새로 발급받으셔야 합니다."),
    VerificationRequest: VerificationRequest(_SUMMARY.number),
    Verification: Verification(
        "genuine",
        _AT,
        "number",
        VerifiedDocument(_SUMMARY.number, _TITLE, "N*** V*** A***", Text(ko="법무부"), _AT, _SUMMARY.verifiable_until),
    ),
    LifeInformation: LifeInformation(
        "child-vaccination",
        "soon",
        (
            LifeItem(
                key="han-maru-influenza-2026",
                state="soon",
                day=dt.date(2026, 12, 15),
                what="influenza",
                who=PersonName("한마루", "한", "마루", "HAN MARU", "ko"),
            ),
        ),
    ),
    NewRecords: NewRecords(
        (
            NewRecord(_ID, _SESSION, _AT, "citizen", "asked", "guide", locale="vi"),
            NewRecord(
                "x7k2mq4ahd3fzt5wplv6nbc2ye", _SESSION, _AT + dt.timedelta(seconds=40), "agent", "matched",
                name="백노을", agency="정부민원안내콜센터", subject="baek-noeul", locale="vi",
            ),
        )
    ),
    Receipt: Receipt(
        _SESSION,
        _AT,
        (
            Act(_AT, "citizen", "asked", "guide"),
            Act(_AT + dt.timedelta(seconds=40), "agent", "matched", "", "백노을", "정부민원안내콜센터"),
        ),
        locale="vi",
    ),
    Rating: Rating(5, "Cảm ơn, rất dễ hiểu."),
    Result: Result("solved", "체류지 변경 신고까지 함께 마침."),
    AppointmentWish: AppointmentWish(_SLOT, "vi", "alien-registration", "Tôi không hiểu câu hỏi thứ hai."),
    NewAppointment: NewAppointment(
        id=_ID, start=_SLOT, locale="vi", service="alien-registration", phone="+821000001004"
    ),
    NewRecording: NewRecording(_RECORDING, b"the recording's key, sealed by the portal", _AT + dt.timedelta(days=30)),
    NewPiece: NewPiece(_RECORDING, 1, b"a list of what the agent saw, sealed", b"the number 1, sealed by the key"),
    NewErrand: NewErrand(_ID, "+821000001003", dt.date(1948, 2, 3)),
    ErrandAnswers: ErrandAnswers("resident-register", "resident-register@1", {"kind": "full", "purpose": "bank"}),
    ErrandCode: ErrandCode("402971"),
    Appointment: Appointment(_ID, _SLOT, 30, "vi", _AT, _AT, "alien-registration", "", "+821000001004"),
}  # fmt: skip
PARAMETERS: Final = {
    "reference": "7K3M-92QF-4XTV",
    "kind": "child-vaccination",
    "draft": _ID,
    "file": "x7k2mq4ahd3fzt5wplv6nbc2ye",
    "number": _SUMMARY.number,
    "service": "alien-registration",
    "session": _SESSION,
    "appointment": _ID,
    "errand": _ID,
    "after": "1000",
    "before": "2026-11-22T03:00:00Z",
    "agent": "baek-noeul",
    "first": "2026-11-01",
    "last": "2026-11-22",
    "day": "2026-11-24",
}
