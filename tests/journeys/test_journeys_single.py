"""Forms that ask one thing on each page."""

import msgspec
import pytest

from madang.backend.config import CATALOGUE
from madang.forms.model import FormDefinition
from madang.web.journeys.path import Path
from madang.web.journeys.single import single, whole


def forms() -> list[FormDefinition]:
    paths = sorted((CATALOGUE / "forms").glob("*.yaml"))
    return [msgspec.yaml.decode(path.read_bytes(), type=FormDefinition) for path in paths]


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.key)
def test_each_page_asks_one_field_and_none_is_lost(form: FormDefinition) -> None:
    split = single(form)
    assert [name for page in split.pages for name in page.ask] == [name for page in form.pages for name in page.ask]
    assert all(len(page.ask) == 1 for page in split.pages)
    ids = [page.id for page in split.pages]
    assert len(ids) == len(set(ids))
    assert {page.id for page in form.pages} <= set(ids), "a page that was open leads to where its question is"
    assert all(whole(step, form) in {page.id for page in form.pages} for step in ids)
    assert split.key == form.key
    assert single(form) is split or split is form
    assert set(Path(split, {}).pages) <= set(ids)


def test_what_belongs_to_no_page_is_none() -> None:
    assert all(whole("nothing", form) is None for form in forms())
