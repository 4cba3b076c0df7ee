"""The frame in a real browser: whatever a page message holds, nothing of it runs, loads or leads anywhere."""

import random
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from citizen import ARGUMENTS
from look_kit import assets
from playwright.sync_api import Page, Route, sync_playwright

BASE = "http://127.0.0.1:9"
AROUND = (
    '<!doctype html><html lang="en"><head><title>t</title><script src="{frame}"></script></head><body>'
    '<iframe title="f" src="/frame" sandbox="allow-same-origin" data-frame></iframe></body></html>'
)
INSIDE = '<!doctype html><html lang="en"><head><title>f</title></head><body><main><h1>f</h1></main></body></html>'
POLICY = {
    "/": "default-src 'none'; script-src 'self'; frame-src 'self'",
    "/frame": "default-src 'none'; style-src 'self'; form-action 'none'; sandbox allow-same-origin",
}
TAGS = [
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "img",
    "svg",
    "math",
    "video",
    "audio",
    "form",
    "input",
    "textarea",
    "select",
    "button",
    "a",
    "link",
    "meta",
    "base",
    "template",
    "noscript",
    "frameset",
    "frame",
    "applet",
    "marquee",
    "details",
    "dialog",
    "span",
    "div",
    "table",
    "td",
    "xmp",
    "plaintext",
    "portal",
    "foo-bar",
]
ATTRIBUTES = [
    "onerror",
    "onload",
    "onclick",
    "onfocus",
    "ontoggle",
    "src",
    "srcdoc",
    "href",
    "xlink:href",
    "action",
    "formaction",
    "style",
    "data-ref",
    "class",
    "id",
    "name",
    "background",
    "poster",
    "data",
    "http-equiv",
    "content",
    "autofocus",
    "tabindex",
    "contenteditable",
    "is",
    "slot",
    "part",
    "nonce",
    "role",
    "aria-label",
]
VALUES = (
    "javascript:parent.hit=1", "parent.hit=1", "http://evil.example/x", "//evil.example/x", "x", "", "0;url=/evil",
    "data:text/html,<script>parent.hit=1</script>", "background:url(http://evil.example/x)",
    "<script>parent.hit=1</script>",
)  # fmt: skip
HANDMADE = (
    "<img src=x onerror=parent.hit=1>",
    "<svg><script>parent.hit=1</script></svg>",
    "<math><mtext></p><style><img src=x onerror=parent.hit=1></style></mtext></math>",
    "<form action=http://evil.example/><input autofocus onfocus=parent.hit=1></form>",
    "<a href=javascript:parent.hit=1 data-ref=x>go</a>",
    "<link rel=stylesheet href=http://evil.example/x><meta http-equiv=refresh content='0;url=/evil'>",
    "<iframe srcdoc='<script>parent.parent.hit=1</script>'></iframe>",
    "<div style='background:url(http://evil.example/x)'>x</div>",
    "<template><img src=x onerror=parent.hit=1></template>",
    "<noscript><p title='</noscript><img src=x onerror=parent.hit=1>'>",
    "<base href=http://evil.example/><p>x",
)


def hostile(seed: int) -> str:
    chance = random.Random(seed)
    made = []
    for _ in range(chance.randint(1, 8)):
        attributes = " ".join(
            f'{chance.choice(ATTRIBUTES)}="{chance.choice(VALUES).replace(chr(34), "")}"'
            for _ in range(chance.randint(0, 4))
        )
        made.append(f"<{chance.choice(TAGS)} {attributes}>{chance.choice(VALUES)}")
        if chance.random() < 0.6:
            made.append(f"</{chance.choice(TAGS)}>")
    return "".join(made)


def opened(page: Page) -> None:
    """A desk that has shown nothing yet."""
    page.goto(f"{BASE}/")
    page.wait_for_function("document.querySelector('iframe').contentDocument.querySelector('h1')")
    page.evaluate(
        "window.chosen = []; window.frame = madangFrame(document.querySelector('iframe'), (r) => chosen.push(r))"
    )


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium") or "", args=ARGUMENTS)
        context = browser.new_context()
        made: Any = context.new_page()
        made.asked, script = [], assets().url("js/desk_frame.js")

        def serve(route: Route) -> None:
            path = route.request.url.removeprefix(BASE)
            if path in POLICY:
                body = AROUND.replace("{frame}", script) if path == "/" else INSIDE
                headers = {"Content-Security-Policy": POLICY[path], "Content-Type": "text/html; charset=utf-8"}
                route.fulfill(body=body, headers=headers)
            elif path == script:
                route.fulfill(body=assets().by_url[script].encodings[b""], content_type="text/javascript")
            else:
                made.asked.append(route.request.url)
                route.fulfill(status=404)

        context.route("**/*", serve)
        opened(made)
        yield made
        browser.close()


SHOW = """(pages) => {
  const bad = [], doc = document.querySelector("iframe").contentDocument;
  const allowed = /^(class|data-ref|lang|dir|colspan|rowspan|scope|translate|role|hidden|open|aria-[a-z]+)$/;
  const tags = /^(script|style|iframe|object|embed|img|svg|math|video|audio|form|input|textarea|select|button|link)$/;
  pages.forEach((html, number) => {
    frame.show({ number, name: "x", title: html, lang: "en", html, style: "http://evil.example/x.css", elements: {} });
    frame.part({ number, ref: "x", html });
    frame.seen({ type: "focus", ref: html }, null);
    frame.seen({ type: "value", ref: "x", value: html }, null);
    frame.mark("x", "twin-marked");
    for (const element of doc.body.querySelectorAll("*")) {
      if (tags.test(element.localName)) bad.push([html, element.localName]);
      for (const { name } of element.attributes) if (!allowed.test(name)) bad.push([html, name]);
    }
  });
  return bad;
}"""


def test_what_is_shown_is_shown(page: Page) -> None:
    html = (
        '<main><h1>Purpose</h1><span role="textbox" data-ref="memo">a</span>'
        '<details><summary data-ref="d">x</summary></details></main>'
    )
    assert not page.evaluate(SHOW, [html])
    frame = page.frames[1]
    assert frame.inner_text("h1") == "Purpose"
    page.evaluate("frame.seen({type: 'value', ref: 'memo', value: 'written'}, null)")
    assert frame.inner_text("[data-ref=memo]") == "written"
    page.evaluate("frame.seen({type: 'toggle', ref: 'd', open: true}, null)")
    assert frame.locator("details").get_attribute("open") is not None
    frame.locator("[data-ref=memo]").click()
    assert page.evaluate("chosen") == ["memo"]
    page.evaluate("frame.blank()")
    assert frame.locator("body *").count() == 0


@pytest.mark.parametrize("count", [1000, pytest.param(100_000, marks=pytest.mark.full)])
def test_nothing_hostile_comes_through(page: Any, count: int) -> None:
    """As many as no session has; in another desk after 2,000, because Chromium keeps what was parsed in one."""
    for start in range(0, count, 500):
        if start % 2000 == 0:
            opened(page)
        pages = [*HANDMADE, *(hostile(seed) for seed in range(start, start + 500))]
        assert not page.evaluate(SHOW, pages)
        assert page.evaluate("window.hit") is None
        assert page.url == f"{BASE}/"
    assert [url for url in page.asked if not url.endswith("/favicon.ico")] == []
