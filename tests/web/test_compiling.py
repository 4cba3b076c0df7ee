"""Compiled templates escape what they print, exactly once, and call what they are given."""

import gettext
from dataclasses import dataclass
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from madang.i18n.text import Text
from madang.web.compiling import quick
from madang.web.templating import LocaleEnvironment

EVIL = "<b>&\"'"
SAFE = "&lt;b&gt;&amp;&#34;&#39;"
TEMPLATES = {
    "macros.html": '{% macro box(title, kind="plain") %}<i class="{{ kind }}">{{ title }}'
    "{% if caller is defined %}{{ caller() }}{% endif %}</i>{% endmacro %}"
    "{% macro named() %}{{ locale }}:{{ shout(locale) }}{% endmacro %}",
    "base.html": "<title>{% block title %}base{% endblock %}</title>{% block main %}{{ value }}{% endblock %}",
    "page.html": '{% extends "base.html" %}{% from "macros.html" import box, named %}'
    "{% block title %}{{ super() }} {{ value }}{% endblock %}"
    "{% block main %}{{ self.title() }}|{{ box(value) }}|{{ box(value, kind=value) }}"
    "|{% call box(value) %}{{ value }}{% endcall %}|{% set kept %}{{ value }}{% endset %}{{ kept }}|{{ kept ~ value }}"
    "|{{ named() }}|{{ _('a') }}|{{ _('%(x)s', x=value) }}|{{ ngettext('%(num)s b', '%(num)s bs', 2) }}"
    "|{{ number }}|{{ nothing }}|{{ html }}|{% for k in items %}{{ loop.index }}{{ k }}{% endfor %}"
    "|{{ thing.name }}|{{ {'name': value}.name }}|{{ thing.name.upper() }}"
    "|{{ value|upper }}|{{ html|striptags }}{% endblock %}",
}


@dataclass
class Thing:
    name: str = EVIL


VALUES: dict[str, Any] = {
    "value": EVIL,
    "number": 3,
    "nothing": None,
    "html": Markup("<hr>"),
    "items": [EVIL, Markup("<br>")],
    "thing": Thing(),
}


def drawn(environment: Environment) -> str:
    environment.loader = DictLoader(TEMPLATES)
    environment.globals["locale"] = "ko"
    environment.globals["shout"] = str.upper
    return environment.get_template("page.html").render(VALUES)


def test_a_page_is_what_plain_jinja_would_have_made_of_it() -> None:
    plain = Environment(autoescape=True, undefined=StrictUndefined, extensions=["jinja2.ext.i18n"])
    plain.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    page = drawn(LocaleEnvironment("ko", gettext.NullTranslations(), None))
    assert page == drawn(plain)
    assert "<b>" not in page
    assert page.count(SAFE) == 14


def test_what_is_missing_is_an_error() -> None:
    environment = LocaleEnvironment("ko", gettext.NullTranslations(), None)
    for source in (
        "{{ missing }}",
        "{{ missing() }}",
        "{{ missing.name }}",
        "{{ thing.missing }}",
        "{{ thing.missing() }}",
    ):
        with pytest.raises(UndefinedError):
            environment.from_string(source).render(thing=Thing())


def test_values_of_every_kind() -> None:
    class Speaking(str):
        def __html__(self) -> str:
            return "<hr>"

    assert quick(EVIL) == SAFE
    assert quick(Markup(EVIL)) == EVIL
    assert quick(Speaking(EVIL)) == "<hr>"
    assert quick(5) == "5"
    assert quick(None) == "None"
    assert quick(StrictUndefined.__mro__) == str(Markup.escape(StrictUndefined.__mro__))


def test_a_text_that_fell_back_says_in_which_language_it_is() -> None:
    environment = LocaleEnvironment("vi", gettext.NullTranslations(), None)
    template = environment.from_string("{{ text|t }}")
    assert template.render(text=Text(ko=EVIL)) == f'<span lang="ko" class="fallback">{SAFE}</span>'
    assert template.render(text=Text(ko="가", vi=EVIL)) == SAFE
