import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.web.sign_in.destinations import safe_destination

OURS = [
    "/vi/",
    "/ko/services/alien-registration",
    "/zh/services?q=%E6%8A%A4%E7%85%A7&category=a",
    "/th/apply/alien-registration/0aBc-_9/purpose?from=check#name",
    "/ja/services?q=a//b",
    "/en/verify/2345-6789-ABCD-EFGH",
    "/ko/services/한글",
]
NOT_OURS = [
    None,
    "",
    "vi/",
    "https://evil.example/vi/",
    "//evil.example",
    "///evil.example/vi/",
    "/vi//evil.example",
    "/\\evil.example",
    "/vi/\\evil.example",
    "\\/evil.example",
    "/%2f/evil.example",
    "/%2fevil.example",
    "/vi/%2f%2fevil.example",
    "/vi/%5cevil.example",
    "/vi/%255c".replace("%25", "%"),
    "/vi/../evil",
    "/vi/./x",
    "/vi/%2e%2e/%2e%2e//evil.example",
    "/vi/..%2f..%2f/evil.example",
    "javascript:alert(1)",
    "/\tvi/",
    "/vi/\r\nSet-Cookie: a=b",
    "/vi/%0d%0aSet-Cookie:%20a=b",
    "/vi/a b",
    "/vi/\x00",
    "/vi/\u2028",
    "/vi/\x85",
    " /vi/",
    "/fr/services",
    "/static/x.js",
    "/",
    "/VI/",
    "/vi/sign-in?to=/vi/",
    "/vi/sign-out",
    "/vi/signed-out",
    "/vi/demo-sign-in?client_id=madang",
    "/vi/%73ign-in",
    "/vi/" + "a" * 3000,
    "/vi/%ff",
    "/vi/?q=%ff",
    "/vi/\ud800",
    "http:/vi/",
    "/vi:80/../@evil.example",
    "/@evil.example/",
    "//vi/",
]


@pytest.mark.parametrize("path", OURS)
def test_own_pages_are_kept_as_they_are(path: str) -> None:
    assert safe_destination(path) == path


@pytest.mark.parametrize("path", NOT_OURS)
def test_everything_else_is_refused(path: str | None) -> None:
    assert safe_destination(path) is None


@given(st.text(max_size=60).map(lambda tail: "/vi/" + tail) | st.text(max_size=60))
def test_what_is_accepted_stays_on_our_origin(raw: str) -> None:
    from urllib.parse import urljoin, urlsplit

    if (accepted := safe_destination(raw)) is not None:
        parts = urlsplit(urljoin("https://portal.test/sign-in/callback", accepted))
        assert (parts.scheme, parts.netloc) == ("https", "portal.test")
        assert parts.path.startswith(("/ko", "/en", "/ja", "/zh", "/th", "/vi"))
