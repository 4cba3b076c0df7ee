"""What people type is shown as text and as nothing else, wherever a page shows it again."""

import asyncio
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode

import html5lib
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portal_kit import BASE, Visitor

from madang.i18n.locales import LOCALES
from tests.web.hostile.addresses import ROWS, address
from tests.web.hostile.conftest import Person
from tests.web.hostile.raw import Answer, Raw, faults, rotating

pytestmark = pytest.mark.anyio
MARK = "zqxjvkwq"  # long enough for no random token to hold it
PAYLOADS = (
    f'"><img src={MARK} onerror=alert(1)>',
    f"'><svg/onload=alert('{MARK}')>",
    f"</title><script>{MARK}()</script>",
    f"</textarea><script>{MARK}()</script>",
    f"--><script>{MARK}()</script><!--",
    f"javascript:{MARK}()",
    f"{{{{ {MARK}.__class__ }}}}{{% include '{MARK}' %}}",
    f"&lt;img src={MARK}&gt;&#60;script&#62;",
    f"]]><{MARK}>",
    f"\u202e{MARK}\u2066",
    f"%3Cimg%20src%3D{MARK}%3E",
    f"+ADw-script+AD4-{MARK}()",
    f"<\u0131mg src={MARK}>",
    f"${{{MARK}}}#{{{MARK}}}`{MARK}`",
)
HOLDERS = ("script", "style", "svg", "iframe", "object", "embed", "base")
NAMES = (
    "q",
    "number",
    "to",
    "kept",
    "kind",
    "category",
    "page",
    "why",
    "state",
    "code",
    "error",
    "from",
    "least",
    "iss",
)


def planted(html: str) -> list[str]:
    """Elements and attributes that the mark has made its way into as markup; values and text may hold it."""
    found = []
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2]
        if MARK in tag or any(MARK in name for name in element.attrib):
            found.append(f"<{tag} {dict(element.attrib)}>")
        holds = MARK in "".join(element.itertext()) and tag in HOLDERS
        if holds and (element.get("type") != "application/ld+json" or "<" in (element.text or "")):
            found.append(f"the text of <{tag}>")
        if tag in ("img", "image") and MARK in (element.get("src") or ""):
            found.append("an image")
        for name in ("href", "action", "formaction", "src"):
            value = (element.get(name) or "").strip().lower()
            if MARK in value and not value.startswith(("/", "#", f"{BASE}/")):
                found.append(f"{name}={value!r}")
            if value.startswith("//"):
                found.append(f"{name}={value!r}")
    return found


def judged(answer: Answer) -> list[str]:
    found = faults(answer)
    if answer.is_page:
        found += [f"{answer.asked}: planted {thing}" for thing in planted(answer.text)]
    found += [
        f"{answer.asked}: in the header {n}"
        for n, v in answer.headers
        if MARK in v and n not in ("location", "refresh")
    ]
    for value in answer.all("refresh"):
        if not re.fullmatch(r"0; url=/[^/\\].*", value):
            found.append(f"{answer.asked}: refreshes to {value!r}")
    return found


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_typed_into_addresses_and_queries(payload: str, app: Any, person: Person) -> None:
    """By turns; ``full`` types each into every one."""
    await typed(payload, app, person, PAYLOADS.index(payload))


@pytest.mark.full
@pytest.mark.parametrize("payload", PAYLOADS)
async def test_typed_into_every_address_and_query(payload: str, app: Any, person: Person) -> None:
    for turn in range(4):
        await typed(payload, app, person, turn)


