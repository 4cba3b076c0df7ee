"""For machines and operators: probes, metrics, security contact, robots and the site map."""

from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from madang.i18n.locales import HTML_LANG, LOCALES
from madang.web import health
from madang.web.links import in_locale, link
from madang.web.portal import portal


async def livez(request: Request) -> Response:
    return await health.livez(request)


async def readyz(request: Request) -> Response:
    return await health.readyz(request)


async def metrics(request: Request) -> Response:
    return await health.metrics(request)


async def security_txt(request: Request) -> Response:
    return await health.security_txt(request)


async def robots(request: Request) -> Response:
    """GET /robots.txt: guides may be indexed, what belongs to a person may not."""
    lines = ["User-agent: *"]
    for locale in LOCALES:
        lines += [
            f"Disallow: /{locale}/{part}" for part in ("apply", "applications", "documents", "sign-in", "session")
        ]
    lines += ["Disallow: /verify/", f"Sitemap: {portal(request).settings.base_url}/sitemap.xml", ""]
    return PlainTextResponse("\n".join(lines))


async def sitemap(request: Request) -> Response:
    """GET /sitemap.xml: every public page in six languages, each naming the others."""
    p = portal(request)
    base = p.settings.base_url
    paths = [link("ko", name) for name in ("home", "services", "help", "offices", "holidays", "verify")]
    paths += [link("ko", "guide", service=service.identifier) for service in p.shelf.services]
    rows = []
    for path in paths:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{HTML_LANG[other]}" '
            f'href="{escape(base + in_locale(path, other))}"/>'
            for other in LOCALES
        )
        rows += [f"<url><loc>{escape(base + in_locale(path, locale))}</loc>{others}</url>" for locale in LOCALES]
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">{"".join(rows)}</urlset>\n'
    )
    return Response(body, media_type="application/xml")
