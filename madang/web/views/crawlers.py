"""For search engines and browsers' search fields: what may be indexed, where everything is, how to search here."""

import gzip
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from madang.i18n.locales import HTML_LANG, LOCALES, Locale
from madang.i18n.messages import N_
from madang.web import sitemaps
from madang.web.links import link
from madang.web.middleware.encodings import accepted
from madang.web.portal import Portal, portal
from madang.web.xml import DECLARATION, escape

BEHIND: Final = (
    "apply",
    "applications",
    "documents",
    "my-information",
    "session",
    "sign-in",
    "sign-out",
    "signed-out",
    "demo-sign-in",
    "demo-phone",
    "help/support/appointments",
    "desk",
)
"""First segments after the language of what belongs to a person, or leads there."""
PIECES: Final = ("services/results", "status/systems", "report", "report/answer")
"""Parts of pages, and a form that is about another page."""
SEARCH_NAME: Final = N_("Madang")
SEARCH_DESCRIPTION: Final = N_("Find a service")
LONGEST_NAME: Final = 16
"""Characters of a ShortName (OpenSearch 1.1)."""


async def robots(request: Request) -> Response:
    """GET /robots.txt: guides may be indexed, what belongs to a person may not."""
    lines = ["User-agent: *"]
    for locale in LOCALES:
        lines += [f"Disallow: /{locale}/{part}" for part in BEHIND]
        # Exactly these: what begins alike is a service's guide, perhaps.
        lines += [f"Disallow: /{locale}/{part}{end}" for part in PIECES for end in ("$", "?")]
        lines += [f"Disallow: /{locale}/verify/", f"Disallow: /{locale}/services/*/leaving$"]
    lines += ["Disallow: /verify/", f"Sitemap: {portal(request).settings.base_url}/sitemap.xml", ""]
    return PlainTextResponse("\n".join(lines), headers={"Cache-Control": "public, max-age=3600"})


async def sitemap(request: Request) -> Response:
    """GET /sitemap.xml: the index."""
    p = portal(request)
    shelf, base = p.shelf, p.settings.base_url
    content = await p.computed.of(shelf.version, "sitemap", lambda: sitemaps.index(shelf, base))
    return _kept(request, p, content)


async def language_sitemap(request: Request) -> Response:
    """GET /sitemap-{lang}.xml and, beyond 50,000 addresses, /sitemap-{lang}-{part}.xml"""
    p, locale = portal(request), _named(request)
    shelf, base = p.shelf, p.settings.base_url
    part = request.path_params.get("part", 1)
    made = await p.computed.of(shelf.version, ("sitemap", locale), lambda: sitemaps.files(shelf, base, locale))
    if not 1 <= part <= len(made) or request.url.path != sitemaps.address(locale, part):
        raise HTTPException(404)
    return _kept(request, p, made[part - 1])


def _kept(request: Request, p: Portal, packed: bytes) -> Response:
    """A site map as it is kept, or unpacked for the few who cannot."""
    etag = f'"{p.shelf.version}"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=3600", "Vary": "Accept-Encoding"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if accepted(request.headers.get("accept-encoding", "").replace("br", "").encode("latin-1")) == "gzip":
        return Response(packed, media_type="application/xml", headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type="application/xml", headers=headers)


async def opensearch(request: Request) -> Response:
    """GET /opensearch-{lang}.xml: how a browser searches here, after OpenSearch 1.1."""
    p, locale = portal(request), _named(request)
    base, say = p.settings.base_url, p.environments[locale].translations.gettext
    url, icon = escape(base + link(locale, "services")), escape(base + p.assets.url("img/mark.svg"))
    body = (
        f'{DECLARATION}<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{escape(say(SEARCH_NAME)[:LONGEST_NAME])}</ShortName>"
        f"<Description>{escape(say(SEARCH_DESCRIPTION))}</Description>"
        f"<Language>{HTML_LANG[locale]}</Language><InputEncoding>UTF-8</InputEncoding>"
        f'<Image width="16" height="16" type="image/svg+xml">{icon}</Image>'
        f'<Url type="text/html" method="get" template="{url}?q={{searchTerms}}"/>'
        f'<Url type="application/opensearchdescription+xml" rel="self" '
        f'template="{escape(f"{base}/opensearch-{locale}.xml")}"/>'
        "</OpenSearchDescription>\n"
    )
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(body, media_type="application/opensearchdescription+xml", headers=headers)


def _named(request: Request) -> Locale:
    """The language that the file's name says; the table lets none but the six through."""
    locale: Locale = request.path_params["lang"]
    return locale
