"""A person who is signed in and has a draft, an application and a document, for addresses to be bent."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from portal_kit import Visitor

from tests.web.hostile.raw import Raw


@dataclass(frozen=True)
class Person:
    """``parts``: what stands in the addresses of this person's own things. ``cookie``: the header of the session."""

    cookie: str
    parts: dict[str, str]


@pytest.fixture(scope="module")
async def person(app: Any) -> Person:
    visitor = Visitor(app)
    await visitor.sign_in("chen-xiaoyu", "/en/")
    await visitor.post("/en/apply/alien-registration", {"new": "1"})
    for answers in ({"purpose": "bank"}, {"recipient": ""}, {"consent": "yes"}):
        assert visitor.page is not None
        hidden = next(fields for _, fields in visitor.forms() if "base" in fields)
        await visitor.post(visitor.page.url.path, {**hidden, **answers})
    issued = await visitor.post(visitor.page.url.path)
    document = re.search(r"/documents/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})", issued.text)
    assert document
    application = issued.url.path.rsplit("/", 1)[1]
    draft = (await visitor.post("/en/apply/alien-registration", {"new": "1"})).url.path.split("/")[4]
    cookie = "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
    parts = {
        "service": "alien-registration",
        "draft": draft,
        "step": "purpose",
        "number": document[1],
        "application": application,
        "code": document[1],
        "package": "relocation",
        "audience": "newcomer",
        "kind": "stay-expiry",
        "part": "2",
        "appointment": "a" * 26,
        "errand": "a" * 26,
        "session": "s" * 22,
    }
    return Person(cookie, parts)


@pytest.fixture
def stranger(app: Any) -> Raw:
    return Raw(app)


@pytest.fixture
def owner(app: Any, person: Person) -> Raw:
    return Raw(app, person.cookie)
