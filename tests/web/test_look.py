"""The look: colours that can be read, sheets that fit, components that say what they take, in six languages."""

import base64
import gzip
import hashlib
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]  # ships no types
import httpx
import pytest
from invariants import problems
from look_kit import page_in, styleguide
from markupsafe import Markup

from madang.i18n.locales import HTML_LANG, LOCALES, Locale
from madang.web.assets import BUNDLES, STATIC, Assets, Static, for_text, minify, shorten
from madang.web.headline import headline_filter
from madang.web.support.banner import SCRIPTS
from madang.web.templating import TEMPLATES

ASSETS = Assets()
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
TEXT_PAIRS = [
    ("ink", "paper"), ("ink", "card"), ("ink", "wash"), ("ink", "bad-wash"), ("soft", "paper"), ("soft", "card"),
    ("soft", "wash"), ("green", "paper"), ("green", "card"), ("deep", "paper"), ("deep", "card"), ("deep", "wash"),
    ("on", "green"), ("on", "deep"), ("bad", "paper"), ("bad", "card"), ("bad", "bad-wash"), ("panel-ink", "panel"),
    ("panel-soft", "panel"),
]  # fmt: skip
EDGES = [("edge", "paper"), ("edge", "card"), ("green", "card"), ("bad", "card"), ("focus", "panel"), ("ink", "focus")]


CHOSEN = ("light", "dark", "yellow")
THEMES = ["light", "dark", *(f"chosen {name}" for name in CHOSEN)]


def themes() -> dict[str, dict[str, str]]:
    css = (STATIC / "css/tokens.css").read_text()
    light, _, rest = css.partition("@media (prefers-color-scheme:dark)")
    dark = rest.partition("@media")[0]
    chosen = (STATIC / "css/preferences.css").read_text()
    read = lambda text: dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b", text))  # noqa: E731
    own = {name: read(chosen.partition(f"[data-theme={name}]{{")[2].partition("}")[0]) for name in CHOSEN}
    return {"light": read(light), "dark": {**read(light), **read(dark)}} | {
        f"chosen {name}": tokens for name, tokens in own.items()
    }


def luminance(colour: str) -> float:
    digits = colour[1:]
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_pair_of_text_colours_is_seven_to_one(theme: str) -> None:
    tokens = themes()[theme]
    low = {pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2) for pair in TEXT_PAIRS}
    assert not {pair: ratio for pair, ratio in low.items() if ratio < 7}


@pytest.mark.parametrize("theme", THEMES)
def test_edges_of_controls_and_the_focus_ring_are_three_to_one(theme: str) -> None:
    tokens = themes()[theme]
    pairs = [
        pair for pair in EDGES if not (theme not in ("light", "chosen light") and pair == ("ink", "focus"))
    ]  # there the ring is ink on paper
    assert not {pair for pair in pairs if contrast(tokens[pair[0]], tokens[pair[1]]) < 3}


def test_a_chosen_theme_is_the_device_s_own_whatever_the_device_says() -> None:
    found = themes()
    for name in ("light", "dark"):
        assert found[f"chosen {name}"] == found[name]
    assert found["chosen yellow"].keys() == found["light"].keys()


def test_layouts_come_as_late_as_the_text_is_large() -> None:
    css = "@media (min-width:40em) and (max-height:2.5rem){a{width:40em}}@media (max-width:760px){b{c:d}}"
    assert for_text(css, 150) == css.replace("(min-width:40em)", "(min-width:60em)").replace("2.5rem", "3.75rem")
    for name in BUNDLES:
        usual, large = ASSETS.bundle(name), ASSETS.bundle(name, "300")
        assert usual == ASSETS.bundle(name, "100")
        assert large.csp_hash != usual.csp_hash
        assert re.sub(r"@media[^{]+", "", large.css) == re.sub(r"@media[^{]+", "", usual.css)


def test_minify_keeps_what_means_something() -> None:
    css = '/* a */ a { content: "x  /* y */ ; z" ; width : calc( 1px + 2px ) }\n.b  .c > d , e:hover{ color:red; }'
    assert minify(css) == 'a{content:"x  /* y */ ; z";width :calc( 1px + 2px )}.b .c>d,e:hover{color:red}'
    assert minify(minify(css)) == minify(css)


