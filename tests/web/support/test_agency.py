"""Whom an agent works for is said in the citizen's language wherever it is said."""

from collections.abc import AsyncIterator

import pytest
from support_kit import House, house

from madang.i18n.locales import LOCALES, Locale
from madang.remote_support.states import Stopped

pytestmark = pytest.mark.anyio
NAMES = {
    "ko": "정부민원안내 콜센터",
    "en": "Government call centre",
    "ja": "韓国政府案内コールセンター",
    "zh": "韩国政府服务热线",
    "th": "ศูนย์บริการข้อมูลภาครัฐของเกาหลี",
    "vi": "Tổng đài hướng dẫn của chính phủ Hàn Quốc",
}


@pytest.fixture(scope="module")
async def at(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("agency") / "var") as made:
        yield made


@pytest.mark.parametrize("locale", LOCALES)
async def test_the_agency_is_named_in_the_citizens_language(at: House, locale: Locale) -> None:
    visitor, session = await at.matched(locale)
    assert visitor.page is not None
    assert NAMES[locale] in visitor.page.text  # asked whether they called
    page = await visitor.post(f"/{locale}/help/support/agree", {"answer": "yes", "level": "view"})

    assert NAMES[locale] in page.text.partition("<header")[0]  # the banner
    await at.relay.apply(session.id, Stopped("citizen"))
    receipt = await visitor.get(f"/{locale}/help/support/receipt")
    assert NAMES[locale] in receipt.text.partition("<footer")[0].partition("<main")[2]
    said = await visitor.get(f"/{locale}/help/support/transcript")
    assert NAMES[locale] in said.text
