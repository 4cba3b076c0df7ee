"""Pages of the look by themselves: the real templates and styles, messages in English, no portal around them."""

import functools
import gettext
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from madang.forms.errors import in_sentence
from madang.i18n.locales import HTML_LANG, LOCALES, NATIVE_NAME, Locale
from madang.i18n.names import script_lang
from madang.web.assets import Assets
from madang.web.headline import headline_filter
from madang.web.links import link
from madang.web.pictures import life_drawing
from madang.web.render import Alternate, Shell
from madang.web.support.saying import SupportWords
from madang.web.templating import LocaleEnvironment, environment
from madang.web.views.styleguide import StyleguidePage


@functools.cache
def assets() -> Assets:
    return Assets()


@functools.cache
def look_environment(locale: Locale) -> LocaleEnvironment:
    def to(name: str, query: dict[str, str] | None = None, /, **parts: str) -> str:
        return link(locale, name, query, **parts)

    named = {
        "link": to,
        "asset": assets().url,
        "integrity": assets().integrity,
        "life_drawing": life_drawing,
        "script_lang": lambda text: script_lang(text, locale) or HTML_LANG[locale],
        **SupportWords(locale, str).globals(),
    }
    filters = {"headline": headline_filter(locale), "in_sentence": lambda label: in_sentence(label, locale)}
    return environment(locale, gettext.NullTranslations(), None, named, filters)


def shell(locale: Locale, bundle: str = "task", **changes: Any) -> Shell:
    """What ``render`` would pass, for somebody signed in whose session has fifteen minutes left."""
    a = assets()
    made = Shell(
        locale=locale,
        html_lang=HTML_LANG[locale],
        path=f"/{locale}/styleguide",
        here=f"/{locale}/styleguide",
        canonical=f"https://portal.test/{locale}/styleguide",
        default_url="https://portal.test/en/styleguide",
        alternates=tuple(
            Alternate(
                other,
                HTML_LANG[other],
                NATIVE_NAME[other],
                f"/{other}/styleguide",
                f"https://portal.test/{other}/styleguide",
                other == locale,
            )
            for other in LOCALES
        ),
        robots="noindex",
        user_name="NGUYEN THI MINH CHAU",
        session_expires_in=900,
        session_warn_at=120,
        css=Markup(a.bundle(bundle).css),
        htmx_url=a.url("js/vendor/htmx.min.js"),
        htmx_integrity=a.integrity("js/vendor/htmx.min.js"),
        script_url=a.url("js/madang.js"),
        script_integrity=a.integrity("js/madang.js"),
        icon_url=a.url("img/mark.svg"),
        demonstration=True,
        json_ld=None,
    )
    return replace(made, **changes)


def page_in(locale: Locale, source: str, bundle: str = "task", **changes: Any) -> str:
    """A page of which only the template's source is given."""
    return look_environment(locale).from_string(source).render(shell=shell(locale, bundle, **changes))


@functools.cache
def styleguide(locale: Locale) -> str:
    page = StyleguidePage(locale)
    template = look_environment(locale).get_template("pages/styleguide/index.html")
    return template.render(page=page, shell=shell(locale, "styleguide"))