def test_bundles_are_lean_and_their_hash_admits_them() -> None:
    for name in BUNDLES:
        bundle = ASSETS.bundle(name)
        digest = base64.b64encode(hashlib.sha256(bundle.css.encode()).digest()).decode()
        assert bundle.csp_hash == f"'sha256-{digest}'"
        assert "url(" not in bundle.css
        assert "@import" not in bundle.css
    assert len(brotli.compress(ASSETS.bundle("home").css.encode())) <= 3600
    assert len(brotli.compress(ASSETS.bundle("public").css.encode())) <= 4300


def test_every_class_that_a_template_names_has_a_style() -> None:
    sheets = ASSETS.bundle("styleguide").css + ASSETS.bundle("preferences").css
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", sheets))
    hooks = {"lead", "body", "count", "results", "facets"}  # structure that needs no style of its own
    named: dict[str, set[str]] = {}
    for path in TEMPLATES.rglob("*.html"):
        for value in re.findall(r'class="([^"{]*)"', path.read_text()):
            for name in value.split():
                named.setdefault(name, set()).add(str(path.relative_to(TEMPLATES)))
    assert not {name: sorted(paths) for name, paths in named.items() if name not in styled | hooks}


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_component_is_one_macro_headed_by_its_contract(path: Path) -> None:
    text = path.read_text()
    head = re.match(r"\{#-(.*?)-#\}", text, re.DOTALL)
    assert head, "no head comment"
    macros = re.findall(r"\{% macro (\w+)\((.*?)\) -?%\}", text)
    if path.stem == "field_parts":
        assert all(f"{name}(" in head[1] for name, _ in macros)
        return
    assert [name for name, _ in macros] == [path.stem]
    assert f"{path.stem}({macros[0][1]})" in " ".join(head[1].split())


def test_templates_hold_no_inline_style_and_no_handler() -> None:
    for path in TEMPLATES.rglob("*.html"):
        text = path.read_text()
        assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", text), path
        assert "<style" not in text or path.name == "base.html", path


@pytest.mark.parametrize("locale", LOCALES)
def test_the_style_guide_is_sound_and_shows_every_component(locale: Locale) -> None:
    html = styleguide(locale)
    assert not problems(
        html, None
    )  # of no language: its messages are English here, and translated in the portal's tests
    assert f'<html lang="{HTML_LANG[locale]}">' in html
    for path in COMPONENTS:
        if path.stem not in ("field_parts", "field", "drawing", "language_menu", "session_dialog", "kiosk_dialog"):
            assert f'id="{path.stem}"' in html, path.stem
    assert 'data-ref="language:vi"' in html
    assert "data-session" in html


def test_references_are_the_same_in_every_language() -> None:
    references = [re.findall(r'data-ref="([^"]*)"', styleguide(locale)) for locale in LOCALES]
    # the order of a date's or a name's parts is the reader's
    assert all(sorted(found) == sorted(references[0]) for found in references)


def test_on_a_form_the_languages_are_buttons_that_post_it() -> None:
    source = (
        '{% extends "layouts/task.html" %}{% set language_form = "question" %}{% block title %}t{% endblock %}'
        '{% block content %}<h1>t</h1><form id="question" method="post"></form>{% endblock %}'
    )
    html = page_in("th", source)
    buttons = re.findall(r"<button[^>]*name=\"switch\"[^>]*>", html)
    assert [re.search(r'value="(\w+)"', button)[1] for button in buttons] == list(LOCALES)  # type: ignore[index]
    assert all('form="question"' in button and "formnovalidate" in button for button in buttons)
    assert "hreflang" not in html.partition("<body>")[2]


@pytest.mark.parametrize(
    ("locale", "text", "kept"),
    [
        ("vi", "Giấy xác nhận đăng ký người nước ngoài", ["Giấy xác nhận", "đăng ký", "người nước ngoài"]),
        ("ja", "証明書を発行しました", ["証明書を", "発行しました"]),
        ("ja", "外国人登録事実証明書の使用目的", ["外国人登録", "事実証明書の", "使用目的"]),
        ("zh", "您需要副本（全户）？", ["您需要", "副本（全户）"]),
        ("th", "หนังสือรับรองการลงทะเบียน", ["หนังสือรับรอง", "ลงทะเบียน"]),
        ("ko", "외국인등록 사실증명", []),
        ("ko", "등본·초본 출입국·외국인정책본부에서", ["등본·초본", "출입국·"]),
        ("vi", "a <b> & c", []),
    ],
)
def test_headline_keeps_groups_together_and_changes_no_text(locale: Locale, text: str, kept: list[str]) -> None:
    made = Markup.escape(headline_filter(locale)(text))
    assert re.findall(r'<span class="j">(.*?)</span>', made) == kept
    assert Markup(made.replace('<span class="j">', "").replace("</span>", "")).unescape() == text


