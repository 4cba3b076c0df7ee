"""Without a script an accepted suggestion is typed into its field when the page is next shown, and nothing that was
typed beside it is lost."""

import re
from collections.abc import AsyncIterator

import pytest
from portal_kit import Visitor
from support_kit import House, house

from madang.forms.model import Field, Option
from madang.i18n.text import Text
from madang.remote_support.messages import Suggest
from madang.remote_support.states import Session
from madang.web.questions import FieldView
from madang.web.support.taken import with_suggestion

pytestmark = pytest.mark.anyio
SUPPORT = "/vi/help/support"
LABEL = Text(ko="이름")
OPTIONS = (Option("a", LABEL), Option("b", LABEL), Option("c", LABEL))


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("taken") / "var") as made:
        yield made


async def asked(at: House) -> tuple[Visitor, Session, str]:
    """A citizen at a question whose choice is shared, and the question's address."""
    visitor, session = await at.helped("vi", "suggest")
    await visitor.sign_in("nguyen-van-an", "/vi/")
    page = await visitor.post("/vi/apply/change-of-stay", {"new": "1"})
    assert page.url.path.endswith("/whose")
    return visitor, await at.session(session), page.url.path


async def suggested(at: House, session: Session, ref: str = "whose-family") -> str:
    assert not await at.relay.up(session.id, "agent", Suggest(ref, checked=True), session.agent)
    return (await at.relay.suggestions(session.id))[-1].id


def ticked(html: str) -> list[str]:
    return re.findall(r'<input[^>]* value="([^"]*)"[^>]* checked', html)


async def test_accepted_on_the_page_itself(at: House) -> None:
    """The button posts the question's own form, so that all that was typed comes with it."""
    visitor, session, path = await asked(at)
    name = await suggested(at, session)
    page = await visitor.get(path)
    button = re.search(rf'<button[^>]*data-ref="support-accept:{name}"[^>]*>', page.text)
    assert button
    assert 'form="question"' in button[0]
    assert "formnovalidate" in button[0]
    assert f'name="support-answer" value="yes:{name}"' in button[0]
    page = await visitor.post(path, {"base": "x", "support-answer": f"yes:{name}"})
    assert page.url.path == path
    assert ticked(page.text) == ["family"]
    assert not await at.relay.suggestions(session.id)
    assert ticked((await visitor.get(path)).text) == [], "typed, not saved"


async def test_refused_on_the_page_itself_loses_nothing(at: House) -> None:
    visitor, session, path = await asked(at)
    name = await suggested(at, session)
    await visitor.get(path)
    page = await visitor.post(path, {"base": "x", "whose": "employee", "support-answer": f"no:{name}"})
    assert ticked(page.text) == ["employee"], "what was chosen stays chosen"
    assert not await at.relay.suggestions(session.id)


async def test_going_to_the_conversation_loses_nothing(at: House) -> None:
    """The banner's way to the messages posts the question's form; who comes back finds what was chosen."""
    visitor, _, path = await asked(at)
    here = await visitor.get(path)
    button = re.search(r'<button[^>]*data-ref="support-talk"[^>]*>', here.text)
    assert button
    assert 'form="question" formnovalidate name="support-go" value="talk"' in button[0]
    talk = await visitor.post(path, {"base": "x", "whose": "employee", "support-go": "talk"})
    assert talk.url.path == f"{SUPPORT}/talk"
    back = re.search(r'class="back" href="([^"]*)"', talk.text)
    assert back
    assert back[1] == path
    assert ticked((await visitor.get(back[1])).text) == ["employee"]
    nowhere = await visitor.post(path, {"base": "x", "whose": "employee", "support-go": "https://example.com/"})
    assert nowhere.url.path == path, "only the ways that buttons have"


async def test_the_banner_fetched_anew_has_the_same_ways(at: House) -> None:
    visitor, _, path = await asked(at)
    here = await visitor.get(path)
    address = re.search(r'data-banner="([^"]*)"', here.text)
    assert address
    anew = await visitor.get(address[1].replace("&amp;", "&"))
    assert 'form="question" formnovalidate name="support-go"' in anew.text
    other = await visitor.get(f"{SUPPORT}/banner?here={path}&form=elsewhere")
    assert "support-go" not in other.text


async def test_accepted_on_the_page_of_the_conversation(at: House) -> None:
    visitor, session, path = await asked(at)
    name = await suggested(at, session)
    talk = await visitor.get(f"{SUPPORT}/talk?back={path}")
    assert f'data-ref="support-accept:{name}"' in talk.text, "also of another page than the one that stands"
    assert f'data-ref="support-refuse:{name}"' in talk.text
    page = await visitor.post(f"{SUPPORT}/answer", {"suggestion": name, "accepted": "yes", "back": path})
    assert page.url.path == path
    assert ticked(page.text) == ["family"]
    standing = await at.relay.store.standing(session.id)
    assert standing is not None
    assert standing.elements["whose-family"].value == "checked", "the agent sees what is typed"
    after = await visitor.post(
        path, {"base": re.findall(r'name="base" value="([^"]*)"', page.text)[0], "whose": "family"}
    )
    assert after.url.path.endswith("/person")


async def test_refused_on_the_page_of_the_conversation(at: House) -> None:
    visitor, session, path = await asked(at)
    name = await suggested(at, session)
    page = await visitor.post(f"{SUPPORT}/answer", {"suggestion": name, "accepted": "no", "back": path})
    assert ticked(page.text) == []
    assert not await at.relay.suggestions(session.id)


def view(kind: str, raw: dict[str, tuple[str, ...]] | None = None, share: bool = True) -> FieldView:
    field = Field(type=kind, label=LABEL, options=OPTIONS, share=share)  # type: ignore[arg-type]
    return FieldView("f", field, raw or {}, True, (), (), (), True)


@pytest.mark.parametrize(
    ("kind", "before", "ref", "value", "checked", "after"),
    [
        ("text", (), "f", "hello", None, ("hello",)),
        ("select", ("a",), "f", "b", None, ("b",)),
        ("radios", ("a",), "f-c", "", True, ("c",)),
        ("radios", (), "f", "", True, ("a",)),
        ("checkboxes", ("a",), "f-c", "", True, ("a", "c")),
        ("checkboxes", ("a", "c"), "f-c", "", False, ("a",)),
        ("yes-no", (), "f-no", "", True, ("no",)),
    ],
)
def test_each_kind_of_field(
    kind: str, before: tuple[str, ...], ref: str, value: str, checked: bool | None, after: tuple[str, ...]
) -> None:
    made = with_suggestion(view(kind, {"f": before}), ref, value, checked)
    assert made.raw == {"f": after}
    assert not made.known


def test_what_is_not_shared_is_not_filled() -> None:
    private = view("text", share=False)
    assert with_suggestion(private, "f", "hello", None) == private
    assert with_suggestion(view("text"), "g", "hello", None) == view("text")


def test_within_a_list() -> None:
    inner = {"x": Field(type="text", label=LABEL, share=True), "y": Field(type="text", label=LABEL)}
    field = Field(type="repeat", label=LABEL, share=True, fields=inner)
    listed = FieldView("kids", field, {"kids-2-y": ("z",)}, False, (), (), (), False)
    assert with_suggestion(listed, "kids-2-x", "ok", None).raw == {"kids-2-y": ("z",), "kids-2-x": ("ok",)}
    assert with_suggestion(listed, "kids-2-y", "no", None) == listed
