"""What pages say to machines: words that schema.org defines for the type, the same facts as the page shows."""

import base64
import hashlib
import json
import re
from typing import Any

import html5lib
import pytest
from portal_kit import BASE, Visitor

from madang.contract.messages.catalogue import Authority, Channel, Cost, ProcessingTime, Service
from madang.i18n.locales import HTML_LANG, LOCALES, Locale
from madang.i18n.text import Text
from madang.web.json_ld import Words, script
from madang.web.structured import GuideNodes, duration

pytestmark = pytest.mark.anyio
THING = {"@id", "@type", "url", "name", "description", "identifier", "sameAs", "subjectOf"}
PROPERTIES: dict[str, set[str]] = {
    "WebPage": THING | {"inLanguage", "lastReviewed", "breadcrumb", "mainEntity"},
    "FAQPage": THING | {"inLanguage", "mainEntity"},
    "Question": {"@type", "name", "acceptedAnswer"},
    "Answer": {"@type", "text"},
    "BreadcrumbList": {"@type", "@id", "itemListElement"},
    "ItemList": THING | {"numberOfItems", "itemListOrder", "itemListElement"},
    "ListItem": {"@type", "position", "name", "item", "url"},
    "GovernmentService": THING
    | {"serviceType", "category", "provider", "serviceOperator", "audience", "areaServed", "jurisdiction"}
    | {"availableChannel", "offers", "isRelatedTo"},
    "Service": {"@type", "name", "url"},
    "GovernmentOrganization": {"@type", "name", "telephone"},
    "Audience": {"@type", "audienceType"},
    "AdministrativeArea": {"@type", "name", "containedInPlace"},
    "Country": {"@type", "name"},
    "ServiceChannel": {"@type", "name", "serviceUrl", "availableLanguage", "servicePhone", "processingTime"},
    "ContactPoint": {"@type", "telephone"},
    "Offer": {"@type", "price", "priceCurrency", "category"},
    "Legislation": {"@type", "name", "legislationJurisdiction"},
}
"""Of the types that we use, the properties that https://schema.org gives them and that we use."""


async def graph(visitor: Visitor, path: str) -> list[dict[str, Any]]:
    """The nodes of a page, whose script the page's policy admits and whose every property is a known one."""
    response = await visitor.get(path)
    assert response.status_code == 200, path
    root = html5lib.parse(response.text, namespaceHTMLElements=False)
    scripts = [e.text or "" for e in root.iter("script") if e.get("type") == "application/ld+json"]
    assert len(scripts) == 1, path
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in response.headers["content-security-policy"]
    data = json.loads(scripts[0])
    assert data["@context"] == "https://schema.org"
    for node in data["@graph"]:
        known(node)
    nodes: list[dict[str, Any]] = data["@graph"]
    return nodes


