"""Addresses are public: this is the whole list of them. Every route says who may enter."""

from madang.web.access import Access
from madang.web.links import PATHS
from madang.web.routes import DEMONSTRATION, TABLE

ADDRESSES = """
GET / public
GET /{lang}/ public
GET /{lang}/services public
GET /{lang}/services/results public
GET /{lang}/services/a-z public
GET /{lang}/services/{service} public
GET /{lang}/services/{service}/easy public
GET /{lang}/services/{service}/areas public
GET /{lang}/services/{service}/leaving public
GET /{lang}/life-events public
GET /{lang}/life-events/{package} public
GET /{lang}/for-you public
GET /{lang}/for-you/{audience} public
GET /{lang}/site-map public
GET /{lang}/report public
POST /{lang}/report public
GET /{lang}/report/answer public
GET /{lang}/accessibility public
GET /{lang}/accessibility/criteria public
GET /accessibility/report.json operator
GET /accessibility/report.yaml operator
GET /{lang}/changes public
GET /{lang}/changes.atom public
GET /{lang}/completeness public
GET /{lang}/status public
GET /{lang}/status/systems public
GET /{lang}/preferences public
POST /{lang}/preferences public
GET /{lang}/kiosk public
POST /{lang}/kiosk public
POST /{lang}/kiosk/finish public
GET /{lang}/kiosk/device public
POST /{lang}/kiosk/device public
GET /{lang}/voice public
POST /{lang}/voice public
GET /{lang}/help public
GET /{lang}/help/holidays public
GET /{lang}/help/support public
POST /{lang}/help/support public
GET /{lang}/help/support/waiting public
GET /{lang}/help/support/agree public
POST /{lang}/help/support/agree public
GET /{lang}/help/support/talk public
POST /{lang}/help/support/say public
POST /{lang}/help/support/answer public
POST /{lang}/help/support/level public
POST /{lang}/help/support/stop public
POST /{lang}/help/support/ticket public
GET /{lang}/help/support/banner public
GET /{lang}/help/support/invite public
POST /{lang}/help/support/invite public
GET /{lang}/help/support/guardian public
POST /{lang}/help/support/guardian public
GET /{lang}/help/support/guardian/frame public
POST /{lang}/help/support/guardian/ticket public
POST /{lang}/help/support/recording public
GET /{lang}/help/support/receipt public
POST /{lang}/help/support/rating public
GET /{lang}/help/support/transcript public
GET /{lang}/offices public
GET /{lang}/help/life-information public
GET /{lang}/my-information signed-in
GET /{lang}/my-information/accesses signed-in
GET /{lang}/my-information/calendar.ics signed-in
GET /{lang}/my-information/{kind} signed-in
GET /{lang}/my-information/{kind}/calendar.ics signed-in
GET /{lang}/verify public
POST /{lang}/verify public
POST /{lang}/verify/file public
GET /{lang}/verify/{code} public
GET /verify/{code} public
GET /{lang}/sign-in public
GET /{lang}/sign-in/needed public
GET /{lang}/sign-in/problem public
GET /sign-in/callback public
GET /sign-out/callback public
POST /{lang}/sign-out public
GET /{lang}/signed-out public
GET /{lang}/session public
POST /{lang}/session public
GET /{lang}/apply/{service} signed-in
POST /{lang}/apply/{service} public
GET /{lang}/apply/{service}/{draft}/check signed-in
POST /{lang}/apply/{service}/{draft}/check signed-in
GET /{lang}/apply/{service}/{draft}/delete signed-in
POST /{lang}/apply/{service}/{draft}/delete signed-in
GET /{lang}/apply/{service}/{draft}/{step} signed-in
POST /{lang}/apply/{service}/{draft}/{step} signed-in
GET /{lang}/applications signed-in
GET /{lang}/applications/{number} signed-in
POST /{lang}/applications/{number}/withdraw signed-in
POST /{lang}/applications/{number}/again signed-in
GET /{lang}/documents/{number} signed-in
GET /{lang}/documents/{number}/pdf signed-in
GET /{lang}/documents/{number}/revoke signed-in
POST /{lang}/documents/{number}/revoke signed-in
GET /{lang}/desk agent
POST /{lang}/desk/code agent
POST /{lang}/desk/take agent
GET /{lang}/desk/phone agent
POST /{lang}/desk/phone agent
GET /{lang}/desk/phone/{errand} agent
POST /{lang}/desk/phone/{errand} agent
GET /{lang}/desk/phone/{errand}/check agent
POST /{lang}/desk/phone/{errand}/check agent
GET /{lang}/desk/phone/{errand}/code agent
POST /{lang}/desk/phone/{errand}/code agent
GET /{lang}/desk/phone/{errand}/questions/{step} agent
POST /{lang}/desk/phone/{errand}/questions/{step} agent
GET /{lang}/desk/sessions/{session} agent
GET /{lang}/desk/sessions/{session}/frame agent
POST /{lang}/desk/sessions/{session}/act agent
POST /{lang}/desk/sessions/{session}/ticket agent
POST /{lang}/desk/sessions/{session}/notes agent
POST /{lang}/desk/sessions/{session}/offer agent
POST /{lang}/desk/sessions/{session}/outcome agent
GET /{lang}/desk/trails supervisor
GET /{lang}/desk/trails/{session} supervisor
GET /{lang}/desk/trails/{session}/recording supervisor
POST /{lang}/desk/trails/{session}/recording supervisor
GET /{lang}/desk/trails/{session}/recording/frame supervisor
GET /{lang}/desk/statistics supervisor
GET /{lang}/help/support/appointments signed-in
GET /{lang}/help/support/appointments/days signed-in
GET /{lang}/help/support/appointments/times signed-in
POST /{lang}/help/support/appointments/times signed-in
GET /{lang}/help/support/appointments/{appointment} signed-in
GET /{lang}/help/support/appointments/{appointment}/cancel signed-in
POST /{lang}/help/support/appointments/{appointment}/cancel signed-in
POST /{lang}/help/support/appointments/{appointment}/start signed-in
GET /{lang}/help/support/appointments/{appointment}/calendar.ics signed-in
GET /{lang}/styleguide public
GET /sitemap.xml operator
GET /sitemap-{lang}.xml operator
GET /sitemap-{lang}-{part:int}.xml operator
GET /opensearch-{lang}.xml operator
GET /robots.txt operator
GET /livez operator
GET /readyz operator
GET /metrics operator
GET /.well-known/security.txt operator
""".strip().splitlines()


def test_addresses_are_these() -> None:
    found = [f"{row.method} {row.path or PATHS[row.name]} {row.access.value}" for row in TABLE]
    assert found == ADDRESSES


def test_every_route_says_who_may_enter() -> None:
    assert all(isinstance(row.access, Access) for row in (*TABLE, *DEMONSTRATION))


def test_nothing_personal_is_public() -> None:
    """What shows or changes something of a person's is behind sign-in, but for Apply, which leads there itself."""
    personal = [r for r in TABLE if {"{draft}", "{number}"} & set((r.path or PATHS[r.name]).split("/"))]
    assert personal
    assert all(row.access is Access.SIGNED_IN for row in personal)
