"""Pages are data: every field is Public or Private, and the masked copy holds nothing private."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest

import madang.web.views
from madang.web import page as page_module
from madang.web.page import PLACEHOLDER, PRIVATE, Page, Private, Public, mask, neutral, visibilities


def page_classes() -> Iterator[type[Page]]:
    for module in pkgutil.iter_modules(madang.web.views.__path__):
        importlib.import_module(f"madang.web.views.{module.name}")
    importlib.import_module("madang.web.errors")

    def under(kind: type[Page]) -> Iterator[type[Page]]:
        for child in kind.__subclasses__():
            yield child
            yield from under(child)

    yield from under(Page)


PAGES = sorted({f"{kind.__module__}.{kind.__qualname__}": kind for kind in page_classes()}.items())


@pytest.mark.parametrize(("name", "kind"), PAGES)
def test_every_field_is_public_or_private(name: str, kind: type[Page]) -> None:
    assert visibilities(kind).keys() == {field.name for field in dataclasses.fields(kind)}


@pytest.mark.parametrize(("name", "kind"), PAGES)
def test_every_private_type_has_a_neutral_value(name: str, kind: type[Page]) -> None:
    for hint, visibility in visibilities(kind).values():
        if visibility is PRIVATE:
            neutral(hint)


@dataclasses.dataclass(frozen=True)
class Inner:
    shown: Public[str]
    hidden: Private[str]
    flag: Private[bool]


@dataclasses.dataclass(frozen=True)
class Outer:
    inners: Public[tuple[Inner, ...]]
    secrets: Private[tuple[str, ...]]
    count: Private[int]
    maybe: Private[str | None]
    one: Private[Inner]


def test_mask_depends_on_types_alone() -> None:
    def made(secret: str, flag: bool, count: int, maybe: str | None) -> Any:
        inner = Inner("shown", secret, flag)
        return Outer((inner, inner), (secret,), count, maybe, inner)

    first, second = mask(made("a", True, 3, "x")), mask(made("quite another", False, 9, None))
    assert first == second
    assert first.inners[0] == Inner("shown", PLACEHOLDER, False)
    assert first.secrets == ()
    assert "quite another" not in repr(second)


def test_an_undeclared_field_is_refused() -> None:
    @dataclasses.dataclass(frozen=True)
    class Careless:
        name: str

    with pytest.raises(TypeError, match="must be Public"):
        visibilities(Careless)


def test_placeholder_is_one_length() -> None:
    assert len(page_module.PLACEHOLDER) == 6
