"""THE table: method, path, view, name, who may enter. Paths of named pages are those of ``links``."""

from dataclasses import dataclass
from typing import Final

from starlette.convertors import Convertor, register_url_convertor
from starlette.routing import Route

from madang.i18n.locales import LOCALES
from madang.web.access import Access, View, guarded
from madang.web.links import PATHS
from madang.web.views import (
    accesses,
    accessibility,
    applications,
    apply,
    appointment_booking,
    appointments,
    areas,
    browse,
    changes,
    check,
    completeness,
    crawlers,
    demo_phone,
    demo_sign_in,
    desk,
    desk_act,
    desk_notes,
    desk_offers,
    desk_phone,
    desk_phone_check,
    desk_recording,
    desk_session,
    desk_supervision,
    documents,
    easy,
    for_you,
    guide,
    help,
    holidays,
    home,
    kiosk,
    leaving,
    life_events,
    life_kinds,
    my_information,
    offices,
    operators,
    preferences,
    question,
    report,
    services,
    sign_in,
    status,
    styleguide,
    support,
    support_agree,
    support_beside,
    support_guardian,
    support_invite,
    support_receipt,
    support_recording,
    support_talk,
    verify,
    voice,
)

PUBLIC, SIGNED_IN, OPERATOR = Access.PUBLIC, Access.SIGNED_IN, Access.OPERATOR
AGENT, SUPERVISOR = Access.AGENT, Access.SUPERVISOR


class LocaleConvertor(Convertor[str]):
    """The first segment of a page's path: one of the six languages and nothing else."""

    regex = "|".join(LOCALES)

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("locale", LocaleConvertor())


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    method: str
    name: str
    view: View
    access: Access
    path: str = ""
    """Only where ``links`` names none."""

    def route(self) -> Route:
        path = (self.path or PATHS[self.name]).replace("{lang}", "{lang:locale}")
        return Route(path, guarded(self.view, self.access), methods=[self.method], name=f"{self.method} {self.name}")


