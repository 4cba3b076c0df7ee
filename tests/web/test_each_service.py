"""Every service that is applied for here, walked by HTTP alone: guide, questions, check, document, result, proof.

By default each service once, in a language of its turn, and each language at least once; all pairs in the full run.
"""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from form_kit import ISSUING, answered, holder, typed
from outage_kit import says
from portal_kit import Visitor
from pypdf import PdfReader

from madang.backend.catalogue.loader import Holdings, load
from madang.backend.config import CATALOGUE
from madang.i18n.locales import LOCALES, Locale

pytestmark = pytest.mark.anyio
NUMBER = re.compile(r"/documents/([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})")
TURNS = [
    pytest.param(
        service,
        locale,
        id=f"{service}-{locale}",
        marks=() if place % len(LOCALES) == turn else pytest.mark.full,
    )
    for place, service in enumerate(ISSUING)
    for turn, locale in enumerate(LOCALES)
]


@pytest.fixture(scope="module")
def holdings() -> Holdings:
    return load(CATALOGUE)


async def fill_in(citizen: Visitor, answers: dict[str, Any]) -> None:
    """Sends the answers page by page until the check page stands there."""
    for _ in range(30):
        assert citizen.page is not None
        here = citizen.page.url.path
        if here.endswith("/check"):
            return
        hidden = next(fields for _, fields in citizen.forms() if "base" in fields)
        response = await citizen.post(here, {**hidden, **answers})
        assert response.status_code == 200, f"{here}: {response.text[-3000:]}"
        assert response.url.path != here, f"{here} was not accepted"
    raise AssertionError("the form has no end")


@pytest.mark.parametrize(("name", "locale"), TURNS)
async def test_a_service_from_its_guide_to_its_proof(
    visitors: Callable[[], Visitor], holdings: Holdings, name: str, locale: Locale
) -> None:
    service = holdings.services[name]
    form = holdings.forms[service.form]
    citizen = visitors()
    guide = (await citizen.get(f"/{locale}/services/{name}")).text
    for item in service.faq:
        assert getattr(item.question, locale) in guide.replace("&#39;", "'").replace("&#34;", '"')
    await citizen.sign_in(holder(holdings, service, locale).subject, f"/{locale}/services/{name}")
    await citizen.post(f"/{locale}/apply/{name}", {"new": "1"})
    await fill_in(citizen, typed(answered(form), form))
    assert citizen.page is not None
    done = await citizen.post(citizen.page.url.path)
    assert done.status_code == 200, done.text[-3000:]
    found = NUMBER.search(done.text)
    assert found, done.url
    page = await citizen.get(f"/{locale}/documents/{found[1]}")
    assert service.title.ko in page.text or len(service.outputs) > 1
    pdf = (await citizen.get(f"/{locale}/documents/{found[1]}/pdf")).content
    assert found[1] in "".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(pdf)).pages)
    proof = await visitors().post(f"/{locale}/verify", {"number": found[1]})
    assert 'data-result="genuine"' in proof.text
    if service.outputs[0].valid_days:
        assert says(page, "ko", "Valid until")
        assert says(proof, locale, "Valid until")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(("name", "person"), [("local-tax", "yun-saebom"), ("income", "oh-sunrye")])
async def test_what_rules_a_document_out_is_said_and_the_draft_kept(
    visitors: Callable[[], Visitor], holdings: Holdings, name: str, person: str, locale: Locale
) -> None:
    service = holdings.services[name]
    form = holdings.forms[service.form]
    citizen = visitors()
    await citizen.sign_in(person, f"/{locale}/")
    await citizen.post(f"/{locale}/apply/{name}", {"new": "1"})
    await fill_in(citizen, typed(answered(form), form))
    assert citizen.page is not None
    here = citizen.page.url.path
    refused = await citizen.post(here)
    assert refused.status_code == 422
    reason = holdings.templates[service.outputs[0].document].withheld[0].reason
    assert getattr(reason, locale) in refused.text
    assert says(refused, locale, "It has not been submitted. Your draft is kept")
    assert (await citizen.get(here)).url.path == here
