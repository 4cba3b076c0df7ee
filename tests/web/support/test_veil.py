"""What is private on a page is covered where it is typed on the same page, too, and nobody keeps it for that."""

from collections.abc import AsyncIterator

import msgspec
import pytest
from support_kit import House, house

from madang.forms.model import Field
from madang.i18n.text import Text
from madang.remote_support.messages import FieldValue
from madang.web.page import mask
from madang.web.questions import FieldView
from madang.web.support.cover import Cover
from madang.web.support.secrets_of import private_values
from madang.web.support.sharing import shared_in
from madang.web.support.veil import Veil

pytestmark = pytest.mark.anyio
LABEL = Text(ko="이름")
ENTRIES = Field(
    type="repeat",
    label=LABEL,
    share=True,
    fields={
        "purpose": Field(type="text", label=LABEL, share=True),
        "called": Field(type="text", label=LABEL),
        "number": Field(type="identity-number", label=LABEL, share=True),
    },
)
RAW = {
    "kids-1-purpose": ("school",),
    "kids-1-called": ("Zrqfamily",),
    "kids-1-number": ("900101-1234567",),
    "kids-2-purpose": ("bank",),
    "kids-2-called": ("Zrqsecond",),
}
VIEW = FieldView("kids", ENTRIES, RAW, False, (), (), (), False)


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("veil") / "var") as made:
        yield made


def test_of_a_shared_list_only_what_is_shared_in_it_is_seen() -> None:
    assert shared_in("kids", ENTRIES, RAW) == ("kids-1-purpose", "kids-2-purpose")
    assert mask(VIEW).raw == {"kids-1-purpose": ("school",), "kids-2-purpose": ("bank",)}
    private = set(private_values(VIEW))
    assert {"Zrqfamily", "Zrqsecond", "900101-1234567"} <= private
    assert not {"school", "bank"} & private


def test_an_identity_number_is_shared_by_no_definition() -> None:
    field = Field(type="identity-number", label=LABEL, share=True)
    view = FieldView("id", field, {"id": ("M12345678",)}, False, (), (), (), True)
    assert mask(view).raw == {}
    assert "M12345678" in set(private_values(view))


def veiled(*texts: str, bounded: bool = False) -> tuple[Veil, tuple[bytes, ...]]:
    veil = Veil(b"k" * 32)
    return veil, veil.hidden((text, bounded) for text in texts)


def test_what_is_hidden_is_found_however_it_is_typed() -> None:
    veil, hidden = veiled("nguyenvanan", "홍길동")
    assert "nguyen" not in repr(hidden)
    for typed in ("Nguyễn Văn An", "xin chào nguyen-van an!", "NGUYEN VAN AN"):
        assert "•••" in veil.cover(hidden, typed), typed
    assert veil.cover(hidden, "xin chào") == "xin chào"
    assert veil.cover((), "Nguyễn Văn An") == "Nguyễn Văn An"
    assert Veil(b"another").cover(hidden, "Nguyễn Văn An") == "Nguyễn Văn An", "without the key it is worth nothing"


def test_a_short_word_is_no_part_of_a_longer_one() -> None:
    veil, hidden = veiled("an", bounded=True)
    assert veil.cover(hidden, "ngan hang") == "ngan hang"
    assert veil.cover(hidden, "toi la An") == "toi la •••"


def test_a_flood_is_covered_whole() -> None:
    veil, hidden = veiled(*("x" * length for length in range(5, 60)))
    assert veil.cover(hidden, "a b" * 600) == "•••"


async def test_the_store_holds_no_form_of_it(at: House) -> None:
    """The name of who is signed in stands in the page's head; typed into a field that is shared it is covered."""
    visitor, session = await at.helped("vi")
    await visitor.sign_in("nguyen-van-an", "/vi/services?q=x")
    await visitor.get("/vi/services?q=x")
    standing = await at.relay.store.standing(session.id)
    assert standing is not None
    assert standing.hidden
    kept = msgspec.msgpack.encode(standing).lower()
    assert b"nguyen" not in kept
    assert "nguyễn".encode() not in kept
    assert standing.elements["search"].shared
    assert not await at.relay.up(session.id, "citizen", FieldValue("search", "tôi là Nguyễn Văn An"))
    (seen,) = [event for event in await at.relay.store.noted(session.id) if b'"value"' in event]
    assert "•••" in seen.decode()
    assert "Nguy" not in seen.decode()


def test_the_veil_covers_what_the_cover_covers() -> None:
    cover = Cover.of(VIEW)
    veil = Veil(b"k")
    hidden = veil.hidden((form.flat, form.bounded) for form in cover.forms)
    for typed in ("Zrqfamily", "zrq-second", "x Zrqfamily y", "school"):
        assert veil.cover(hidden, typed) == cover.values(typed), typed
