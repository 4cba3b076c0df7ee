"""What the relay is handed while a citizen walks through the portal: the page that stands, in both languages, without
what is nobody's business; nothing of a page where the citizen is to be alone."""

import re
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from portal_kit import Visitor
from support_kit import House, house

from madang.backend.config import CATALOGUE
from madang.forms.model import Field, FormDefinition
from madang.remote_support.messages import Chat, Suggest
from madang.remote_support.ports import Standing
from madang.remote_support.states import Session
from madang.web.assets import BUNDLES, Assets
from madang.web.support import twin
from madang.web.views.check import CheckPage
from madang.web.views.demo_sign_in import SignInPeoplePage
from madang.web.views.documents import RevokePage
from madang.web.views.question import asks_alone
from madang.web.views.sign_in import SignInNeededPage

pytestmark = pytest.mark.anyio
PERSON = "nguyen-van-an"


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("mirroring") / "var") as made:
        yield made


async def stands(at: House, session: Session) -> tuple[Session, Standing]:
    """The session, and the page that the relay keeps of it."""
    now = await at.session(session)
    standing = await at.relay.store.standing(session.id)
    assert standing is not None
    return now, standing


async def test_a_page_stands_in_both_languages(at: House) -> None:
    visitor, session = await at.helped("vi")
    page = await visitor.get("/vi/services/alien-registration")
    now, standing = await stands(at, session)
    assert standing.number == now.page
    assert standing.name == now.page_name == "guide"
    assert set(standing.twins) == {"ko", "vi"}
    assert "외국인등록 사실증명" in standing.twins["ko"].title
    assert standing.twins["ko"].lang == "ko"
    assert "외국인등록 사실증명" in standing.twins["ko"].html
    assert standing.elements["help"].name == "Trợ giúp"
    assert standing.twins["ko"].elements["help"].name == "도움말"
    refs = set(re.findall(r'data-ref="([^"]+)"', page.text))
    assert set(standing.elements) <= refs
    assert not {ref for ref in refs - set(standing.elements) if not ref.startswith("support-")}
    assert not any(ref.startswith("support-") for ref in standing.twins["ko"].elements), "the banner is the citizen's"
    await visitor.get("/vi/help")
    later, after = await stands(at, session)
    assert (later.page, after.number) == (now.page + 1, now.page + 1)


async def test_nothing_of_the_person_stands(at: House) -> None:
    visitor, session = await at.helped("vi")
    await visitor.sign_in(PERSON, "/vi/my-information")
    await visitor.get("/vi/my-information")
    now, standing = await stands(at, session)
    assert now.state == "viewing"
    assert standing.number == now.page
    name = re.compile(r"nguy(ễ|e)n|v(ă|a)n an", re.IGNORECASE)
    assert visitor.page is not None
    assert name.search(visitor.page.text)
    assert not name.search(repr(standing))
    assert "sign-in" not in standing.elements, "what is on the twin alone is nothing to speak of"


async def test_where_the_citizen_is_alone_the_last_page_stands_no_more(at: House) -> None:
    visitor, session = await at.helped("en")
    await visitor.get("/en/help")
    before, _ = await stands(at, session)
    await visitor.http.get("/en/sign-in", params={"to": "/en/"})
    now, standing = await stands(at, session)
    assert (now.state, now.sensitive) == ("paused", True)
    assert (now.page, standing.number) == (before.page + 1, before.page)
    await visitor.get("/en/help")
    assert (await at.session(session)).state == "viewing"


async def test_a_part_that_is_fetched_anew_is_told_of(at: House) -> None:
    visitor, session = await at.helped("ja")
    await visitor.get("/ja/services")
    now, _ = await stands(at, session)
    await visitor.get("/ja/services/results?q=등본", **{"HX-Request": "true"})
    later, standing = await stands(at, session)
    assert later.page == now.page, "it is the same page"
    assert set(standing.fragments) == {"ko", "ja"}
    (fragment,) = standing.fragments["ko"]
    assert (fragment.number, fragment.ref) == (now.page, "results")
    assert "주민등록표" in fragment.html
    assert any(ref.startswith("service:") for ref in fragment.elements)


async def test_words_searched_for_are_shared_and_no_number_in_them(at: House) -> None:
    visitor, session = await at.helped("ko")
    await visitor.get("/ko/services?q=등본 901231-1234567")
    _, standing = await stands(at, session)
    field = standing.elements["search"]
    assert (field.role, field.shared) == ("searchbox", True)
    assert "등본" in field.value
    assert "1234567" not in repr(standing)


async def test_answers_are_seen_where_the_form_shares_them(at: House) -> None:
    """A choice that is shared is seen and may be suggested; what is asked next is answered alone."""
    visitor, session = await at.helped("vi")
    await visitor.sign_in(PERSON, "/vi/")
    page = await visitor.post("/vi/apply/change-of-stay", {"new": "1"})
    assert page.url.path.endswith("/whose")
    _, standing = await stands(at, session)
    radios = {ref: each for ref, each in standing.elements.items() if each.role == "radio"}
    assert {"whose", "whose-family", "whose-employee"} <= set(radios)
    assert all(each.shared for each in radios.values())
    assert not any(each.value for each in radios.values())
    refused = await visitor.post(page.url.path, {"base": base(visitor)})
    assert refused.status_code == 422
    _, standing = await stands(at, session)
    assert all(each.error for ref, each in standing.elements.items() if each.role == "radio")
    person = await visitor.post(page.url.path, {"base": base(visitor), "whose": "family"})
    assert person.url.path.endswith("/person")
    assert (await at.session(session)).state == "paused"
    await visitor.get(page.url.path)
    now, standing = await stands(at, session)
    assert now.state == "viewing"
    assert standing.elements["whose-family"].value == "checked"
    assert standing.twins["ko"].html.count('aria-checked="true"') == 1


