"""What pages say to machines, in the words of schema.org; ``docs/catalogue.md`` sets them beside those of CPSV-AP.

Only properties that schema.org defines for their type are used: a service has no law and no language of its own there,
so its law is a ``Legislation`` that is about it, and its languages belong to its channels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from madang.contract.messages.catalogue import Authority, Channel, Faq, Package, ProcessingTime, Service
from madang.i18n.locales import HTML_LANG, LOCALES
from madang.i18n.messages import N_
from madang.i18n.text import Text
from madang.web.channels import CHANNELS
from madang.web.json_ld import Node, Words

COUNTRY: Final[Node] = {"@type": "Country", "name": "KR"}
HOME: Final = N_("Home")
LIFE_EVENTS: Final = N_("Life events")


@dataclass(frozen=True, slots=True)
class GuideNodes:
    """A service's guide. ``categories``: (id, title), the one of the breadcrumbs first; ``place``: the area whose own
    it is; ``packages``: the life events that it belongs to."""

    service: Service
    authority: Authority
    categories: Sequence[tuple[str, Text]]
    place: Text | None = None
    packages: Sequence[Package] = ()

    def __call__(self, words: Words) -> list[Node]:
        service, here = self.service, words.url("guide", service=self.service.identifier)
        first, title = self.categories[0]
        trail = ((words.text(title), words.url("services", {"category": first})),)
        page: Node = {
            "@type": "WebPage",
            "@id": here,
            "url": here,
            "name": words.text(service.title),
            "inLanguage": words.html_lang,
            "lastReviewed": service.reviewed.isoformat(),
            "breadcrumb": {"@id": f"{here}#trail"},
            "mainEntity": {"@id": f"{here}#service"},
        }
        nodes = [page, self._service(words, here), _trail(words, here, trail, service.title)]
        return [*nodes, questions(words, here, service.faq)] if service.faq else nodes

    def _service(self, words: Words, here: str) -> Node:
        service, text = self.service, words.text
        titles = [text(title) for _, title in self.categories]
        provider: Node = {"@type": "GovernmentOrganization", "name": text(self.place or self.authority.name)}
        phone = service.phone or self.authority.phone
        if phone and self.place is None:
            provider["telephone"] = phone
        area: Node = (
            {"@type": "AdministrativeArea", "name": text(self.place), "containedInPlace": COUNTRY}
            if self.place
            else COUNTRY
        )
        node: Node = {
            "@type": "GovernmentService",
            "@id": f"{here}#service",
            "url": here,
            "identifier": service.identifier,
            "name": text(service.title),
            "description": text(service.summary),
            "serviceType": titles[0],
            "category": titles,
            "provider": provider,
            "serviceOperator": provider,
            "audience": {"@type": "Audience", "audienceType": text(service.who_short)},
            "areaServed": area,
            "jurisdiction": COUNTRY,
            "availableChannel": [self._channel(words, here, channel) for channel in service.channels],
            "offers": [
                {
                    "@type": "Offer",
                    "price": cost.krw,
                    "priceCurrency": "KRW",
                    "category": words.say(CHANNELS[cost.channel]),
                }
                for cost in service.costs
            ],
        }
        if service.website:
            node["sameAs"] = service.website
        if service.legal:
            node["subjectOf"] = [
                {"@type": "Legislation", "name": text(law), "legislationJurisdiction": COUNTRY} for law in service.legal
            ]
        if self.packages:
            node["isRelatedTo"] = [
                {"@type": "Service", "name": text(package.title), "url": words.url("life_event", package=package.id)}
                for package in self.packages
            ]
        return node

    def _channel(self, words: Words, here: str, channel: Channel) -> Node:
        service = self.service
        node: Node = {"@type": "ServiceChannel", "name": words.say(CHANNELS[channel.id])}
        if channel.id == "online":
            node["serviceUrl"] = service.website or here
            if service.form:  # only of our own pages do we know that they speak all six
                node["availableLanguage"] = [HTML_LANG[locale] for locale in LOCALES]
        phone = service.phone or self.authority.phone
        if channel.id == "phone" and phone:
            node["servicePhone"] = {"@type": "ContactPoint", "telephone": phone}
        if channel.id in ("online", "kiosk"):
            node["processingTime"] = duration(service.processing_time)
        return node


@dataclass(frozen=True, slots=True)
class LifeEventNodes:
    """The services of a life event, in their order."""

    package: Package
    services: Sequence[Service]

    def __call__(self, words: Words) -> list[Node]:
        package, here = self.package, words.url("life_event", package=self.package.id)
        items: Node = {
            "@type": "ItemList",
            "@id": here,
            "url": here,
            "name": words.text(package.title),
            "description": words.text(package.summary),
            "numberOfItems": len(self.services),
            "itemListOrder": "https://schema.org/ItemListOrderAscending",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": place,
                    "name": words.text(service.title),
                    "url": words.url("guide", service=service.identifier),
                }
                for place, service in enumerate(self.services, start=1)
            ],
        }
        trail = ((words.say(LIFE_EVENTS), words.url("life_events")),)
        return [items, _trail(words, here, trail, package.title)]


@dataclass(frozen=True, slots=True)
class HelpNodes:
    """The general questions."""

    faq: Sequence[Faq]

    def __call__(self, words: Words) -> list[Node]:
        return [questions(words, words.url("help"), self.faq)] if self.faq else []


def questions(words: Words, here: str, faq: Sequence[Faq]) -> Node:
    """Questions that a page answers."""
    return {
        "@type": "FAQPage",
        "@id": f"{here}#faq",
        "url": f"{here}#faq",
        "inLanguage": words.html_lang,
        "mainEntity": [
            {
                "@type": "Question",
                "name": words.text(item.question),
                "acceptedAnswer": {"@type": "Answer", "text": words.text(item.answer)},
            }
            for item in faq
        ],
    }


def duration(time: ProcessingTime) -> str:
    """ISO 8601. Working hours and days are counted as such: the standard knows no others."""
    if time.rule == "immediate" or not time.amount:
        return "PT0S"
    return f"PT{time.amount}H" if time.rule == "working-hours" else f"P{time.amount}D"


def _trail(words: Words, here: str, between: Sequence[tuple[str, str]], title: Text) -> Node:
    """Home, what lies between, and the page itself."""
    steps = [(words.say(HOME), words.url("home")), *between, (words.text(title), here)]
    items: list[dict[str, Any]] = [
        {"@type": "ListItem", "position": place, "name": name, "item": url}
        for place, (name, url) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{here}#trail", "itemListElement": items}
