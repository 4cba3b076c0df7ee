"""Read aloud: what is found in a page, who gets buttons, and a voice that says only what was signed, within bounds."""

import html
import re
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from portal_kit import Visitor, portal, running, settings

from madang.i18n.locales import LOCALES, Locale
from madang.web import voice as voices
from madang.web.app import create_app
from madang.web.reading import LONGEST_PART, blocks, parts, with_buttons
from madang.web.views import voice as view
from madang.web.voice import Busy, Silent, Voice

pytestmark = pytest.mark.anyio
needs_espeak = pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed")
SAID = re.compile(r'data-said="([^"]+)"')
PAGE = """<!doctype html><title>No</title><header><h2>No</h2></header><main><nav>No</nav><h1>Move</h1><p>You have
moved. Tell us.</p><form><div class="field"><fieldset><legend>Which day?</legend><p class="hint">Any day</p>
<label class="choice"><input value="secret"><span>Today</span></label></fieldset></div>
<div class="field"><h1><label for="a">Why &amp; how?</label></h1><textarea>secret</textarea>
<p class="err">Write it</p></div>
<button>Go on</button></form><h2 class="vh">More</h2><article><h3>Card</h3></article><details>
<summary>Open</summary><div>Inside</div></details><p>After</p><p hidden>No</p></main><footer><p>No</p></footer>"""


def test_what_can_be_read() -> None:
    assert [(block.name, block.parts) for block in blocks(PAGE)] == [
        ("Move", ["Move", "You have moved.", "Tell us."]),
        ("Which day?", ["Which day?", "Any day", "Today"]),
        ("Why & how?", ["Why & how?", "Write it"]),
        ("More", ["More", "Card", "After"]),
        ("Open", ["Open", "Inside"]),
    ]


def test_buttons_stand_behind_what_they_read() -> None:
    made = with_buttons(PAGE, lambda number, name, parts: f"[{number}]", "[end]")
    assert re.sub(r"\[\w+\]", "", made) == PAGE
    for place in ("</h1>[1]", "</legend>[2]", "</label></h1>[3]", "</summary>[5]", "[end]</main>"):
        assert place in made, place
    assert with_buttons("<p>a part of a page</p>", lambda *_: "[x]", "[end]") == "<p>a part of a page</p>"


def test_long_sentences_are_said_in_pieces() -> None:
    long = "ก" * 100 + " " + "ข" * 100 + " " + "ค" * 300
    assert [len(piece) for piece in parts(long)] == [201, LONGEST_PART, 60]
    assert parts("One.  Two?\nThree\u2060 four… ★ five。六") == ["One.", "Two?", "Three four…", "★ five。", "六"]
    assert parts(" · – ") == []


@pytest.fixture(scope="module")
async def app(tmp_path_factory: pytest.TempPathFactory, anyio_backend: str) -> AsyncIterator[Any]:
    async with portal(tmp_path_factory.mktemp("portal")) as made:
        yield made


def listener(app: Any) -> Visitor:
    visitor = Visitor(app)
    visitor.http.cookies.set("madang-look", "aloud-on", domain="portal.test")
    return visitor


async def test_nobody_gets_buttons_who_did_not_ask(app: Any) -> None:
    listening, other = listener(app), Visitor(app)
    page = (await listening.get("/en/services/move-in")).text
    assert "data-listen" in page
    assert "js/aloud" in page
    assert "data-listen" in (await listening.get("/en/services/move-in")).text, "the second time from the cache"
    page = (await other.get("/en/services/move-in")).text
    assert "data-listen" not in page
    assert "js/aloud" not in page


@needs_espeak
@pytest.mark.parametrize("locale", LOCALES)
async def test_each_block_has_a_button_that_says_what_it_reads(app: Any, locale: Locale) -> None:
    page = (await listener(app).get(f"/{locale}/services/move-in")).text
    buttons = re.findall(r'<span data-listening><button type="button" class="link" hidden[^>]*>.*?</span>', page)
    assert len(buttons) > 8
    names = re.findall(r'data-word>[^<]+</span><span class="vh">: ([^<]+)<', page)
    assert len(names) == page.count("data-listen=")
    assert ("data-said" in page) == (locale != "ja"), "espeak-ng cannot read kanji"
    assert ("<noscript><audio" in page) == (locale != "ja")
    if locale != "ja":
        token = SAID.findall(page)[0]
        sound = await listener(app).post(f"/{locale}/voice", {"said": token, "part": "0"})
        assert sound.headers["content-type"] == "audio/wav"
        assert sound.headers["cache-control"].startswith("private, max-age")
        assert len(sound.content) > 5000
        assert int.from_bytes(sound.content[4:8], "little") == len(sound.content) - 8
        address = html.unescape(re.findall(r'<audio [^>]*src="([^"]+)"', page)[0])
        whole = await listener(app).http.get(address)
        assert whole.status_code == 200
        assert len(whole.content) > len(sound.content)
        assert "media-src 'self'" in whole.headers["content-security-policy"]


