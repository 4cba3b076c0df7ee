"""Addresses of the portal's pages. Templates and views ask here, so that a path is written once."""

from typing import Final
from urllib.parse import quote, urlencode

from madang.i18n.locales import Locale

PATHS: Final[dict[str, str]] = {
    "home": "/{lang}/",
    "services": "/{lang}/services",
    "results": "/{lang}/services/results",
    "a_z": "/{lang}/services/a-z",
    "guide": "/{lang}/services/{service}",
    "easy": "/{lang}/services/{service}/easy",
    "areas": "/{lang}/services/{service}/areas",
    "leaving": "/{lang}/services/{service}/leaving",
    "life_events": "/{lang}/life-events",
    "life_event": "/{lang}/life-events/{package}",
    "for_you": "/{lang}/for-you",
    "audience": "/{lang}/for-you/{audience}",
    "site_map": "/{lang}/site-map",
    "report": "/{lang}/report",
    "report_answer": "/{lang}/report/answer",
    "accessibility": "/{lang}/accessibility",
    "accessibility_earl": "/accessibility/report.json",
    "accessibility_openacr": "/accessibility/report.yaml",
    "accessibility_criteria": "/{lang}/accessibility/criteria",
    "changes": "/{lang}/changes",
    "changes_feed": "/{lang}/changes.atom",
    "completeness": "/{lang}/completeness",
    "opensearch": "/opensearch-{lang}.xml",
    "status": "/{lang}/status",
    "status_systems": "/{lang}/status/systems",
    "apply": "/{lang}/apply/{service}",
    "question": "/{lang}/apply/{service}/{draft}/{step}",
    "check": "/{lang}/apply/{service}/{draft}/check",
    "delete_draft": "/{lang}/apply/{service}/{draft}/delete",
    "applications": "/{lang}/applications",
    "application": "/{lang}/applications/{number}",
    "withdraw": "/{lang}/applications/{number}/withdraw",
    "again": "/{lang}/applications/{number}/again",
    "document": "/{lang}/documents/{number}",
    "document_pdf": "/{lang}/documents/{number}/pdf",
    "revoke": "/{lang}/documents/{number}/revoke",
    "verify": "/{lang}/verify",
    "verify_file": "/{lang}/verify/file",
    "verify_code": "/{lang}/verify/{code}",
    "preferences": "/{lang}/preferences",
    "kiosk": "/{lang}/kiosk",
    "kiosk_finish": "/{lang}/kiosk/finish",
    "kiosk_device": "/{lang}/kiosk/device",
    "voice": "/{lang}/voice",
    "help": "/{lang}/help",
    "holidays": "/{lang}/help/holidays",
    "support": "/{lang}/help/support",
    "support_waiting": "/{lang}/help/support/waiting",
    "support_agree": "/{lang}/help/support/agree",
    "support_talk": "/{lang}/help/support/talk",
    "support_say": "/{lang}/help/support/say",
    "support_answer": "/{lang}/help/support/answer",
    "support_level": "/{lang}/help/support/level",
    "support_stop": "/{lang}/help/support/stop",
    "support_ticket": "/{lang}/help/support/ticket",
    "support_banner": "/{lang}/help/support/banner",
    "support_invite": "/{lang}/help/support/invite",
    "support_guardian": "/{lang}/help/support/guardian",
    "support_guardian_frame": "/{lang}/help/support/guardian/frame",
    "support_guardian_ticket": "/{lang}/help/support/guardian/ticket",
    "support_recording": "/{lang}/help/support/recording",
    "support_receipt": "/{lang}/help/support/receipt",
    "support_rating": "/{lang}/help/support/rating",
    "support_transcript": "/{lang}/help/support/transcript",
    "appointments": "/{lang}/help/support/appointments",
    "appointment_days": "/{lang}/help/support/appointments/days",
    "appointment_times": "/{lang}/help/support/appointments/times",
    "appointment": "/{lang}/help/support/appointments/{appointment}",
    "appointment_cancel": "/{lang}/help/support/appointments/{appointment}/cancel",
    "appointment_start": "/{lang}/help/support/appointments/{appointment}/start",
    "appointment_calendar": "/{lang}/help/support/appointments/{appointment}/calendar.ics",
    "offices": "/{lang}/offices",
    "life_kinds": "/{lang}/help/life-information",
    "my_information": "/{lang}/my-information",
    "accesses": "/{lang}/my-information/accesses",
    "life_calendar": "/{lang}/my-information/calendar.ics",
    "life_card": "/{lang}/my-information/{kind}",
    "life_card_calendar": "/{lang}/my-information/{kind}/calendar.ics",
    "sign_in": "/{lang}/sign-in",
    "sign_out": "/{lang}/sign-out",
    "signed_out": "/{lang}/signed-out",
    "session": "/{lang}/session",
    "styleguide": "/{lang}/styleguide",
    "desk": "/{lang}/desk",
    "desk_code": "/{lang}/desk/code",
    "desk_take": "/{lang}/desk/take",
    "phone": "/{lang}/desk/phone",
    "phone_service": "/{lang}/desk/phone/{errand}",
    "phone_check": "/{lang}/desk/phone/{errand}/check",
    "phone_code": "/{lang}/desk/phone/{errand}/code",
    "phone_question": "/{lang}/desk/phone/{errand}/questions/{step}",
    "demo_phone": "/{lang}/demo-phone",
    "desk_session": "/{lang}/desk/sessions/{session}",
    "desk_frame": "/{lang}/desk/sessions/{session}/frame",
    "desk_act": "/{lang}/desk/sessions/{session}/act",
    "desk_ticket": "/{lang}/desk/sessions/{session}/ticket",
    "desk_notes": "/{lang}/desk/sessions/{session}/notes",
    "desk_offer": "/{lang}/desk/sessions/{session}/offer",
    "desk_outcome": "/{lang}/desk/sessions/{session}/outcome",
    "desk_trails": "/{lang}/desk/trails",
    "desk_trail": "/{lang}/desk/trails/{session}",
    "desk_recording": "/{lang}/desk/trails/{session}/recording",
    "desk_recording_frame": "/{lang}/desk/trails/{session}/recording/frame",
    "desk_statistics": "/{lang}/desk/statistics",
}


def link(locale: Locale, name: str, /, query: dict[str, str] | None = None, **parts: str) -> str:
    """The path of page ``name`` in ``locale``; ``parts`` are percent-encoded, ``query`` is appended."""
    path = PATHS[name].format(lang=locale, **{key: quote(value, safe="") for key, value in parts.items()})
    return f"{path}?{urlencode(query)}" if query else path


def in_locale(path: str, locale: Locale) -> str:
    """The same address in another language: only the first segment changes."""
    _, _, rest = path.removeprefix("/").partition("/")
    return f"/{locale}/{rest}"


def step_link(locale: Locale, service: str, draft: str, step: str | None, query: dict[str, str] | None = None) -> str:
    """The page of a form's step; None is the check of all answers, as ``journeys.path`` has it."""
    if step is None:
        return link(locale, "check", service=service, draft=draft)
    return link(locale, "question", query, service=service, draft=draft, step=step)
