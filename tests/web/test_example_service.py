"""The worked example of docs/catalogue.md: from files to a page, a form and a document, without touching Python."""

import io
import re
import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from portal_kit import Visitor, portal
from pypdf import PdfReader

from madang.backend.catalogue.loader import load, read
from madang.backend.config import CATALOGUE
from madang.i18n.locales import LOCALES, Locale

pytestmark = pytest.mark.anyio
DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = DOCS / "examples/volunteer-record"
HOLDS = "  holds: [resident-register,"


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped catalogue with the example's files, and the one line that the walk-through changes."""
    folder = Path(shutil.copytree(CATALOGUE, tmp_path_factory.mktemp("example") / "catalogue"))
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    told = [str(mistake) for mistake in read(folder)[1]]
    assert len(told) == 1, told
    assert told[0] in (DOCS / "catalogue.md").read_text(encoding="utf-8"), "as the walk-through says"
    people = folder / "people.yaml"
    content = people.read_text(encoding="utf-8")
    people.write_text(content.replace(HOLDS, f"{HOLDS} volunteer-register,", 1), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory, catalogue: Path, anyio_backend: str) -> AsyncIterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MADANG_CATALOGUE", str(catalogue))  # for the preparation, which fills the registers
        async with portal(tmp_path_factory.mktemp("portal"), MADANG_CATALOGUE=str(catalogue)) as made:
            yield made


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_example_is_found_read_applied_for_and_issued(
    catalogue: Path, visitors: Callable[[], Visitor], locale: Locale
) -> None:
    service = load(catalogue).services["volunteer-record"]
    citizen = visitors()
    for word in service.keywords[locale][:1]:
        assert "/services/volunteer-record" in (await citizen.get(f"/{locale}/services?q={word}")).text
    for path in ("", "/easy"):
        assert (await citizen.get(f"/{locale}/services/volunteer-record{path}")).status_code == 200
    await citizen.sign_in("han-garam", f"/{locale}/")
    await citizen.post(f"/{locale}/apply/volunteer-record", {"new": "1"})
    assert citizen.page is not None
    hidden = next(fields for _, fields in citizen.forms() if "base" in fields)
    await citizen.post(citizen.page.url.path, {**hidden, "purpose": "school"})
    assert citizen.page.url.path.endswith("/check"), citizen.page.url
    done = await citizen.post(citizen.page.url.path)
    number = re.search(r"/documents/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})", done.text)
    assert number, re.sub(r"<[^>]*>", " ", done.text.partition("<main")[2])[:1500]
    pdf = (await citizen.http.get(f"/{locale}/documents/{number[1]}/pdf")).content
    assert number[1] in "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_every_file_that_the_text_names_is_there() -> None:
    text = (DOCS / "catalogue.md").read_text(encoding="utf-8") + (DOCS / "translating.md").read_text(encoding="utf-8")
    for path in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (DOCS / path).exists(), path
    for path in re.findall(r"`((?:madang|docs|tools|tests)/[\w./@-]+\.\w+)`", text):
        assert (DOCS.parent / path).exists(), path