async def typed(payload: str, app: Any, person: Person, turn: int) -> None:
    found: list[str] = []
    for index, row in enumerate(ROWS):
        if row.method != "GET" or index % 4 != turn % 4:
            continue
        target = address(row, rotating(index + len(payload)), person.parts)
        query = urlencode(dict.fromkeys(NAMES, payload))
        bent = [f"{target}?{query}", f"{target}?{quote(payload)}", f"{target}/{quote(payload, safe='')}"]
        bent += [f"{target}?to=/en/{quote(payload)}", f"{target}?number={quote(payload)}"]
        for who in (Raw(app), Raw(app, person.cookie)):
            for each in bent:
                found += judged(await who.ask("GET", each))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_typed_into_every_field(payload: str, visitors: Callable[[], Visitor]) -> None:
    """Refused or accepted, on the page itself, on the check page, in the list and on the document."""
    locale = LOCALES[PAYLOADS.index(payload) % 6]
    visitor = visitors()

    def look() -> None:
        assert visitor.page is not None
        if visitor.page.headers["content-type"].startswith("text/html"):
            assert not planted(visitor.page.text), visitor.page.url

    await visitor.sign_in("suryaningsih", f"/{locale}/")
    await visitor.post(f"/{locale}/verify", {"number": payload})
    look()
    await visitor.post(
        f"/{locale}/verify/file", files={"file": (payload, b"%PDF-1.7", payload.encode("ascii", "ignore").decode())}
    )
    look()
    response = await visitor.post(f"/{locale}/apply/alien-registration", {"new": "1"})
    for step, good in (("purpose", "other"), ("other", payload), ("recipient", payload), ("consent", "no")):
        path = response.url.path
        assert path.endswith(f"/{step}")
        hidden = next(fields for _, fields in visitor.forms() if "base" in fields)
        for name in ("base", "from", "switch", step, f"{step}-add", "x"):
            await visitor.post(path, {**hidden, name: payload})
            look()
        await visitor.get(path)
        hidden = next(fields for _, fields in visitor.forms() if "base" in fields)
        response = await visitor.post(path, {**hidden, step: good})
        look()
        if response.status_code == 422:  # characters that no answer may hold
            hidden = next(fields for _, fields in visitor.forms() if "base" in fields)
            response = await visitor.post(path, {**hidden, step: f"<b>{MARK}</b>"})
    assert response.url.path.endswith("/card")
    photo = {"card-upload": (payload, b"%PDF-1.7\n%%EOF", "application/pdf")}
    hidden = next(fields for _, fields in visitor.forms() if "base" in fields)
    await visitor.post(response.url.path, {**hidden, "card-add": "1"}, photo)
    look()
    draft = response.url.path.rsplit("/", 1)[0]
    await visitor.get(f"{draft}/consent")
    hidden = next(fields for _, fields in visitor.forms() if "base" in fields)
    response = await visitor.post(f"{draft}/consent", {**hidden, "consent": "yes"})
    assert response.url.path.endswith("/check")
    assert MARK in response.text
    look()
    response = await visitor.post(response.url.path)
    look()
    if document := re.search(r"/documents/([0-9A-Z-]{19})", response.text):
        await visitor.get(f"/{locale}/documents/{document[1]}")
        look()
        await visitor.post(f"/{locale}/verify", {"number": document[1]})
        look()
    await visitor.get(f"/{locale}/applications")
    look()


async def test_the_check_would_see_markup() -> None:
    for html in (
        f'<p title=""><img src={MARK} onerror=x>',
        f"<script>{MARK}()</script>",
        f"<a href='javascript:{MARK}()'>x</a>",
        f"<p {MARK}=1>",
        f"<svg><script>{MARK}</script></svg>",
        "<a href='//evil.example'>x</a>",
    ):
        assert planted(html), html
    assert not planted(f"<p>&lt;img src={MARK}&gt;</p><input value='\"&gt;&lt;img src={MARK}'>")


ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


@pytest.mark.parametrize("examples", [60, pytest.param(3000, marks=pytest.mark.full)])
async def test_any_text_anywhere(examples: int, app: Any, person: Person) -> None:
    """Whatever Unicode, surrogates included, in a path, a query and a form, as bytes of a sloppy client."""
    found: list[str] = []
    loop = asyncio.get_running_loop()

    def encoded(text: str) -> str:
        return quote(text.encode("utf-8", "surrogatepass"), safe="")

    async def tried(text: str, index: int, cookie: str) -> None:
        row = ROWS[index % len(ROWS)]
        if row.name in ("sign_out", "kiosk_finish", "delete_draft"):
            return
        who = Raw(app, cookie)
        given = {name: encoded(text) for name in ("service", "draft", "step", "number", "code")}
        target = address(row, rotating(index), {**person.parts, **given, "application": encoded(text)})
        found.extend(judged(await who.ask(row.method, f"{target}?q={encoded(text)}&number={encoded(text)}")))
        sound = address(row, rotating(index), person.parts)
        if row.method == "POST" and row.name not in ("check", "withdraw", "revoke", "again"):
            body = "&".join(f"{name}={encoded(text)}" for name in ("number", "purpose", "base", "to", "reason"))
            found.extend(judged(await who.form(sound, body.encode())))
        else:
            found.extend(
                judged(await who.ask("GET", f"{sound}?to={encoded(text)}&kept={encoded(text)}&q={encoded(text)}"))
            )

    @settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
    )
    @given(ANY, st.integers(0, 300), st.sampled_from(("", person.cookie)))
    def run(text: str, index: int, cookie: str) -> None:
        asyncio.run_coroutine_threadsafe(tried(text, index, cookie), loop).result()
        assert not found, "\n".join(found)

    await loop.run_in_executor(None, run)
