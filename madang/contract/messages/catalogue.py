"""The catalogue group: services described after CPSV-AP 3.2, forms, authorities, offices and help."""

import datetime as dt
from typing import Literal

import msgspec

from madang.forms.model import FormDefinition
from madang.i18n.locales import Locale
from madang.i18n.text import Text

ChannelId = Literal["online", "counter", "kiosk", "phone"]
Doing = Literal["apply", "issue", "read"]
ServiceKind = Literal["own", "listed", "external"]
AreaLevel = Literal["province", "city", "county", "district"]
Proxy = Literal["none", "guardian", "delegate", "anyone"]
Assurance = Literal["low", "substantial", "high"]
"""eIDAS levels; the OIDC ``acr`` value that a sign-in must reach before this service may be applied for."""


class Authority(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A competent authority: who decides."""

    id: str
    name: Text
    phone: str = ""


class Channel(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    id: ChannelId
    does: tuple[Doing, ...] = ()
    note: Text | None = None
    named_only: bool = False
    """Only offices that name the service do it; other counters do not, though they have the channel."""


class Cost(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    channel: ChannelId
    krw: int


class ProcessingTime(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """``amount`` counts working hours or working days; it is 0 for what is done immediately."""

    rule: Literal["immediate", "working-hours", "working-days"]
    amount: int = 0
    manual_days: int = 0
    """Statutory working days when a clerk must look (an uploaded document instead of shared information); 0: never."""


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One input of a service. ``shared``: the agencies look it up; ``attached``: the citizen brings it."""

    evidence: str
    name: Text
    source: Literal["shared", "attached"]
    holder: str
    """Authority id that keeps this information."""
    by: str = ""
    """The field whose answer names the thing, where the register is about things (a building, a lot) and not about
    people; empty: it is looked up by the applicant."""
    consent: Literal["required", "none"] = "none"
    fallback: Literal["upload", "none"] = "none"


class Output(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    document: str
    verify_days: int
    valid_days: int = 0
    """Days of a validity that the law gives; 0: the law gives none."""


class Faq(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    question: Text
    answer: Text


class Change(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What became different for citizens, for the feed of changes. ``service`` is empty for the portal as a whole."""

    day: dt.date
    text: Text
    service: str = ""


class Step(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    title: Text
    text: Text


class ServiceStatus(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    state: Literal["active", "paused", "seasonal", "abolished"] = "active"
    note: Text | None = None
    until: dt.date | None = None
    """Last day of a pause, of a closed season."""
    replaced_by: str = ""


class Service(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A public service. ``summary`` is the one sentence of a card, ``description`` the lead of the guide.

    ``kind``: ``own`` is explained whole and, with a form, applied for here; ``listed`` is explained in short;
    ``external`` is another system's, at ``website``."""

    identifier: str
    title: Text
    summary: Text
    description: Text
    who: Text
    """Who may apply, in one sentence."""
    who_short: Text
    """The same in a few words, for the facts card."""
    authority: str
    categories: tuple[str, ...]
    processing_time: ProcessingTime
    channels: tuple[Channel, ...]
    costs: tuple[Cost, ...]
    reviewed: dt.date
    kind: ServiceKind = "own"
    inputs: tuple[Evidence, ...] = ()
    outputs: tuple[Output, ...] = ()
    legal: tuple[Text, ...] = ()
    how: tuple[Step, ...] = ()
    faq: tuple[Faq, ...] = ()
    good_to_know: tuple[Text, ...] = ()
    easy: tuple[Text, ...] = ()
    """The guide once more in easy language: short sentences, one idea each, in reading order."""
    audience: tuple[str, ...] = ()
    """Audience ids; empty: for everybody."""
    proxy_online: Proxy = "none"
    proxy_counter: Proxy = "none"
    assurance: Assurance = "substantial"
    form: str = ""
    """``id@version`` of the current form; empty: not applied for here."""
    website: str = ""
    """``https://`` address where the responsible system does it; shown behind a page that says so."""
    phone: str = ""
    """Where to ask about this service; empty: the authority's."""
    keywords: dict[Locale, tuple[str, ...]] = {}
    """Everyday words and synonyms that must find this service, per language."""
    rank: int = 0
    """How often it is asked for, relative; orders "most used"."""
    status: ServiceStatus = ServiceStatus()
    demonstration: bool = False
    """Generated for demonstration: the page says so."""


class Area(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An administrative area (dct:spatial). ``parent`` is the province of a municipality. Degrees, WGS 84, of its
    seat: near enough to sort offices by distance."""

    id: str
    level: AreaLevel
    name: Text
    latitude: float
    longitude: float
    parent: str = ""


class Variant(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, array_like=True):
    """A service ``of`` the national catalogue as one area offers it, with its own address. Search shows them under the
    national one. ``online``: what this area does online when that differs; None: as the national one says."""

    identifier: str
    of: str
    area: str
    online: tuple[Doing, ...] | None = None


class Member(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A service of a package. ``note``: why it belongs here, or until when it must be done."""

    service: str
    note: Text
    days: int = 0
    """Days after the event within which the law wants it done; 0: no such limit."""


class Package(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A life event with all the services it needs, in the order in which they are best done."""

    id: str
    title: Text
    summary: Text
    description: Text
    members: tuple[Member, ...]
    good_to_know: tuple[Text, ...] = ()
    keywords: dict[Locale, tuple[str, ...]] = {}
    rank: int = 0
    """How often it happens, relative; orders the life events."""


class Audience(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Whom services are for. With ``services`` or ``packages`` it is also a page "for you", in their order."""

    id: str
    title: Text
    summary: Text
    services: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


class LifeSentences(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a card says in each state of ``life.LifeItem``. They may name {date}, {starts}, {amount}, {count}, {what}
    (one of the kind's codes) and {who}, in any order. A state without a sentence of its own takes that of ``due``."""

    nothing: Text
    due: Text
    soon: Text | None = None
    overdue: Text | None = None
    open: Text | None = None


class LifeKind(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A kind of information for life: what a signed-in person is told of their own, e.g. when a licence expires."""

    id: str
    title: Text
    summary: Text
    authority: str
    category: str
    sentences: LifeSentences
    notice_days: int = 30
    """A day that is at most so many days away is ``soon``."""
    codes: dict[str, Text] = {}
    """Names of what an item's ``what`` says as a code."""
    service: str = ""
    """The service that deals with it."""


class Category(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    id: str
    title: Text


class Office(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A counter or a kiosk."""

    id: str
    kind: Literal["counter", "kiosk"]
    name: Text
    address: Text
    hours: Text
    phone: str = ""
    services: tuple[str, ...] = ()
    """Service identifiers done there; empty: all that have this channel."""
    languages: tuple[Locale, ...] = ("ko",)
    step_free: bool = False
    hearing_loop: bool = False
    area: str = ""
    latitude: float | None = None
    longitude: float | None = None
    """Degrees, WGS 84."""


class Opening(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """When a telephone is answered, in Korea's time. ``working-days``: Monday to Friday but public holidays."""

    days: Literal["every-day", "working-days"] = "every-day"
    start: str = "00:00"
    end: str = "24:00"
    """``HH:MM``, later than ``start``."""
    languages: tuple[Locale, ...] = ()
    """Spoken then; empty: all that the line speaks."""


class HelpLine(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    id: str
    name: Text
    phone: str
    hours: Text
    languages: tuple[Locale, ...]
    open: tuple[Opening, ...] = ()
    """The same as ``hours``, to be computed with; empty: not said."""


class Catalogue(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Everything public, in one piece. ``version`` is a hash of the rest and the strong ETag's value."""

    version: str
    services: tuple[Service, ...]
    forms: tuple[FormDefinition, ...]
    categories: tuple[Category, ...]
    authorities: tuple[Authority, ...]
    offices: tuple[Office, ...]
    help_lines: tuple[HelpLine, ...]
    faq: tuple[Faq, ...] = ()
    areas: tuple[Area, ...] = ()
    variants: tuple[Variant, ...] = ()
    packages: tuple[Package, ...] = ()
    audiences: tuple[Audience, ...] = ()
    life_information: tuple[LifeKind, ...] = ()
    changes: tuple[Change, ...] = ()
    demonstration: bool = False
    """True when any of it is not real; every page then says so."""
