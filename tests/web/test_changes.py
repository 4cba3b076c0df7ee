"""What is new, as a page and as a feed that readers can rely on: the same ids whenever it is made."""

import datetime as dt
import re
from typing import Any
from xml.etree import ElementTree

import html5lib
import msgspec
import pytest
from portal_kit import BASE, Visitor

from madang.contract.messages.catalogue import Change
from madang.i18n.locales import HTML_LANG, LOCALES, Locale
from madang.i18n.text import Text
from madang.web.catalogue.shelf import Shelf
from madang.web.views.changes import entry_id, newest
from tests.web.test_crawlers import shelf_of

pytestmark = pytest.mark.anyio
ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_feed_holds_what_the_page_shows(app: Any, visitor: Visitor, locale: Locale) -> None:
    page = await visitor.get(f"/{locale}/changes")
    root = html5lib.parse(page.text, namespaceHTMLElements=False)
    link = next(e for e in root.iter("link") if e.get("type") == "application/atom+xml")
    response = await visitor.http.get(link.get("href"))
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == HTML_LANG[locale]
    links = {e.get("rel"): e.get("href") for e in feed.findall(f"{ATOM}link")}
    assert links == {"self": f"{BASE}/{locale}/changes.atom", "alternate": f"{BASE}/{locale}/changes"}
    entries = feed.findall(f"{ATOM}entry")
    changes = newest(shelf_of(app))
    assert [e.findtext(f"{ATOM}id") for e in entries] == [entry_id(change, locale) for change in changes]
    assert [e.findtext(f"{ATOM}summary") for e in entries] == [c.text.resolve(locale).text for c in changes]
    moments = [e.findtext(f"{ATOM}updated") or "" for e in entries]
    assert moments == sorted(moments, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == moments[0]
    for element in (feed, *entries):
        assert MOMENT.fullmatch(element.findtext(f"{ATOM}updated") or "")
        assert element.findtext(f"{ATOM}title")
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    shown = "".join(root.itertext())
    assert all(change.text.resolve(locale).text in shown for change in changes)
    for entry in entries:
        target = (entry.find(f"{ATOM}link") or {}).get("href")  # type: ignore[union-attr]
        assert target is None or target.startswith(BASE)


def test_newest_first_and_ids_stay() -> None:
    old = Change(dt.date(2026, 1, 1), Text("하나", en="one"), "entry-exit")
    same = Change(dt.date(2026, 3, 1), Text("둘"))
    new = Change(dt.date(2026, 3, 1), Text("셋"))
    before, after = ids((same, old)), ids((new, same, old))
    assert after[1:] == before
    assert [change.text.ko for change in newest(shelf((old, same, new)))] == ["둘", "셋", "하나"]
    corrected = msgspec.structs.replace(old, text=Text("하나", en="one, corrected"))
    assert entry_id(corrected, "en") == entry_id(old, "en"), "a translation mended is no new entry"
    assert len({entry_id(old, locale) for locale in LOCALES}) == len(LOCALES)
    assert entry_id(old, "ko") == "urn:uuid:e1010e28-ac8a-5375-815b-d7b6369d9d61"


def ids(changes: tuple[Change, ...]) -> list[str]:
    return [entry_id(change, "ko") for change in newest(shelf(changes))]


def shelf(changes: tuple[Change, ...]) -> Shelf:
    from madang.web.catalogue.shelf import EMPTY

    return Shelf.of(msgspec.structs.replace(EMPTY, changes=changes))