def known(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            known(item)
    elif isinstance(value, dict) and set(value) != {"@id"}:
        assert set(value) <= PROPERTIES[value["@type"]], value["@type"]
        assert all(part not in ("", None, []) for name, part in value.items() if name != "offers"), value
        for part in value.values():
            known(part)


def of(nodes: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    found = [node for node in nodes if node["@type"] == kind]
    assert len(found) == 1, kind
    return found[0]


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_guide_says_what_it_shows(visitor: Visitor, locale: Locale) -> None:
    here = f"{BASE}/{locale}/services/move-in"
    nodes = await graph(visitor, f"/{locale}/services/move-in")
    assert visitor.page is not None
    html = visitor.page.text
    page, service = of(nodes, "WebPage"), of(nodes, "GovernmentService")
    assert page["@id"] == page["url"] == service["url"] == here
    assert page["inLanguage"] == HTML_LANG[locale]
    assert page["mainEntity"] == {"@id": service["@id"]}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", page["lastReviewed"])
    assert service["areaServed"] == {"@type": "Country", "name": "KR"}
    assert service["serviceType"] in html
    assert service["subjectOf"]
    assert {"name", "telephone"} < set(service["provider"])
    online = next(c for c in service["availableChannel"] if "serviceUrl" in c)
    assert online["serviceUrl"] == here
    assert online["availableLanguage"] == list(HTML_LANG.values())
    assert all(offer["category"] in html for offer in service["offers"])
    assert any(item["url"] == f"{BASE}/{locale}/life-events/relocation" for item in service["isRelatedTo"])
    trail = of(nodes, "BreadcrumbList")["itemListElement"]
    assert [item["position"] for item in trail] == [1, 2, 3]
    assert trail[0]["item"] == f"{BASE}/{locale}/"
    assert trail[-1]["item"] == here
    for item in trail:
        assert item["item"].startswith(f"{BASE}/{locale}/")
        assert (await visitor.http.get(item["item"].removeprefix(BASE))).status_code == 200
    questions = of(nodes, "FAQPage")["mainEntity"]
    assert len(questions) >= 5
    assert html.count('data-ref="faq:') >= len(questions)


async def test_what_an_area_does_is_served_in_that_area(visitor: Visitor) -> None:
    service = of(await graph(visitor, "/en/services/bulky-waste-seoul-jongno"), "GovernmentService")
    area = service["areaServed"]
    assert area["@type"] == "AdministrativeArea"
    assert "Jongno" in area["name"]
    assert service["provider"]["name"] == area["name"]
    assert "telephone" not in service["provider"], "the ministry's number is not the district's"


async def test_another_systems_service_leads_there(visitor: Visitor) -> None:
    service = of(await graph(visitor, "/ja/services/hometax"), "GovernmentService")
    assert service["sameAs"].startswith("https://")
    online = next(c for c in service["availableChannel"] if "serviceUrl" in c)
    assert online["serviceUrl"] == service["sameAs"]
    assert "availableLanguage" not in online, "we do not know"


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_life_event_lists_its_services_in_order(visitor: Visitor, locale: Locale) -> None:
    nodes = await graph(visitor, f"/{locale}/life-events/relocation")
    assert visitor.page is not None
    listed = of(nodes, "ItemList")
    urls = [item["url"] for item in listed["itemListElement"]]
    shown = re.findall(r'href="(/[^"]*)" data-ref="step:', visitor.page.text)
    assert urls == [BASE + path for path in shown]
    assert listed["numberOfItems"] == len(urls) > 3
    assert [item["position"] for item in of(nodes, "BreadcrumbList")["itemListElement"]] == [1, 2, 3]


async def test_help_answers_questions(visitor: Visitor) -> None:
    assert len(of(await graph(visitor, "/th/help"), "FAQPage")["mainEntity"]) > 5


def test_time_is_written_as_iso_8601() -> None:
    assert duration(ProcessingTime("immediate")) == "PT0S"
    assert duration(ProcessingTime("working-hours", 3)) == "PT3H"
    assert duration(ProcessingTime("working-days", 14)) == "P14D"


def test_no_text_ends_the_script() -> None:
    payload = '</script><script>alert(1)</script><!--<script>&amp;"\\\u2028\u2029\x01\x7f\ud800\u202e'
    text = Text(payload, payload, payload, payload, payload, payload)
    import datetime as dt

    service = Service(
        "x", text, text, text, text, text, "a", ("c",), ProcessingTime("immediate"), (Channel("phone"),),
        (Cost("counter", 1),), dt.date(2026, 1, 1), phone=payload, legal=(text,),
    )  # fmt: skip
    made = script(GuideNodes(service, Authority("a", text), [("c", text)])(Words(BASE, "en", str)))
    assert "<" not in made.markup
    assert "&" not in made.markup
    element = html5lib.parse(f"<script type='application/ld+json'>{made.markup}</script>", namespaceHTMLElements=False)
    inside = next(iter(element.iter("script"))).text
    assert inside == str(made.markup)
    names = {node.get("name") for node in json.loads(inside)["@graph"]}
    assert payload in names
    digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
    assert made.csp_hash == f"'sha256-{digest}'"
