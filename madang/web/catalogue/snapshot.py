"""A catalogue as bytes: checked before it is believed, kept on disk so that the portal starts without a backend.

A catalogue is refused when it is not the contract's JSON, when its version is not its content's, when it names what it
does not have, or when it is empty. A text that lacks a language is not refused: it is counted, and shown in Korean.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from typing import Final

import msgspec

from madang.contract.completeness import texts
from madang.contract.messages.catalogue import Catalogue
from madang.forms.model import FormDefinition
from madang.i18n.locales import Locale

IDENTIFIER: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
"""Of services, categories, authorities: they stand in addresses."""
VERSION: Final = re.compile(r"[0-9a-f]{32,64}")
_UNSHOWABLE: Final = re.compile(
    rb"\\\\"  # steps over a backslash that is itself escaped
    rb"|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\\u20(?:2[a-eA-E]|6[6-9])"
    rb"|\x7f|\xc2[\x80-\x9f]|\\u00(?:0[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]|[89][0-9a-fA-F])|\\[bf]"
)
"""In JSON: marks that set the direction of writing (none of our languages needs one, and an override turns round what
we write behind it), and control characters, which no page may hold. They are left out."""
SHOWN: Final = 5
"""Faults named in one message."""


class CatalogueBroken(Exception):
    """What came is not a catalogue that can be served. The text says why, for the operator."""


def decode(content: bytes) -> Catalogue:
    """The catalogue that ``content`` holds. Raises CatalogueBroken."""
    try:
        catalogue = msgspec.json.decode(_UNSHOWABLE.sub(_kept, content), type=Catalogue)
    except msgspec.MsgspecError as error:
        raise CatalogueBroken(f"not the contract's JSON: {error}") from None
    except (UnicodeDecodeError, RecursionError):
        raise CatalogueBroken("not JSON") from None
    if not VERSION.fullmatch(catalogue.version) or not version_of(content, catalogue.version).startswith(
        catalogue.version
    ):
        raise CatalogueBroken("its version is not the hash of its content")
    if faults := list(_faults(catalogue)):
        more = f" and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        raise CatalogueBroken("; ".join(faults[:SHOWN]) + more)
    return catalogue


def _kept(found: re.Match[bytes]) -> bytes:
    return found[0] if found[0].startswith(b"\\\\") else b""


def version_of(content: bytes, version: str = "") -> str:
    """SHA-256 in hex of the catalogue's JSON text with the value of ``version`` made empty. Of the text, not of what we
    decode it to: so a backend in any language can compute it, and a field that is new here changes nothing. The version
    is at least the first 32 digits of it."""
    return hashlib.sha256(content.replace(b'"%s"' % version.encode(), b'""', 1)).hexdigest()


def _faults(catalogue: Catalogue) -> Iterator[str]:
    if not catalogue.services:
        yield "it holds no service"
    categories = [category.id for category in catalogue.categories]
    authorities = [authority.id for authority in catalogue.authorities]
    services = {service.identifier for service in catalogue.services}
    yield from _name_faults("category", categories)
    yield from _name_faults("authority", authorities)
    yield from _name_faults("service", [service.identifier for service in catalogue.services])
    forms = {form.key: form for form in catalogue.forms}
    if len(forms) < len(catalogue.forms):
        yield "a form has one version twice"
    kinds: tuple[tuple[str, Container[str]], ...] = (
        ("category", categories),
        ("authority", authorities),
        ("form", forms),
        ("service", services),
    )
    for service in catalogue.services:
        name = f"service {service.identifier}"
        named = (
            service.categories,
            (service.authority, *(item.holder for item in service.inputs)),
            (service.form,) if service.form else (),
            (service.status.replaced_by,) if service.status.replaced_by else (),
        )
        for (kind, known), given in zip(kinds, named, strict=True):
            for wanted in given:
                if wanted not in known:
                    yield f"{name}: no {kind} {wanted!r}"
        if not service.title.ko:
            yield f"{name}: no title"
    for office in catalogue.offices:
        for wanted in office.services:
            if wanted not in services:
                yield f"office {office.id}: no service {wanted!r}"
    for form in catalogue.forms:
        yield from _form_faults(form)


def _name_faults(kind: str, names: list[str]) -> Iterator[str]:
    for name, times in Counter(names).items():
        if times > 1:
            yield f"{kind} {name!r} twice"
        if not IDENTIFIER.fullmatch(name):
            yield f"{kind} {name!r} cannot stand in an address"


def _form_faults(form: FormDefinition) -> Iterator[str]:
    """What would break while a page of the form is shown."""
    if not form.pages:
        yield f"form {form.key}: no page"
    asked: set[str] = set()
    for page in form.pages:
        for name in page.ask:
            if name not in form.fields:
                yield f"form {form.key}, page {page.id}: no field {name!r}"
            if name in asked:
                yield f"form {form.key}: {name!r} is asked twice"
            asked.add(name)
        for name in page.show_if or {}:
            if name not in form.fields:
                yield f"form {form.key}, page {page.id}: condition on no field {name!r}"
    if len({page.id for page in form.pages}) < len(form.pages):
        yield f"form {form.key}: two pages of one id"


def missing_languages(catalogue: Catalogue) -> Mapping[Locale, int]:
    """How many texts each language lacks; a text that is empty in Korean too is none."""
    counted: Counter[Locale] = Counter()
    for _, text in texts(catalogue):
        if text.ko:
            counted.update(text.missing())
    return counted
