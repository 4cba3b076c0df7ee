"""Parts that several pages show: service cards, breadcrumbs, where else to go."""

from dataclasses import dataclass

from madang.contract.messages.catalogue import Audience, Category, HelpLine, Office, Package, Service, ServiceStatus
from madang.i18n.text import Text
from madang.web.catalogue.shelf import Shelf
from madang.web.page import Public


@dataclass(frozen=True, slots=True)
class ServiceCard:
    """A service in one look: what it is for, when, and what it costs."""

    service: Public[str]
    title: Public[Text]
    summary: Public[Text]
    immediate: Public[bool]
    issues: Public[bool]
    """Whether a document comes of it."""
    working_hours: Public[int]
    """Working hours or days until it is done; 0 when immediate."""
    working_days: Public[int]
    online_krw: Public[int | None]
    """Fee online in won; None when it is not done online."""
    online: Public[bool]
    """Applied for here."""
    elsewhere_online: Public[bool]
    """Done online, but by another system."""
    by_phone: Public[bool]
    """By telephone and no other way."""
    by_kiosk: Public[bool]
    """At a self-service kiosk and no other way."""
    status: Public[ServiceStatus]


def service_card(service: Service) -> ServiceCard:
    time = service.processing_time
    online = any(channel.id == "online" for channel in service.channels)
    return ServiceCard(
        service=service.identifier,
        title=service.title,
        summary=service.summary,
        immediate=time.rule == "immediate",
        issues=any("issue" in channel.does for channel in service.channels),
        working_hours=time.amount if time.rule == "working-hours" else 0,
        working_days=time.amount if time.rule == "working-days" else 0,
        online_krw=next((cost.krw for cost in service.costs if cost.channel == "online"), None),
        online=online and bool(service.form),
        elsewhere_online=online and not service.form,
        by_phone={channel.id for channel in service.channels} == {"phone"},
        by_kiosk={channel.id for channel in service.channels} == {"kiosk"},
        status=service.status,
    )


@dataclass(frozen=True, slots=True)
class EventCard:
    """A life event in one look."""

    package: Public[str]
    title: Public[Text]
    summary: Public[Text]
    count: Public[int]
    """Services in it."""


def event_card(package: Package) -> EventCard:
    return EventCard(package.id, package.title, package.summary, len(package.members))


@dataclass(frozen=True, slots=True)
class AudienceLink:
    audience: Public[str]
    title: Public[Text]
    summary: Public[Text]


def audience_links(shelf: Shelf) -> tuple[AudienceLink, ...]:
    """The audiences that have a page "for you"."""
    return tuple(AudienceLink(a.id, a.title, a.summary) for a in shelf.audiences if has_page(a))


def has_page(audience: Audience) -> bool:
    return bool(audience.services or audience.packages)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where else the same can be done when this portal cannot: counters, kiosks, phone numbers. ``more``: offices that
    are not shown."""

    offices: Public[tuple[Office, ...]]
    help_lines: Public[tuple[HelpLine, ...]]
    more: Public[int] = 0


OFFICES = 6


GENERAL_LINES = 2
"""Help lines, the first of the catalogue, that answer whatever the question is."""


def elsewhere(shelf: Shelf, service: str | None = None) -> Elsewhere:
    """For one service: its own offices, the general help lines and its agency's."""
    offices = shelf.offices_for(service) if service else shelf.offices
    lines = shelf.help_lines
    found = shelf.service(service) if service else None
    if found is not None:
        own = {found.phone, shelf.authority(found.authority).phone}
        lines = (*lines[:GENERAL_LINES], *(line for line in lines[GENERAL_LINES:] if line.phone in own))
    return Elsewhere(offices[:OFFICES], lines, max(0, len(offices) - OFFICES))


@dataclass(frozen=True, slots=True)
class Counted:
    """The gateway's figures, as pages show them; see ``catalogue.figures``."""

    services: Public[int]
    apply_online: Public[int]
    issue_online: Public[int]


def counted(shelf: Shelf) -> Counted:
    found = shelf.figures
    return Counted(found.services, found.apply_online, found.issue_online)


@dataclass(frozen=True, slots=True)
class CategoryLink:
    category: Public[str]
    title: Public[Text]
    count: Public[int]


def category_links(shelf: Shelf) -> tuple[CategoryLink, ...]:
    """The categories that hold a service, in the catalogue's order."""
    counted: list[tuple[Category, int]] = [(c, len(shelf.services_in(c.id))) for c in shelf.categories]
    return tuple(CategoryLink(c.id, c.title, count) for c, count in counted if count)
