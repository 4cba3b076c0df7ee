"""The main journeys walked in easy words, page by page, and what is written on each page."""

import re
from collections.abc import AsyncIterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from form_kit import answered, typed
from portal_kit import Visitor
from support_kit import AGENT, House, code_on

from madang.accessibility.easy_words import hard
from madang.backend.catalogue.loader import Holdings
from madang.i18n.locales import HTML_LANG, Locale

COOKIE = "madang-look"
EASY = "words-easy"
PEOPLE = {"ko": "suryaningsih", "en": "osullivan-brooks", "ja": "takasaki-rin", "zh": "chen-xiaoyu",
          "th": "siriphanwadi", "vi": "nguyen-van-an"}  # fmt: skip
BREAKS = {"p", "li", "div", "h1", "h2", "h3", "h4", "dt", "dd", "td", "th", "small", "legend", "label", "summary", "a",
          "button", "br", "option", "title", "form", "b"}  # fmt: skip
SILENT = {"script", "style", "svg", "select", "textarea", "address"}


def texts(html: str, locale: Locale) -> list[str]:
    """What a page says in its own words and language, block by block. Left out: names and addresses, what somebody
    typed, other languages, and the whole text that is folded away under the easy one."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    found: list[str] = []
    pieces: list[str] = []

    def end() -> None:
        text = " ".join("".join(pieces).replace("\u2060", "").replace("\u200b", "").split())
        pieces.clear()
        if text:
            found.append(text)

    def walk(element: Element) -> None:
        if not isinstance(element.tag, str) or left_out(element, locale):
            pass
        else:
            if element.tag in BREAKS:
                end()
            pieces.append(element.text or "")
            for child in element:
                walk(child)
            if element.tag in BREAKS:
                end()
        pieces.append(element.tail or "")

    walk(root)
    end()
    return found


def left_out(element: Element, locale: Locale) -> bool:
    classes = (element.get("class") or "").split()
    return (
        element.tag in SILENT
        or element.get("data-words") == "usual"
        or element.get("translate") == "no"
        or element.get("lang", HTML_LANG[locale]) != HTML_LANG[locale]
        or "official" in classes
        or "place" in classes
        or "office" in classes
        or "certificate" in classes  # the law's own words, as they are printed
        or ("items" in classes and element.find(".//button[@name='person']") is not None)  # the demonstration's people
    )


def faults(html: str, locale: Locale) -> list[str]:
    """What of a page is not in easy words."""
    return sorted({fault for text in texts(html, locale) for fault in hard(text, locale)})


def easy(visitor: Visitor) -> Visitor:
    visitor.http.cookies.set(COOKIE, EASY, domain="portal.test")
    return visitor


async def public(visitor: Visitor, locale: Locale) -> AsyncIterator[tuple[str, Any]]:
    """The pages before anybody signs in."""
    for path in ("", "services", "services?q=전입", "services/move-in", "services/alien-registration", "help/support",
                 "services/hometax/leaving", "verify", "sign-in/problem?why=expired", "sign-in/problem?why=stopped",
                 "signed-out", "sign-in/needed?to=/ko/", "preferences", "nowhere", "sign-in", "session"):  # fmt: skip
        yield path, await visitor.get(f"/{locale}/{path}")
    yield "verify: unknown", await visitor.post(f"/{locale}/verify", {"number": "AAAA-AAAA-AAAA-AAAA"})
    yield "verify: mistyped", await visitor.post(f"/{locale}/verify", {"number": "1"})


async def applying(visitor: Visitor, locale: Locale, holdings: Holdings, name: str) -> AsyncIterator[tuple[str, Any]]:
    """From the start of a form to its document: each question, and each question left empty."""
    form = holdings.forms[holdings.services[name].form]
    await visitor.sign_in(PEOPLE[locale], f"/{locale}/")
    yield "start", await visitor.get(f"/{locale}/apply/{name}")
    page = await visitor.post(f"/{locale}/apply/{name}", {"new": "1"})
    given = typed(answered(form), form)
    for _ in range(30):
        here = page.url.path
        yield here.rpartition("/")[2], page
        if here.endswith("/check"):
            break
        hidden = next(fields for _, fields in visitor.forms() if "base" in fields)
        yield "left empty", await visitor.post(here, hidden)
        page = await visitor.post(here, {**hidden, **given})
    yield "another draft", await visitor.get(f"/{locale}/apply/{name}")
    yield "delete", await visitor.get(here.removesuffix("check") + "delete")
    done = await visitor.post(here)
    yield "done", done
    found = re.search(r"/documents/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})", done.text)
    if found:
        yield "document", await visitor.get(f"/{locale}/documents/{found[1]}")
        yield "revoke", await visitor.get(f"/{locale}/documents/{found[1]}/revoke")
        yield "proof", await visitor.post(f"/{locale}/verify", {"number": found[1]})
    for path in ("", "applications", f"apply/{name}"):
        yield path, await visitor.get(f"/{locale}/{path}")


async def helped(house: House, visitor: Visitor, locale: Locale) -> AsyncIterator[tuple[str, Any]]:
    """Remote support as a citizen meets it: ask, code, agree, banner, talk, receipt."""
    asked = await visitor.post(f"/{locale}/help/support", {"way": "code", "from": f"/{locale}/services/entry-exit"})
    yield "code", asked
    await house.relay.enter_code(AGENT, code_on(asked.text))
    yield "agree", await visitor.get(f"/{locale}/help/support/waiting")
    yield "banner", await visitor.post(f"/{locale}/help/support/agree", {"answer": "yes", "level": "suggest"})
    for path in ("talk", "invite"):
        yield path, await visitor.get(f"/{locale}/help/support/{path}")
    yield "receipt", await visitor.post(f"/{locale}/help/support/stop")
    yield "receipt", await visitor.get(f"/{locale}/help/support/receipt")
