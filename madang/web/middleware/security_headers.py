"""The security headers of every response, refusals, errors, 304 and static files included.

A strict content security policy: nothing inline but what its hash admits. ``scope["madang.csp_hashes"]`` names the
hashes of the page's own style sheet and JSON-LD; hashes and not nonces, so that whole pages can be cached.
``scope["madang.frame"]`` is "around" for the one page that may hold a frame of ours, "inside" for what stands in it: a
document that runs nothing, loads nothing but our style sheets and may be framed by us alone.
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
INSIDE: Final = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-same-origin",  # no scripts, whoever opens it; the page around it may still reach in
    )
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
                "media-src 'self'",
                *(["upgrade-insecure-requests"] if https else []),
            ]
        )
        self._fixed = (*FIXED, HSTS) if https else FIXED
        self._plain = (self._policy(()), *self._fixed)
        constant((*self._plain, NOINDEX))

    def of(self, hashes: Sequence[str] | None) -> tuple[Header, ...]:
        """The headers of an answer whose inline parts have these hashes."""
        return (self._policy(hashes), *self._fixed) if hashes else self._plain

    def framing(self, hashes: Sequence[str] | None, place: str) -> tuple[Header, ...]:
        """The headers of a page around a frame of ours, or of what stands inside it."""
        if place == "around":
            name, policy = self._policy(hashes or ())
            return ((name, policy + b"; frame-src 'self'"), *self._fixed)
        rest = tuple(header for header in self._fixed if header[0] != b"x-frame-options")
        return (
            (b"content-security-policy", INSIDE.encode("ascii")),
            (b"x-frame-options", b"SAMEORIGIN"),
            *rest,
        )

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
                hashes, place = scope.get("madang.csp_hashes"), scope.get("madang.frame")
                own = self.framing(hashes, place) if place else self.of(hashes)
                headers = [*message.get("headers", ()), *own]
                if "madang.noindex" in scope:
                    headers.append(NOINDEX)
                message = {"type": "http.response.start", "status": message["status"], "headers": headers}
            return send(message)

        await self._app(scope, receive, safe)
