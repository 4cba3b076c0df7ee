"""What somebody signed in sees: forms of every type, errors, applications in every state, documents."""

import re
import shutil
from pathlib import Path
from typing import Any

import httpx
import yaml
from accessibility.album import Album
from form_kit import ISSUING, answered, holder, typed
from portal_kit import Visitor

from madang.backend.catalogue.loader import Holdings
from madang.backend.config import CATALOGUE
from madang.i18n.locales import LOCALES, Locale
from tests.web.test_every_question import BAD, GOOD

PEOPLE = dict(
    zip(
        LOCALES,
        ("suryaningsih", "osullivan-brooks", "takasaki-rin", "chen-xiaoyu", "siriphanwadi", "nguyen-van-an"),
        strict=True,
    )
)
"""Among them the longest names that there are."""
NUMBER = re.compile(r"/documents/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})")
APPLICATION = re.compile(r"/applications/(\d{4}-\d{4}-\d{4}-\d{4})")
TIMELINE = ("received", "in-review", "more-info", "completed", "returned", "withdrawn")
NOTE = "사진이 흐립니다. 다시 올려 주세요."


def catalogue_with_everything(folder: Path) -> Path:
    """The catalogue and one more service, whose form asks everything."""
    there = folder / "data"
    shutil.copytree(CATALOGUE, there)
    shutil.copy(Path(__file__).parents[1] / "web/samples/everything@1.yaml", there / "forms")
    service = yaml.safe_load((there / "services/alien-registration.yaml").read_text(encoding="utf-8"))
    service |= {"identifier": "everything", "form": "everything@1"}
    service["outputs"][0]["document"] = "everything"
    document = yaml.safe_load((there / "documents/alien-registration.yaml").read_text(encoding="utf-8"))
    document["id"] = "everything"
    document["sections"] = [part for part in document["sections"] if "answers." not in str(part)]
    for kind, content in (("services", service), ("documents", document)):
        written = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (there / kind / "everything.yaml").write_text(written, encoding="utf-8")
    return there


def hidden(visitor: Visitor) -> dict[str, str]:
    return next(fields for _, fields in visitor.forms() if "base" in fields)


async def begun(visitor: Visitor, locale: Locale, service: str) -> httpx.Response:
    return await visitor.post(f"/{locale}/apply/{service}", {"new": "1"})


