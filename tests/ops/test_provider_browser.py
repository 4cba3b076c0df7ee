"""Sign-in through a provider that others wrote, on another site, in a real browser under the real security policy."""

from collections.abc import Iterator

import pytest
from citizen import Citizen
from playwright.sync_api import Browser
from portal_server import Server
from ports import free_port

from tests.web.sign_in.npm_provider import SECRET, npm_provider

LEVELS = "urn:test:low urn:test:substantial urn:test:high"


@pytest.fixture(scope="module")
def provider_and_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Server]]:
    """The provider is ``localhost``, the portal ``127.0.0.1``: two sites to a browser, both reached without TLS."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    back = {"REDIRECT_URI": f"{base}/sign-in/callback", "POST_LOGOUT_REDIRECT_URI": f"{base}/sign-out/callback"}
    with npm_provider(NAME="localhost", **back) as issuer:
        server = Server(
            tmp_path_factory.mktemp("provider") / "var",
            MADANG_PORT=str(port),
            MADANG_BASE_URL=base,
            MADANG_OIDC_ISSUER=issuer,
            MADANG_OIDC_CLIENT_ID="madang",
            MADANG_OIDC_CLIENT_SECRET=SECRET,
            MADANG_OIDC_ACR_VALUES=LEVELS,
        )
        server.base = base
        try:
            server.wait()
            yield issuer, server
        finally:
            server.stop()


def seen(citizen: Citizen) -> list[str]:
    """The addresses that the browser goes through from now on."""
    found: list[str] = []
    citizen.page.on("framenavigated", lambda frame: found.append(frame.url))
    return found


def give(citizen: Citizen, subject: str, acr: str | None = None) -> None:
    """Signs in on the provider's own page."""
    citizen.page.fill("[name=login]", subject)
    if acr is not None:
        citizen.page.fill("[name=acr]", acr)
    citizen.page.click("button")


@pytest.mark.parametrize(
    ("script", "person"), [(True, "nguyen-van-an"), (False, "suryaningsih")], ids=["script", "no-script"]
)
def test_apply_leads_through_a_foreign_provider_to_the_first_question_and_out_again(
    provider_and_portal: tuple[str, Server], browser: Browser, script: bool, person: str
) -> None:
    issuer, server = provider_and_portal
    with Citizen(browser, server.base, "vi", script=script) as citizen:
        # The provider's own page of signing out asks for a font from elsewhere.
        citizen.context.route("https://fonts.googleapis.com/**", lambda route: route.fulfill(content_type="text/css"))
        citizen.go("/vi/services/alien-registration")
        passed = seen(citizen)
        citizen.ref("apply").first.click()
        citizen.page.wait_for_url(f"{issuer}/interaction/*")
        assert any("/vi/sign-in/needed" in address for address in passed), passed
        assert citizen.page.title() == "interaction login vi"
        give(citizen, person)
        citizen.page.wait_for_url(f"{server.base}/vi/apply/alien-registration**")
        assert citizen.page.url.endswith("/purpose")
        citizen.choose("purpose")
        citizen.press("continue")
        assert citizen.page.url.endswith("/recipient")

        citizen.press("account")
        citizen.ref("sign-out").first.click()
        citizen.page.wait_for_url(f"{issuer}/session/end**")
        citizen.page.locator("button[value=yes], button[name=logout]").first.click()
        citizen.page.wait_for_url(f"{server.base}/vi/signed-out")
        citizen.go("/vi/applications")
        citizen.page.wait_for_url(f"{issuer}/interaction/*")  # asks anew who it is
        assert not citizen.problems


@pytest.mark.parametrize(
    ("acr", "lands"), [("urn:test:high", "/ko/applications"), ("urn:other", "/ko/sign-in/problem")]
)
def test_only_the_levels_that_are_configured_count(
    provider_and_portal: tuple[str, Server], browser: Browser, acr: str, lands: str
) -> None:
    issuer, server = provider_and_portal
    with Citizen(browser, server.base, "ko") as citizen:
        citizen.go("/ko/applications")
        citizen.page.wait_for_url(f"{issuer}/interaction/*")
        give(citizen, "han-garam", acr)
        citizen.page.wait_for_url(f"{server.base}{lands}**")


def test_what_was_typed_when_the_session_was_over_comes_back(
    provider_and_portal: tuple[str, Server], browser: Browser
) -> None:
    issuer, server = provider_and_portal
    with Citizen(browser, server.base, "ja") as citizen:
        citizen.go("/ja/services/alien-registration")
        citizen.ref("apply").first.click()
        citizen.page.wait_for_url(f"{issuer}/interaction/*")
        give(citizen, "chen-xiaoyu")
        citizen.page.wait_for_url(f"{server.base}/ja/apply/alien-registration**")
        if citizen.ref("start").count():
            citizen.press("start")
        citizen.choose("purpose-other")
        citizen.press("continue")
        citizen.type("other", "留学の手続き")
        citizen.context.clear_cookies(name="__Host-madang")
        citizen.press("continue")
        assert "/ja/sign-in/needed" in citizen.page.url
        citizen.page.locator("main a").first.click()
        citizen.page.wait_for_url(f"{server.base}/ja/apply/alien-registration**")  # the provider knows them still
        assert citizen.ref("other").input_value() == "留学の手続き"
        assert not citizen.problems