async def test_a_suggestion_hides_nothing_of_the_page(at: House) -> None:
    """The banner holds the agent's words and the names of fields: they are no secrets of the citizen's."""
    visitor, session = await at.helped("vi", "suggest")
    await visitor.sign_in(PERSON, "/vi/")
    page = await visitor.post("/vi/apply/change-of-stay", {"new": "1"})
    assert not await at.relay.up(session.id, "agent", Suggest("whose-family", checked=True), session.agent)
    assert not await at.relay.up(session.id, "agent", Chat("Người thân của tôi"), session.agent)
    await visitor.get(page.url.path)
    _, standing = await stands(at, session)
    assert "whose-family" in standing.elements
    assert "Người thân của tôi" in standing.twins["vi"].html


async def test_an_answer_that_is_not_shared_is_not_seen(at: House) -> None:
    visitor, session = await at.helped("en")
    await visitor.sign_in(PERSON, "/en/")
    page = await visitor.post("/en/apply/alien-registration", {"new": "1"})
    assert page.url.path.endswith("/purpose")
    onward = await visitor.post(page.url.path, {"base": base(visitor), "purpose": "other"})
    onward = await visitor.post(onward.url.path, {"base": base(visitor), "other": "Zrqother"})
    assert "Zrqother" in (await visitor.get(page.url.path.replace("/purpose", "/other"))).text
    _, standing = await stands(at, session)
    assert (standing.elements["other"].role, standing.elements["other"].shared) == ("textbox", False)
    assert "zrq" not in repr(standing).lower()


def base(visitor: Visitor) -> str:
    """What a question page carries of the answers it was shown with."""
    return next(fields["base"] for _, fields in visitor.forms() if "base" in fields)


async def test_a_page_that_cannot_be_drawn_is_an_empty_one(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Better than the last page, which stands no more."""
    visitor, session = await at.helped("en")

    def broken(*_: Any) -> str:
        raise RuntimeError("no twin")

    monkeypatch.setattr(twin, "drawn", broken)
    page = await visitor.get("/en/help")
    assert page.status_code == 200
    now, standing = await stands(at, session)
    assert standing.number == now.page
    assert standing.twins["ko"].html == ""
    assert standing.elements == {}


async def test_no_session_no_twin(at: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: Any) -> str:
        raise AssertionError("nobody looks")

    monkeypatch.setattr(twin, "drawn", never)
    visitor = at.visitor()
    await visitor.get("/en/help")
    asked, session = await at.asked("en")
    await asked.get("/en/help")
    assert await at.relay.store.standing(session.id) is None


async def test_the_frame_has_its_style_sheet(at: House) -> None:
    """The page's own, and what makes boxes of fields; nothing is fetched from anywhere by it."""
    visitor, session = await at.helped("en")
    for path, own in (("/en/", ".hero"), ("/en/services", ".results"), ("/en/services/entry-exit", ".facts")):
        await visitor.get(path)
        _, standing = await stands(at, session)
        sheet = await visitor.http.get(standing.twins["ko"].style)
        assert sheet.status_code == 200
        assert sheet.headers["content-type"].startswith("text/css")
        assert own in sheet.text
        assert ".twin-textbox" in sheet.text
        assert not re.search(r"@import|url\(", sheet.text)


def test_every_bundle_has_a_sheet_for_the_frame() -> None:
    assets = Assets()
    assert all(assets.frame_style(name) in assets.by_url for name in BUNDLES)


def test_pages_where_the_citizen_is_alone() -> None:
    assert all(page.sensitive for page in (CheckPage, RevokePage, SignInPeoplePage, SignInNeededPage))


def test_questions_that_are_answered_alone() -> None:
    """Of every form there is: identity numbers, consents and declarations, and of the rest none."""
    found: dict[str, set[str]] = {}
    for path in sorted((CATALOGUE / "forms").glob("*.yaml")):
        form = msgspec.yaml.decode(path.read_bytes(), type=FormDefinition)
        found[form.id] = {page.id for page in form.pages if any(asks_alone(n, form.fields[n]) for n in page.ask)}
    assert found["alien-registration"] == {"consent"}
    assert found["move-in"]
    assert sum(map(len, found.values())) > 4

    def kinds(field: Field) -> set[str]:
        return {field.type, *(kind for inner in field.fields.values() for kind in kinds(inner))}

    for path in sorted((CATALOGUE / "forms").glob("*.yaml")):
        form = msgspec.yaml.decode(path.read_bytes(), type=FormDefinition)
        for page in form.pages:
            asked = {kind for name in page.ask for kind in kinds(form.fields[name])}
            alone = bool(asked & {"identity-number", "declaration"}) or "consent" in page.ask
            assert (page.id in found[form.id]) == alone
