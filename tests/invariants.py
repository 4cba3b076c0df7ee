"""What every page must be, wherever a test fetches it: well-formed, named, labelled, translated, no inline code."""

import functools
import itertools
import re
from collections import Counter
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
from babel.messages.pofile import read_po

from madang.i18n.locales import HTML_LANG, Locale

LOCALES_DIR = Path(__file__).parents[1] / "madang/web/locales"
IDREFS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-errormessage", "form", "headers", "list")
FOCUSABLE = {"a", "button", "input", "select", "textarea", "summary"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
UNLABELLED_OK = {"hidden", "submit", "button"}


def problems(html: str, locale: Locale | None, *, fragment: bool = False) -> list[str]:
    """Each broken invariant as a sentence; empty when the page is sound."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parse(html)
    found = [f"does not parse: {code} at {where}" for where, code, _ in parser.errors if fragment is False]
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    found += _document(root, elements, locale, fragment)
    found += _references(elements, fragment)
    found += _labels(root, elements)
    found += _markup(elements)
    found += _inline_code(elements)
    found += [] if fragment else _needs(elements)
    if locale is not None and locale != "en":
        found += _untranslated(root, locale)
    return found


def _document(root: Element, elements: list[Element], locale: Locale | None, fragment: bool) -> list[str]:
    if fragment:
        return []
    found = []
    headings = [e for e in elements if e.tag == "h1"]
    if len(headings) != 1:
        found.append(f"{len(headings)} h1 elements")
    levels = [int(e.tag[1]) for e in elements if re.fullmatch(r"h[1-6]", str(e.tag))]
    found += [f"heading h{b} follows h{a}" for a, b in itertools.pairwise(levels) if b > a + 1]
    title = next((e for e in elements if e.tag == "title"), None)
    if title is None or not (title.text or "").strip():
        found.append("no title")
    lang = root.get("lang")
    if locale is not None and lang != HTML_LANG[locale]:
        found.append(f"lang is {lang!r}, not {HTML_LANG[locale]!r}")
    if not any(e.tag == "main" for e in elements):
        found.append("no main")
    return found


def _references(elements: list[Element], fragment: bool) -> list[str]:
    ids = Counter(e.get("id") for e in elements if e.get("id"))
    found = [f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1]
    refs = Counter(e.get("data-ref") for e in elements if e.get("data-ref"))
    found += [f"data-ref {name!r} stands {count} times" for name, count in refs.items() if count > 1]
    for element in elements:
        focusable = element.tag in FOCUSABLE and element.get("type") != "hidden" and not _inert(element)
        if focusable and not element.get("data-ref"):
            found.append(f"<{element.tag} {dict(element.attrib)}> can be focused and has no data-ref")
        if fragment:
            continue
        for attribute in IDREFS:
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    found.append(f"{attribute}={name!r} names no element")
        href = element.get("href") or ""
        if href.startswith("#") and href[1:] not in ids:
            found.append(f"link to {href!r} leads nowhere")
    return found


def _inert(element: Element) -> bool:
    return element.tag == "a" and not element.get("href")


def _labels(root: Element, elements: list[Element]) -> list[str]:
    labelled = {e.get("for") for e in elements if e.tag == "label"}
    wrapped = {id(c) for e in elements if e.tag == "label" for c in e.iter()}
    found = []
    for element in elements:
        if element.tag in ("input", "select", "textarea") and element.get("type") not in UNLABELLED_OK:
            named = element.get("aria-label") or element.get("aria-labelledby") or element.get("id") in labelled
            if not named and id(element) not in wrapped:
                found.append(f"control {element.get('name')!r} has no label")
        pressed = element.tag == "button" or (element.tag == "a" and element.get("href"))
        if pressed and not (text_of(element).strip() or element.get("aria-label") or element.get("aria-labelledby")):
            found.append(f"<{element.tag} data-ref={element.get('data-ref')!r}> has no name")
        if element.tag == "img" and element.get("alt") is None:
            found.append("img without alt")
    return found


def _markup(elements: list[Element]) -> list[str]:
    """What HTML forbids and html5lib lets through: a heading in a label, a moment finer than a millisecond; and what a
    voice depends on: a live region is not in a part that is hidden when there is something to say."""
    found = [
        f"a heading inside the label of {label.get('for')}"
        for label in elements
        if label.tag == "label" and any(each.tag in HEADINGS for each in label.iter())
    ]
    found += [
        f"no valid moment: {time.get('datetime')}"
        for time in elements
        if time.tag == "time" and re.search(r"\.\d{4}", time.get("datetime") or "")
    ]
    found += [
        "what is told at the end is inside what is hidden then"
        for part in elements
        if part.get("data-live") is not None and any(each.get("data-tell") is not None for each in part.iter())
    ]
    return found


def _needs(elements: list[Element]) -> list[str]:
    """Attributes of htmx do nothing on a page that does not load it: its class must say ``live``."""
    loaded = any(e.tag == "script" and "htmx" in (e.get("src") or "") for e in elements)
    using = [e.tag for e in elements if any(name.startswith("hx-") for name in e.attrib)]
    return [] if loaded else [f"hx- on <{tag}> without htmx" for tag in using]


def _inline_code(elements: list[Element]) -> list[str]:
    found = []
    for element in elements:
        if element.tag == "script" and not element.get("src") and element.get("type") != "application/ld+json":
            found.append("inline script")
        found += [f"{name} on <{element.tag}>" for name in element.attrib if name.startswith("on") or name == "style"]
        if (element.get("href") or "").strip().lower().startswith("javascript:"):
            found.append("javascript: link")
    return found


def text_of(element: Element) -> str:
    return "".join(element.itertext())


@functools.cache
def _english(locale: Locale) -> frozenset[str]:
    """Messages whose translation into ``locale`` differs from the English: seeing the English is a fault."""
    with (LOCALES_DIR / locale / "LC_MESSAGES/messages.po").open("rb") as file:
        catalogue = read_po(file)
    return frozenset(
        " ".join(m.id.split())
        for m in catalogue
        if isinstance(m.id, str) and len(m.id) > 3 and "%(" not in m.id and m.string and m.string != m.id
    )


def _untranslated(root: Element, locale: Locale) -> list[str]:
    english = _english(locale)
    found = []
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style"):
            continue
        if element.get("lang") not in (None, HTML_LANG[locale]):
            continue
        for value in (element.text, element.get("aria-label"), element.get("title"), element.get("placeholder")):
            if value and " ".join(value.split()) in english:
                found.append(f"untranslated: {value.strip()!r}")
    return found