def test_headline_leaves_a_text_that_fell_back_alone() -> None:
    fallen = Markup('<span lang="ko" class="fallback">등록</span>')
    assert headline_filter("ja")(fallen) == fallen


@pytest.fixture
def static() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(Static(ASSETS)), base_url="https://portal.test")


@pytest.mark.anyio
async def test_static_files_are_hashed_immutable_and_compressed(static: httpx.AsyncClient) -> None:
    url, source = ASSETS.url("js/madang.js"), shorten((STATIC / "js/madang.js").read_text()).encode()
    assert re.fullmatch(r"/static/js/madang\.[0-9a-f]{16}\.js", url)
    for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        async with static.stream("GET", url, headers={"Accept-Encoding": encoding}) as answer:
            raw = b"".join([chunk async for chunk in answer.aiter_raw()])
        assert answer.headers["content-encoding"] == encoding
        assert answer.headers["vary"] == "Accept-Encoding"
        assert int(answer.headers["content-length"]) == len(raw) < len(source)
        assert unpack(raw) == source
    plain = await static.get(url, headers={"Accept-Encoding": "br;q=0, identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == source
    assert plain.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert plain.headers["content-type"] == "text/javascript; charset=utf-8"
    again = await static.get(url, headers={"If-None-Match": plain.headers["etag"], "Accept-Encoding": "identity"})
    assert (again.status_code, again.content) == (304, b"")
    digest = base64.b64encode(hashlib.sha384(source).digest()).decode()
    assert ASSETS.integrity("js/madang.js") == f"sha384-{digest}"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/static/js/madang.js", 404),
        ("GET", "/static/js/madang.0000000000000000.js", 404),
        ("GET", "/static/../assets.py", 404),
        ("GET", "/static/%2e%2e/assets.py", 404),
        ("GET", "/static/js/vendor/htmx.LICENSE", 404),
        ("POST", "", 405),
        ("HEAD", "", 200),
    ],
)
async def test_static_serves_its_own_addresses_alone(
    static: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await static.request(method, path or ASSETS.url("img/mark.svg"))
    assert answer.status_code == status
    assert method == "GET" or answer.content == b""


def test_a_shortened_script_says_the_same() -> None:
    js = '/* It\n   is. */\n"use strict";\n(() => {\n  /** A. */\n  go("https://x/*"); // now\n\n  /* a */\n})();\n'
    assert shorten(js) == '"use strict";\n(() => {\ngo("https://x/*");\n})();\n'
    for doubtful in ("`\n  x`", 'a = "x // y";', "a = 'x // y';"):
        with pytest.raises(ValueError, match="shortened"):
            shorten(doubtful)


@pytest.mark.skipif(shutil.which("node") is None, reason="no Node here")
def test_our_shortened_script_is_a_script(tmp_path: Path) -> None:
    node, made = shutil.which("node"), tmp_path / "made.js"
    made.write_text(shorten((STATIC / "js/madang.js").read_text()))
    assert node
    assert len(made.read_text()) < 7000
    subprocess.run([node, "--check", str(made)], check=True)


def test_our_script_stays_small_and_safe() -> None:
    """What every page loads, and what a page loads while an agent helps, each with a limit of its own."""
    scripts = [path for path in (STATIC / "js").rglob("*.js") if "vendor" not in path.parts]
    text = "\n".join(path.read_text() for path in scripts)
    assert len((STATIC / "js/madang.js").read_text().splitlines()) <= 200
    helped = [shorten((STATIC / name).read_text()).encode() for name in SCRIPTS]
    assert sum(len(gzip.compress(script, 9)) for script in helped) <= 8 * 1024
    assert not re.search(
        r"\beval\(|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\.style\b", text
    )


def test_messages_are_whole_sentences_with_named_placeholders() -> None:
    """No message of a component is lost when it is translated: each is found by the extractor."""
    from jinja2.ext import babel_extract

    for path in [*COMPONENTS, *(TEMPLATES / "layouts").glob("*.html")]:
        options: dict[str, Any] = {"trimmed": "true", "newstyle_gettext": "true"}
        with path.open("rb") as file:
            found = [message for _, _, message, _ in babel_extract(file, ("_", "gettext", "ngettext"), (), options)]
        assert len(found) >= path.read_text().count('_("') - 1, path
