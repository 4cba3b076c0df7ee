"""The security headers of every response, refusals, errors, 304 and static files included.

A strict content security policy: nothing inline but what its hash admits. ``scope["madang.csp_hashes"]`` names the
hashes of the page's own style sheet and JSON-LD; hashes and not nonces, so that whole pages can be cached.
"""

from collections.abc import Awaitable, Sequence
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from madang.web.middleware.ready import Header, constant

PERMISSIONS: Final = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture", "encrypted-media",
        "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection", "local-fonts", "magnetometer",
        "microphone", "midi", "payment", "publickey-credentials-create", "publickey-credentials-get",
        "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
FIXED: Final = (
    # same-origin and not no-referrer, which would turn the Origin of our own forms into "null".
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", PERMISSIONS.encode()),
)
HSTS: Final = (b"strict-transport-security", b"max-age=63072000")
NOINDEX: Final = (b"x-robots-tag", b"noindex")


class SecurityHeaders:
    """Outermost. ``form_action``: origins beside our own that a form may end at, through redirects too (the identity
    provider). ``style_hashes``: ``sha256-...`` of style sheets that any page may carry inline."""

    def __init__(
        self, app: ASGIApp, *, https: bool, form_action: Sequence[str] = (), style_hashes: Sequence[str] = ()
    ) -> None:
        self._app = app
        self._styles = " ".join(["'self'", *(f"'{value}'" for value in style_hashes)])
        self._rest = "; ".join(
            [
                "default-src 'none'",
                "base-uri 'none'",
                "connect-src 'self'",
                "font-src 'self'",
                " ".join(["form-action 'self'", *form_action]),
                "frame-ancestors 'none'",
                "img-src 'self'",
                "manifest-src 'self'",
                *(["upgrade-insecure-requests"] if https else []),
            ]
        )
        self._fixed = (*FIXED, HSTS) if https else FIXED
        self._plain = (self._policy(()), *self._fixed)
        constant((*self._plain, NOINDEX))

    def of(self, hashes: Sequence[str] | None) -> tuple[Header, ...]:
        """The headers of an answer whose inline parts have these hashes."""
        return (self._policy(hashes), *self._fixed) if hashes else self._plain

    def _policy(self, hashes: Sequence[str]) -> Header:
        # A hash in both lists: the content of a style sheet is no script, nor the other way round.
        admitted = "".join(f" '{value}'" for value in hashes)
        text = f"{self._rest}; script-src 'self'{admitted}; style-src {self._styles}{admitted}"
        return (b"content-security-policy", text.encode("ascii"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        def safe(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", ()), *self.of(scope.get("madang.csp_hashes"))]
                if "madang.noindex" in scope:
                    headers.append(NOINDEX)
                message = {"type": "http.response.start", "status": message["status"], "headers": headers}
            return send(message)

        await self._app(scope, receive, safe)
