"""Read aloud in a real browser: the server's voice where there is no other, the words shown, stopped by key."""

import shutil
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from portal_server import Server

pytestmark = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
A_VOICE = """
window.heard = [];
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
const synthesis = {
  getVoices: () => [{ lang: 'en-US', localService: true }, { lang: 'ja_JP', localService: true }],
  addEventListener: () => {},
  cancel() { const said = this.saying; this.saying = null; said?.onend?.(); },
  speak(said) {
    this.saying = said;
    heard.push([said.lang, said.voice.lang, said.rate, said.text]);
    const word = said.text.slice(2, 4);
    said.onboundary?.({ name: 'word', charIndex: 2, charLength: 2 });
    if (heard.length < 2) setTimeout(() => { if (this.saying === said) { this.saying = null; said.onend(); } }, 50);
  },
};
Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
"""
"""A device that has a Japanese voice, and tells where it is; it never finishes its second sentence."""
RECORD = """() => {
  const known = CSS.highlights, set = known.set.bind(known);
  window.shown = [];
  known.set = (name, words) => { shown.push([...words].map((range) => range.toString())); return set(name, words); };
}"""
"""What is shown from here on, one after the other: a short part is over before it is asked for."""
SHOWN = "() => [...(CSS.highlights.get('aloud') ?? [])].map((range) => range.toString())"


def test_a_guide_is_read_aloud(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    context.add_cookies([{"name": "madang-look", "value": "words-easy.aloud-on", "url": server.base}])
    page = context.new_page()
    refused: list[Any] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: refused.append(str(error)))
    page.goto(f"{server.base}/th/services/move-in")
    buttons = page.locator("[data-listen]")
    expect(buttons.first).to_be_visible()
    assert buttons.count() > 4
    for box in (buttons.nth(n).bounding_box() for n in range(3)):
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    easy = page.locator("h2#easy + [data-listening] [data-listen]")
    name = easy.inner_text()
    page.evaluate(RECORD)
    with page.expect_response(lambda answer: answer.url.endswith("/th/voice")) as spoken:
        easy.click()
    assert spoken.value.status == 200
    assert spoken.value.headers["content-type"] == "audio/wav"
    (first,) = page.evaluate("shown[0]")
    assert first.replace("\u2060", "") in page.locator("h2#easy").inner_text().replace("\u2060", "")
    assert easy.inner_text() != name
    expect(page.locator("[data-pace]")).to_have_count(2)
    before = page.evaluate("shown.length")
    page.locator("[data-pace]").last.click()
    page.wait_for_function("before => shown.length > before", arg=before)
    page.keyboard.press("Escape")
    assert page.evaluate(SHOWN) == []
    assert easy.inner_text() == name
    expect(page.locator("[data-pace]").first).to_be_hidden()
    assert not refused
    context.close()


def test_without_scripts_the_browser_itself_plays_it(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "madang-look", "value": "aloud-on", "url": server.base}])
    page = context.new_page()
    page.goto(f"{server.base}/ko/services/move-in")
    expect(page.locator("audio").first).to_be_visible()
    expect(page.locator("[data-listen]").first).to_be_hidden()
    page.goto(f"{server.base}/ja/services/move-in")
    expect(page.locator("audio")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("highlights", [True, False], ids=["highlights", "without"])
def test_the_device_reads_by_itself_where_it_has_a_voice(browser: Browser, server: Server, highlights: bool) -> None:
    context = browser.new_context(reduced_motion="reduce")
    context.add_cookies([{"name": "madang-look", "value": "words-easy.aloud-on", "url": server.base}])
    context.add_init_script(A_VOICE)
    if not highlights:
        context.add_init_script("Object.defineProperty(CSS, 'highlights', { value: undefined })")
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{server.base}/ja/services/move-in")
    before = page.locator("main").inner_html()
    page.locator("h2#easy + [data-listening] [data-listen]").click()
    page.wait_for_function("() => heard.length === 2")
    (first, second) = page.evaluate("heard")
    assert first[:3] == ["ja", "ja_JP", 1]
    assert second[3] == page.locator(".easy p").first.inner_text().replace("\u2060", "")
    if highlights:
        assert page.evaluate(SHOWN) == [second[3][2:4]], "the word that is being said"
    else:
        assert page.locator("[data-spoken]").inner_text().replace("\u2060", "") == second[3]
    page.locator("[data-pace='1']").click()
    page.wait_for_function("() => heard.length === 3")
    assert page.evaluate("heard[2]")[2:] == [1.5, second[3]], "said again, faster"
    page.keyboard.press("Escape")
    page.evaluate("document.querySelectorAll('[data-pace]').forEach((each) => each.remove())")
    page.evaluate("document.querySelectorAll('[data-part]').forEach((each) => each.removeAttribute('data-part'))")
    assert page.locator("main").inner_html() == before, "the page itself is as it was"
    assert not [url for url in asked if "/voice" in url]
    context.close()
