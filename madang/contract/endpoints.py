"""THE table of the contract: method, path, who may call, request, response, errors.

Clients call by these names, the reference backend serves them, ``openapi.json`` is generated from them.
"""

from dataclasses import dataclass
from typing import Any, Final, Literal

from madang.contract.messages import (
    applications,
    catalogue,
    clerk,
    documents,
    drafts,
    identity,
    life,
    phone,
    places,
    preferences,
    problems,
    recordings,
    reports,
    support,
)

Group = Literal[
    "identity", "catalogue", "drafts", "applications", "issuance", "verification", "life", "support", "preferences"
]
Caller = Literal["anyone", "person", "clerk", "agent", "supervisor", "portal"]
PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation. ``retry``: repeating it is safe, so a client may. ``request`` is a struct, ``PDF`` or
    ``"file"`` (raw bytes with ``Content-Type`` and a percent-encoded ``X-File-Name``); ``response`` a struct,
    ``PDF``, ``"file"`` or None (204). ``errors`` are the problem types it answers beside malformed, unauthenticated,
    too-large and unavailable."""

    name: str
    group: Group
    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    caller: Caller
    response: Any
    status: int = 200
    request: Any = None
    query: tuple[str, ...] = ()
    errors: tuple[problems.ProblemType, ...] = ()
    retry: bool = True


# fmt: off
ENDPOINTS: Final = (
    Endpoint("health", "catalogue", "GET", "/v1/health", "anyone", problems.Health),
    Endpoint("catalogue", "catalogue", "GET", "/v1/catalogue", "anyone", catalogue.Catalogue),
    Endpoint(
        "report_page", "catalogue", "POST", "/v1/page-reports", "anyone", reports.ReportReceipt, 201,
        reports.PageReport, errors=("invalid",), retry=False,
    ),
    Endpoint(
        "report_state", "catalogue", "GET", "/v1/page-reports/{reference}", "anyone", reports.ReportState,
        errors=("not-found",),
    ),
    Endpoint(
        "answer_report", "catalogue", "PUT", "/v1/page-reports/{reference}/answer", "clerk", reports.ReportState, 200,
        reports.PageAnswer, errors=("not-found", "invalid"),
    ),
    Endpoint("page_reports", "catalogue", "GET", "/v1/page-reports", "clerk", reports.ReportList),
    Endpoint("person", "identity", "GET", "/v1/me", "person", identity.Person, errors=("not-found",)),
    Endpoint("accesses", "identity", "GET", "/v1/me/accesses", "person", identity.Accesses),
    Endpoint(
        "life_information", "life", "GET", "/v1/me/life-information/{kind}", "person", life.LifeInformation,
        errors=("not-found",),
    ),
    Endpoint(
        "preferences", "preferences", "GET", "/v1/me/preferences", "person", preferences.AccountPreferences
    ),
    Endpoint(
        "save_preferences", "preferences", "PUT", "/v1/me/preferences", "person", None, 204,
        preferences.AccountPreferences, errors=("invalid",),
    ),
    Endpoint("drafts", "drafts", "GET", "/v1/drafts", "person", drafts.DraftList, query=("service",)),
    Endpoint(
        "create_draft", "drafts", "POST", "/v1/drafts", "person", drafts.Draft, 201, drafts.DraftCreate,
        errors=("forbidden", "invalid", "not-possible"),
    ),
    Endpoint(
        "find_places", "drafts", "POST", "/v1/places", "person", places.Places, 200, places.PlaceQuery,
        errors=("not-found", "invalid"),
    ),
    Endpoint("draft", "drafts", "GET", "/v1/drafts/{draft}", "person", drafts.Draft, errors=("not-found",)),
    Endpoint(
        "save_draft", "drafts", "PUT", "/v1/drafts/{draft}", "person", drafts.Draft, 200, drafts.DraftUpdate,
        errors=("not-found", "stale-draft", "already-submitted", "invalid"),
    ),
    Endpoint(
        "delete_draft", "drafts", "DELETE", "/v1/drafts/{draft}", "person", None, 204,
        errors=("not-found", "already-submitted"),
    ),
    Endpoint(
        "store_file", "drafts", "POST", "/v1/drafts/{draft}/files", "person", drafts.StoredFile, 201, "file",
        errors=("not-found", "already-submitted", "unsupported-media-type", "invalid"), retry=False,
    ),
    Endpoint(
        "delete_file", "drafts", "DELETE", "/v1/drafts/{draft}/files/{file}", "person", None, 204,
        errors=("not-found", "already-submitted"),
    ),
    Endpoint(
        "submit", "applications", "POST", "/v1/drafts/{draft}/submission", "person", applications.Application, 201,
        drafts.Submission,
        errors=(
            "not-found", "forbidden", "stale-draft", "already-submitted", "not-possible", "invalid", "unprintable",
            "not-on-register", "withheld",
        ),
    ),
    Endpoint("applications", "applications", "GET", "/v1/applications", "person", applications.ApplicationList),
    Endpoint(
        "application", "applications", "GET", "/v1/applications/{number}", "person", applications.Application,
        errors=("not-found",),
    ),
    Endpoint(
        "withdraw", "applications", "POST", "/v1/applications/{number}/withdrawal", "person", applications.Application,
        errors=("not-found", "not-possible"),
    ),
    Endpoint(
        "decide", "applications", "POST", "/v1/applications/{number}/decision", "clerk", applications.Application, 200,
        applications.Decision,
        errors=("not-found", "forbidden", "not-possible", "invalid", "unprintable", "not-on-register"),
    ),
    Endpoint("waiting", "applications", "GET", "/v1/waiting", "clerk", clerk.WaitingList),
    Endpoint("case", "applications", "GET", "/v1/waiting/{number}", "clerk", clerk.Case, errors=("not-found",)),
    Endpoint(
        "case_file", "applications", "GET", "/v1/waiting/{number}/files/{file}", "clerk", "file", errors=("not-found",)
    ),
    Endpoint("documents", "issuance", "GET", "/v1/documents", "person", documents.DocumentList),
    Endpoint(
        "document", "issuance", "GET", "/v1/documents/{number}", "person", documents.Document, errors=("not-found",)
    ),
    Endpoint(
        "document_pdf", "issuance", "GET", "/v1/documents/{number}/pdf", "person", PDF, errors=("not-found",)
    ),
    Endpoint(
        "revoke", "issuance", "POST", "/v1/documents/{number}/revocation", "person", documents.DocumentSummary, 200,
        documents.Revocation, errors=("not-found", "not-possible", "invalid"),
    ),
    Endpoint(
        "verify", "verification", "POST", "/v1/verifications", "anyone", documents.Verification, 200,
        documents.VerificationRequest, errors=("invalid",),
    ),
    Endpoint(
        "verify_file", "verification", "POST", "/v1/verifications/file", "anyone", documents.Verification, 200, PDF,
        errors=("unsupported-media-type",),
    ),
    Endpoint(
        "support_append", "support", "POST", "/v1/support/records", "portal", None, 204, support.NewRecords,
        errors=("invalid",),
    ),
    Endpoint(
        "support_chain", "support", "GET", "/v1/support/records", "supervisor", support.Links, query=("after",)
    ),
    Endpoint(
        "support_receipt", "support", "GET", "/v1/support/sessions/{session}/receipt", "portal", support.Receipt,
        errors=("not-found",),
    ),
    Endpoint(
        "support_rate", "support", "PUT", "/v1/support/sessions/{session}/rating", "portal", None, 204, support.Rating,
        errors=("not-found", "invalid"),
    ),
    Endpoint(
        "support_session", "support", "GET", "/v1/support/sessions/{session}", "agent", support.SupportSession,
        errors=("not-found",),
    ),
    Endpoint(
        "support_result", "support", "PUT", "/v1/support/sessions/{session}/result", "agent", None, 204,
        support.Result, errors=("not-found", "invalid"),
    ),
    Endpoint(
        "support_sessions", "support", "GET", "/v1/support/sessions", "supervisor", support.SupportSessions,
        query=("before", "agent"),
    ),
    Endpoint(
        "support_trail", "support", "GET", "/v1/support/sessions/{session}/trail", "supervisor", support.SupportTrail,
        errors=("not-found",),
    ),
    Endpoint(
        "support_statistics", "support", "GET", "/v1/support/statistics", "supervisor", support.SupportStatistics,
        query=("first", "last"),
    ),
    Endpoint(
        "start_recording", "support", "PUT", "/v1/support/sessions/{session}/recording", "portal", None, 204,
        recordings.NewRecording, errors=("invalid", "not-possible"),
    ),
    Endpoint(
        "recording_key", "support", "GET", "/v1/support/sessions/{session}/recording/key", "portal",
        recordings.RecordingKey, errors=("not-found",),
    ),
    Endpoint(
        "add_recording", "support", "POST", "/v1/support/sessions/{session}/recording/pieces", "portal", None, 204,
        recordings.NewPiece, errors=("not-found", "not-possible", "invalid"),
    ),
    Endpoint(
        "delete_recording", "support", "DELETE", "/v1/support/sessions/{session}/recording", "portal", None, 204,
        errors=("not-found",), retry=False,
    ),
    Endpoint(
        "play_recording", "support", "POST", "/v1/support/sessions/{session}/playbacks", "supervisor", None, 204,
        errors=("not-found",), retry=False,
    ),
    Endpoint(
        "recording", "support", "GET", "/v1/support/sessions/{session}/recording", "supervisor", recordings.Recording,
        query=("after",), errors=("not-found", "not-possible"),
    ),
    Endpoint("support_slots", "support", "GET", "/v1/support/slots", "anyone", support.Slots),
    Endpoint("appointments", "support", "GET", "/v1/support/appointments", "person", support.Appointments),
    Endpoint(
        "book_appointment", "support", "POST", "/v1/support/appointments", "person", support.Appointment, 201,
        support.NewAppointment, errors=("invalid", "not-possible"),
    ),
    Endpoint(
        "appointment", "support", "GET", "/v1/support/appointments/{appointment}", "person", support.Appointment,
        errors=("not-found",),
    ),
    Endpoint(
        "change_appointment", "support", "PUT", "/v1/support/appointments/{appointment}", "person",
        support.Appointment, 200, support.AppointmentWish, errors=("not-found", "invalid", "not-possible"),
    ),
    Endpoint(
        "cancel_appointment", "support", "DELETE", "/v1/support/appointments/{appointment}", "person", None, 204,
        errors=("not-found", "not-possible"),
    ),
    Endpoint(
        "find_caller", "support", "POST", "/v1/support/errands", "agent", phone.Errand, 201, phone.NewErrand,
        errors=("not-found", "invalid", "not-possible"),
    ),
    Endpoint(
        "send_code", "support", "PUT", "/v1/support/errands/{errand}/answers", "agent", phone.CodeSent, 200,
        phone.ErrandAnswers,
        errors=("not-found", "forbidden", "invalid", "not-possible", "already-submitted"), retry=False,
    ),
    Endpoint(
        "submit_errand", "support", "POST", "/v1/support/errands/{errand}/submission", "agent", phone.ErrandDone, 201,
        phone.ErrandCode,
        errors=("not-found", "forbidden", "not-possible", "invalid", "unprintable", "not-on-register", "withheld"),
        retry=False,
    ),
    Endpoint("agent_day", "support", "GET", "/v1/support/day", "agent", support.AgentDay, query=("day",)),
)
# fmt: on
BY_NAME: Final = {endpoint.name: endpoint for endpoint in ENDPOINTS}