TABLE: Final = (
    Row("GET", "language", home.choose_language, PUBLIC, "/"),
    Row("GET", "home", home.show, PUBLIC),
    Row("GET", "services", services.show, PUBLIC),
    Row("GET", "results", services.results, PUBLIC),
    Row("GET", "a_z", browse.a_z, PUBLIC),
    Row("GET", "guide", guide.show, PUBLIC),
    Row("GET", "easy", easy.show, PUBLIC),
    Row("GET", "areas", areas.show, PUBLIC),
    Row("GET", "leaving", leaving.show, PUBLIC),
    Row("GET", "life_events", life_events.listed, PUBLIC),
    Row("GET", "life_event", life_events.show, PUBLIC),
    Row("GET", "for_you", for_you.listed, PUBLIC),
    Row("GET", "audience", for_you.show, PUBLIC),
    Row("GET", "site_map", browse.site_map, PUBLIC),
    Row("GET", "report", report.show, PUBLIC),
    Row("POST", "report", report.submit, PUBLIC),
    Row("GET", "report_answer", report.answer, PUBLIC),
    Row("GET", "accessibility", accessibility.show, PUBLIC),
    Row("GET", "accessibility_criteria", accessibility.criteria, PUBLIC),
    Row("GET", "accessibility_earl", accessibility.earl_download, OPERATOR),
    Row("GET", "accessibility_openacr", accessibility.openacr_download, OPERATOR),
    Row("GET", "changes", changes.show, PUBLIC),
    Row("GET", "changes_feed", changes.feed, PUBLIC),
    Row("GET", "completeness", completeness.show, PUBLIC),
    Row("GET", "status", status.show, PUBLIC),
    Row("GET", "status_systems", status.systems, PUBLIC),
    Row("GET", "preferences", preferences.show, PUBLIC),
    Row("POST", "preferences", preferences.submit, PUBLIC),
    Row("GET", "kiosk", kiosk.show, PUBLIC),
    Row("POST", "kiosk", kiosk.comfort, PUBLIC),
    Row("POST", "kiosk_finish", kiosk.finish, PUBLIC),
    Row("GET", "kiosk_device", kiosk.device, PUBLIC),
    Row("POST", "kiosk_device", kiosk.set_device, PUBLIC),
    Row("GET", "voice", voice.play, PUBLIC),
    Row("POST", "voice", voice.speak, PUBLIC),
    Row("GET", "help", help.show, PUBLIC),
    Row("GET", "holidays", holidays.show, PUBLIC),
    Row("GET", "support", support.show, PUBLIC),
    Row("POST", "support", support.start, PUBLIC),
    Row("GET", "support_waiting", support.waiting, PUBLIC),
    Row("GET", "support_agree", support_agree.show, PUBLIC),
    Row("POST", "support_agree", support_agree.submit, PUBLIC),
    Row("GET", "support_talk", support_talk.show, PUBLIC),
    Row("POST", "support_say", support_talk.say, PUBLIC),
    Row("POST", "support_answer", support_talk.answer, PUBLIC),
    Row("POST", "support_level", support_agree.level, PUBLIC),
    Row("POST", "support_stop", support_talk.stop, PUBLIC),
    Row("POST", "support_ticket", support_talk.ticket, PUBLIC),
    Row("GET", "support_banner", support_talk.banner, PUBLIC),
    Row("GET", "support_invite", support_invite.show, PUBLIC),
    Row("POST", "support_invite", support_invite.act, PUBLIC),
    Row("GET", "support_guardian", support_guardian.show, PUBLIC),
    Row("POST", "support_guardian", support_guardian.act, PUBLIC),
    Row("GET", "support_guardian_frame", support_beside.frame, PUBLIC),
    Row("POST", "support_guardian_ticket", support_beside.ticket, PUBLIC),
    Row("POST", "support_recording", support_recording.act, PUBLIC),
    Row("GET", "support_receipt", support_receipt.show, PUBLIC),
    Row("POST", "support_rating", support_receipt.rate, PUBLIC),
    Row("GET", "support_transcript", support_receipt.transcript, PUBLIC),
    Row("GET", "offices", offices.show, PUBLIC),
    Row("GET", "life_kinds", life_kinds.show, PUBLIC),
    Row("GET", "my_information", my_information.show, SIGNED_IN),
    Row("GET", "accesses", accesses.show, SIGNED_IN),
    Row("GET", "life_calendar", my_information.calendar, SIGNED_IN),
    Row("GET", "life_card", my_information.card, SIGNED_IN),
    Row("GET", "life_card_calendar", my_information.card_calendar, SIGNED_IN),
    Row("GET", "verify", verify.show, PUBLIC),
    Row("POST", "verify", verify.by_number, PUBLIC),
    Row("POST", "verify_file", verify.by_file, PUBLIC),
    Row("GET", "verify_code", verify.by_code, PUBLIC),
    Row("GET", "verify_unprefixed", verify.unprefixed, PUBLIC, "/verify/{code}"),
    Row("GET", "sign_in", sign_in.show, PUBLIC),
    Row("GET", "sign_in_needed", sign_in.needed, PUBLIC, "/{lang}/sign-in/needed"),
    Row("GET", "sign_in_problem", sign_in.problem, PUBLIC, "/{lang}/sign-in/problem"),
    Row("GET", "sign_in_callback", sign_in.callback, PUBLIC, "/sign-in/callback"),
    Row("GET", "sign_out_callback", sign_in.provider_signed_out, PUBLIC, "/sign-out/callback"),
    Row("POST", "sign_out", sign_in.sign_out, PUBLIC),
    Row("GET", "signed_out", sign_in.signed_out, PUBLIC),
    Row("GET", "session", sign_in.session, PUBLIC),
    Row("POST", "session", sign_in.extend, PUBLIC),
    Row("GET", "apply", apply.show, SIGNED_IN),
    Row("POST", "apply", apply.start, PUBLIC),
    Row("GET", "check", check.show, SIGNED_IN),
    Row("POST", "check", check.submit, SIGNED_IN),
    Row("GET", "delete_draft", apply.confirm_delete, SIGNED_IN),
    Row("POST", "delete_draft", apply.delete, SIGNED_IN),
    Row("GET", "question", question.show, SIGNED_IN),
    Row("POST", "question", question.submit, SIGNED_IN),
    Row("GET", "applications", applications.listed, SIGNED_IN),
    Row("GET", "application", applications.show, SIGNED_IN),
    Row("POST", "withdraw", applications.withdraw, SIGNED_IN),
    Row("POST", "again", apply.again, SIGNED_IN),
    Row("GET", "document", documents.show, SIGNED_IN),
    Row("GET", "document_pdf", documents.pdf, SIGNED_IN),
    Row("GET", "revoke", documents.ask_revoke, SIGNED_IN),
    Row("POST", "revoke", documents.revoke, SIGNED_IN),
    Row("GET", "desk", desk.show, AGENT),
    Row("POST", "desk_code", desk.enter_code, AGENT),
    Row("POST", "desk_take", desk.take, AGENT),
    Row("GET", "phone", desk_phone.show, AGENT),
    Row("POST", "phone", desk_phone.find, AGENT),
    Row("GET", "phone_service", desk_phone.choose, AGENT),
    Row("POST", "phone_service", desk_phone.chosen, AGENT),
    Row("GET", "phone_check", desk_phone_check.check, AGENT),
    Row("POST", "phone_check", desk_phone_check.send, AGENT),
    Row("GET", "phone_code", desk_phone_check.ask_code, AGENT),
    Row("POST", "phone_code", desk_phone_check.submit, AGENT),
    Row("GET", "phone_question", desk_phone.question, AGENT),
    Row("POST", "phone_question", desk_phone.answer, AGENT),
    Row("GET", "desk_session", desk_session.show, AGENT),
    Row("GET", "desk_frame", desk_session.frame, AGENT),
    Row("POST", "desk_act", desk_act.act, AGENT),
    Row("POST", "desk_ticket", desk_session.ticket, AGENT),
    Row("POST", "desk_notes", desk_notes.save, AGENT),
    Row("POST", "desk_offer", desk_offers.offer, AGENT),
    Row("POST", "desk_outcome", desk_act.outcome, AGENT),
    Row("GET", "desk_trails", desk_supervision.trails, SUPERVISOR),
    Row("GET", "desk_trail", desk_supervision.trail, SUPERVISOR),
    Row("GET", "desk_recording", desk_recording.show, SUPERVISOR),
    Row("POST", "desk_recording", desk_recording.play, SUPERVISOR),
    Row("GET", "desk_recording_frame", desk_recording.frame, SUPERVISOR),
    Row("GET", "desk_statistics", desk_supervision.statistics, SUPERVISOR),
    Row("GET", "appointments", appointments.listed, SIGNED_IN),
    Row("GET", "appointment_days", appointments.days, SIGNED_IN),
    Row("GET", "appointment_times", appointment_booking.show, SIGNED_IN),
    Row("POST", "appointment_times", appointment_booking.book, SIGNED_IN),
    Row("GET", "appointment", appointments.show, SIGNED_IN),
    Row("GET", "appointment_cancel", appointments.ask_cancel, SIGNED_IN),
    Row("POST", "appointment_cancel", appointments.cancel, SIGNED_IN),
    Row("POST", "appointment_start", appointments.start, SIGNED_IN),
    Row("GET", "appointment_calendar", appointments.calendar, SIGNED_IN),
    Row("GET", "styleguide", styleguide.show, PUBLIC),
    Row("GET", "sitemap", crawlers.sitemap, OPERATOR, "/sitemap.xml"),
    Row("GET", "language_sitemap", crawlers.language_sitemap, OPERATOR, "/sitemap-{lang}.xml"),
    Row("GET", "more_sitemap", crawlers.language_sitemap, OPERATOR, "/sitemap-{lang}-{part:int}.xml"),
    Row("GET", "opensearch", crawlers.opensearch, OPERATOR),
    Row("GET", "robots", crawlers.robots, OPERATOR, "/robots.txt"),
    Row("GET", "livez", operators.livez, OPERATOR, "/livez"),
    Row("GET", "readyz", operators.readyz, OPERATOR, "/readyz"),
    Row("GET", "metrics", operators.metrics, OPERATOR, "/metrics"),
    Row("GET", "security_txt", operators.security_txt, OPERATOR, "/.well-known/security.txt"),
)


DEMONSTRATION: Final = (
    Row("GET", "demo_sign_in", demo_sign_in.language, PUBLIC, "/{lang}/demo-sign-in"),
    Row("GET", "demo_phone", demo_phone.show, PUBLIC),
)
"""Only where the demonstration's identity provider is mounted."""


def routes(*, demonstration: bool) -> list[Route]:
    """The table as Starlette routes, in its order: fixed segments stand before variable ones."""
    return [row.route() for row in (*TABLE, *(DEMONSTRATION if demonstration else ()))]
