"""htmx is loaded where something is fetched while the page is open, and nowhere else."""

from typing import Any

import pytest
from portal_kit import Visitor

pytestmark = pytest.mark.anyio


async def test_only_live_pages_load_htmx(app: Any, visitor: Visitor) -> None:
    for path in ("/ko/", "/ko/help", "/ko/services/alien-registration", "/ko/verify", "/ko/life-events", "/ko/nothing"):
        text = (await visitor.get(path)).text
        assert "htmx" not in text, path
        assert "/static/js/madang." in text
    for path in ("/ko/services", "/ko/status"):
        text = (await visitor.get(path)).text
        assert 'hx-get="' in text, path
        assert '<script src="/static/js/vendor/htmx.min.' in text
        assert 'name="htmx-config"' in text
    await visitor.sign_in("oh-sunrye", "/ko/my-information")
    assert "/static/js/vendor/htmx.min." in (await visitor.get("/ko/my-information")).text
