"""The catalogue group: services described after CPSV-AP 3.2, forms, authorities, offices and help."""

import datetime as dt
from typing import Literal

import msgspec

from madang.forms.model import FormDefinition
from madang.i18n.locales import Locale
from madang.i18n.text import Text

ChannelId = Literal["online", "counter", "kiosk", "phone"]
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
    does: tuple[Literal["apply", "issue", "read"], ...] = ()
    note: Text | None = None


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


class Step(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    title: Text
    text: Text


class ServiceStatus(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    state: Literal["active", "paused", "seasonal", "abolished"] = "active"
    note: Text | None = None
    until: dt.date | None = None
    replaced_by: str = ""


class Service(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A public service. ``summary`` is the one sentence of a card, ``description`` the lead of the guide."""

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
    inputs: tuple[Evidence, ...]
    outputs: tuple[Output, ...]
    legal: tuple[Text, ...]
    how: tuple[Step, ...]
    faq: tuple[Faq, ...]
    reviewed: dt.date
    good_to_know: tuple[Text, ...] = ()
    proxy_online: Proxy = "none"
    proxy_counter: Proxy = "none"
    assurance: Assurance = "substantial"
    form: str = ""
    """``id@version`` of the current form; empty: not applied for here."""
    keywords: dict[Locale, tuple[str, ...]] = {}
    """Everyday words and synonyms that must find this service, per language."""
    rank: int = 0
    """How often it is asked for, relative; orders "most used"."""
    status: ServiceStatus = ServiceStatus()


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


class HelpLine(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    id: str
    name: Text
    phone: str
    hours: Text
    languages: tuple[Locale, ...]


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
    demonstration: bool = False
    """True when any of it is not real; every page then says so."""