async def alien_registration(album: Album) -> None:
    """From the first question to the revoked document, with an error on every page."""
    visitor, locale = album.visitor(), album.locale
    await visitor.sign_in(PEOPLE[locale], f"/{locale}/")
    page = await begun(visitor, locale, "alien-registration")
    answers = {"purpose": "other", "other": "가나다 ABC", "recipient": "", "consent": "yes"}
    for _ in range(12):
        here = page.url.path
        step = here.rsplit("/", 1)[1]
        if step == "check":
            break
        album.take(f"question, {step}", page)
        wrong = await visitor.post(here, {**hidden(visitor), step: "\x07"})
        if wrong.status_code == 422:
            album.take(f"question, {step}, error", wrong)
        else:
            await visitor.get(here)
        page = await visitor.post(here, {**hidden(visitor), step: answers[step]})
    album.take("check", page)
    check = page.url.path
    await album.go(visitor, "start, with a draft", "/apply/alien-registration")
    album.take("delete a draft", await visitor.get(check.replace("/check", "/delete")))
    await album.go(visitor, "home, with a draft", "/")
    done = await visitor.post(check)
    album.take("done", done)
    number, application = NUMBER.search(done.text), APPLICATION.search(str(done.url) + done.text)
    assert number, done.url
    await album.go(visitor, "document", f"/documents/{number[1]}")
    await album.go(visitor, "applications", "/applications")
    assert application, done.url
    await timeline(album, visitor, application[1])
    proof = await album.visitor().post(f"/{locale}/verify", {"number": number[1]})
    album.take("verify, genuine", proof)
    pdf = (await visitor.get(f"/{locale}/documents/{number[1]}/pdf")).content
    file = {"file": ("certificate.pdf", pdf, "application/pdf")}
    album.take("verify, file genuine", await album.visitor().post(f"/{locale}/verify/file", files=file))
    altered = {"file": ("certificate.pdf", pdf[: len(pdf) // 2] + b"x" + pdf[len(pdf) // 2 + 1 :], "application/pdf")}
    album.take("verify, file altered", await album.visitor().post(f"/{locale}/verify/file", files=altered))
    album.take("verify, no file", await album.visitor().post(f"/{locale}/verify/file"))
    await album.go(visitor, "revoke", f"/documents/{number[1]}/revoke")
    album.take("revoked", await visitor.post(f"/{locale}/documents/{number[1]}/revoke"))
    album.take("verify, revoked", await album.visitor().post(f"/{locale}/verify", {"number": number[1]}))


async def timeline(album: Album, visitor: Visitor, number: str) -> None:
    """An application in each status that there is."""
    try:
        for status in TIMELINE:
            album.backend.status, album.backend.note = status, NOTE if status in ("more-info", "returned") else ""
            page = await visitor.get(f"/{album.locale}/applications/{number}")
            album.take(f"application, {status}", page)
        album.backend.status = "in-review"
        album.take("applications, waiting", await visitor.get(f"/{album.locale}/applications"))
    finally:
        album.backend.status = album.backend.note = ""


async def every_question(album: Album) -> None:
    """Every type of field, empty, wrong and answered."""
    visitor, locale = album.visitor(), album.locale
    await visitor.sign_in("nguyen-van-an", f"/{locale}/")
    page = await begun(visitor, locale, "everything")
    given: dict[str, Any]
    for step, given in GOOD.items():
        asked = 0
        while (at := page.url.path.rsplit("/", 1)[1]) == step or at.startswith(
            f"{step}-"
        ):  # one at a time, if so preferred
            path, asked = page.url.path, asked + 1
            assert asked <= len(given), f"{at} was not accepted"
            album.take(f"field, {at}", page)
            if step in BAD:
                album.take(f"field, {at}, error", await visitor.post(path, {**hidden(visitor), **BAD[step]}))
            page = await visitor.post(path, {**hidden(visitor), **given})
            assert page.status_code == 200, at
            page = await visitor.get(path.rsplit("/", 1)[0] + "/check")
        assert asked, f"{step} was expected, not {page.url.path}"
    album.take("check, everything", page)


async def each_service(album: Album, holdings: Holdings) -> None:
    """Every question of every service that is applied for here, and what comes of it; in each language a sixth."""
    for place, name in enumerate(ISSUING):
        if place % len(LOCALES) != LOCALES.index(album.locale):
            continue
        service = holdings.services[name]
        form = holdings.forms[service.form]
        visitor = album.visitor()
        await visitor.sign_in(holder(holdings, service, album.locale).subject, f"/{album.locale}/services/{name}")
        assert visitor.page is not None
        album.take(f"service {name}, guide", visitor.page)
        page = await begun(visitor, album.locale, name)
        answers = typed(answered(form), form)
        for _ in range(30):
            here = page.url.path
            if here.endswith("/check"):
                break
            album.take(f"service {name}, {here.rsplit('/', 1)[1]}", page)
            page = await visitor.post(here, {**hidden(visitor), **answers})
            assert page.url.path != here, f"{here} was not accepted"
        album.take(f"service {name}, check", page)
        done = await visitor.post(page.url.path)
        album.take(f"service {name}, done", done)


async def signed_in(album: Album) -> None:
    """Pages of somebody who is signed in."""
    visitor = album.visitor()
    await visitor.sign_in("han-garam", f"/{album.locale}/")
    await album.go(visitor, "home, signed in", "/")
    await album.go(visitor, "applications, none", "/applications")
    page = await album.go(visitor, "my information", "/my-information")
    for kind in list(dict.fromkeys(re.findall(r"/my-information/([a-z-]+)\"", page.text)))[:12]:
        if kind != "accesses":
            await album.go(visitor, f"my information, {kind}", f"/my-information/{kind}")
    await album.go(visitor, "accesses", "/my-information/accesses")
    await album.go(visitor, "session", "/session")
    await album.go(visitor, "start", "/apply/entry-exit")
    page = await begun(visitor, album.locale, "entry-exit")
    album.take("dates", page)
    album.take("dates, error", await visitor.post(page.url.path, hidden(visitor)))
    await album.go(visitor, "preferences, signed in", "/preferences")