@needs_espeak
async def test_only_what_was_signed_is_said(app: Any) -> None:
    visitor = listener(app)
    token = SAID.findall((await visitor.get("/en/services/move-in")).text)[0]
    slow, fast = [
        await visitor.post("/en/voice", {"said": token, "part": "0", "speed": speed}) for speed in ("slow", "fast")
    ]
    assert len(slow.content) > len(fast.content)
    for locale, data, status in (
        ("ko", {"said": token, "part": "0"}, 403),
        ("en", {"said": token[:-1], "part": "0"}, 403),
        ("en", {"said": "Buy cheap voices", "part": "0"}, 403),
        ("en", {"part": "0"}, 403),
        ("en", {"said": token, "part": "99"}, 400),
        ("en", {"said": token, "part": "-1"}, 400),
        ("en", {"said": token, "part": "²"}, 400),
    ):
        assert (await visitor.post(f"/{locale}/voice", data)).status_code == status, data
    assert (await visitor.get("/en/voice?said=nothing")).status_code == 403
    stranger = Voice("", ("0" * 64,)).signed("en", ["Hello"], public=True)
    assert (await visitor.post("/en/voice", {"said": stranger})).status_code == 403


@needs_espeak
async def test_what_is_one_persons_comes_in_a_body_and_is_not_kept(
    app: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = listener(app)
    await visitor.sign_in("nguyen-van-an", "/vi/")
    await visitor.post("/vi/apply/alien-registration", {"new": "1"})
    page = (await visitor.get("/vi/applications")).text
    assert "<audio" not in page
    token = SAID.findall(page)[0]
    caplog.set_level("DEBUG")
    assert (await visitor.get(f"/vi/voice?said={token}")).status_code == 403
    caplog.clear()
    sound = await visitor.post("/vi/voice", {"said": token, "part": "0"})
    assert sound.status_code == 200
    assert sound.headers["cache-control"] == "no-store"
    assert token not in caplog.text
    opened = app_voice(app).opened(token, "vi")
    assert opened is not None
    assert not opened[0]
    assert opened[1][0] not in caplog.text
    monkeypatch.setattr(voices, "LASTING", -1)
    assert (await visitor.post("/vi/voice", {"said": token, "part": "0"})).status_code == 403, "too old"


def app_voice(app: Any) -> Voice:
    found = app._app._app.state.portal.voice
    assert isinstance(found, Voice)
    return found


@needs_espeak
async def test_one_client_is_not_read_to_without_end(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "TIMES", 2)
    visitor = Visitor(app, "198.51.100.99")
    visitor.http.cookies.set("madang-look", "aloud-on", domain="portal.test")
    token = SAID.findall((await visitor.get("/en/services/move-in")).text)[0]
    answers = [(await visitor.post("/en/voice", {"said": token, "part": "0"})) for _ in range(4)]
    assert [answer.status_code for answer in answers][-1] == 429
    assert int(answers[-1].headers["retry-after"]) > 0


async def test_switched_off_there_is_no_voice_and_nothing_that_needs_one(tmp_path: Path) -> None:
    made = settings(tmp_path, MADANG_VOICE="off")
    async with running(create_app(made)) as silent:
        visitor = listener(silent)
        page = (await visitor.get("/ko/services/move-in")).text
        assert "data-listen" in page, "the device may have a voice"
        assert "data-said" not in page
        assert "<audio" not in page
        token = Voice("off", made.derived_keys("voice")).signed("ko", ["안녕하세요"], public=True)
        assert (await visitor.post("/ko/voice", {"said": token, "part": "0"})).status_code == 404


def program(folder: Path, body: str) -> str:
    """A stand-in for espeak-ng that lists a Korean voice and then does ``body``."""
    path = folder / "espeak-ng"
    path.write_text(f'#!/bin/sh\n[ "$1" = --voices ] && echo " 5  ko  --/M  Korean  ko" && exit\n{body}\n', "utf-8")
    path.chmod(0o755)
    return str(path)


async def test_a_program_that_hangs_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voices, "SECONDS", 1.0)
    hanging = Voice(program(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 60"), ("1" * 64,))
    assert await hanging.languages() == {"ko"}
    with pytest.raises(Silent):
        await hanging.say("안녕하세요", "ko")
    number = int((tmp_path / "pid").read_text())
    assert not Path(f"/proc/{number}").exists()


async def test_more_than_can_wait_are_sent_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import anyio

    monkeypatch.setattr(voices, "SECONDS", 2.0)
    monkeypatch.setattr(voices, "WAITING", 1)
    slow = Voice(program(tmp_path, "exec sleep 60"), ("1" * 64,))
    await slow.languages()
    with pytest.raises(ExceptionGroup) as failed:  # noqa: PT012
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(slow.say, "하나", "ko")
            await anyio.sleep(0.1)
            with pytest.raises(Busy):
                await slow.say("둘", "ko")
            tasks.cancel_scope.deadline = anyio.current_time() + 10
    assert failed.group_contains(Silent)


async def test_what_the_program_writes_must_be_sound(tmp_path: Path) -> None:
    for body in ("echo nonsense", "exit 3", "exec 1>&-"):
        with pytest.raises(Silent):
            await Voice(program(tmp_path, body), ("1" * 64,)).say("안녕하세요", "ko")
    with pytest.raises(Silent):
        await Voice(str(tmp_path / "nowhere"), ("1" * 64,)).say("안녕하세요", "ko")
    with pytest.raises(Silent):
        await Voice(program(tmp_path, "cat"), ("1" * 64,)).say("가" * 2001, "ko")


@needs_espeak
async def test_it_is_quick_and_says_no_command(tmp_path: Path) -> None:
    speaking = Voice("", ("1" * 64,))
    assert await speaking.languages() == {"ko", "en", "zh", "th", "vi"}
    began = time.process_time()
    for text in ("--help", "-w /tmp/x", "$(id)", "[[h@l'oU]]", "<speak>hello</speak>"):
        assert (await speaking.say(text, "en"))[:4] == b"RIFF"
    assert time.process_time() - began < 5
