"""The adapter of a translation service, against a real HTTP server that speaks LibreTranslate's interface."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator

import pytest
from translate_kit import Service, served

from madang.i18n.locales import LOCALES, Locale
from madang.remote_support import translator
from madang.remote_support.translator import HttpTranslator


@pytest.fixture
def service() -> Iterator[Service]:
    with served() as server:
        yield server


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def adapter(service: Service, clock: Clock) -> AsyncIterator[HttpTranslator]:
    made = HttpTranslator(service.url + "/", "", clock=clock)
    yield made
    await made.aclose()


@pytest.mark.anyio
async def test_words_come_back_in_the_other_language(service: Service, adapter: HttpTranslator) -> None:
    assert await adapter.translate("안녕하세요", "ko", "vi") == "Xin chào"
    assert await adapter.translate("Cảm ơn", "vi", "ko") == "고맙습니다"
    assert service.asked[0] == {"q": "안녕하세요", "source": "ko", "target": "vi", "format": "text"}


@pytest.mark.anyio
@pytest.mark.parametrize("code", ["zh-Hans", "zh", "zh-CN"])
async def test_chinese_is_called_as_the_service_calls_it(service: Service, adapter: HttpTranslator, code: str) -> None:
    service.languages = [{"code": one, "targets": ["ko", code]} for one in ("ko", code)]
    service.answer = "您好"
    assert await adapter.translate("안녕하세요", "ko", "zh") == "您好"
    assert service.asked[0]["target"] == code


@pytest.mark.anyio
async def test_a_key_is_sent_and_a_wrong_one_is_no_translation(service: Service) -> None:
    service.key = "open sesame"
    for key, said in (("open sesame", "Xin chào"), ("", None), ("wrong", None)):
        adapter = HttpTranslator(service.url, key)
        assert await adapter.translate("안녕하세요", "ko", "vi") == said
        await adapter.aclose()


@pytest.mark.anyio
async def test_a_pair_that_the_service_lacks_is_not_asked_for(service: Service, adapter: HttpTranslator) -> None:
    service.languages = [{"code": "ko", "targets": ["en"]}, {"code": "en", "targets": ["ko"]}, {"code": "th"}]
    service.answer = "something"
    assert await adapter.translate("안녕하세요", "ko", "vi") is None
    assert await adapter.translate("안녕하세요", "ko", "th") is None
    assert not service.asked
    assert await adapter.translate("สวัสดี", "th", "ko") == "something"  # names no targets: all of them


@pytest.mark.anyio
@pytest.mark.parametrize("locale", LOCALES)
async def test_nothing_is_asked_for_the_same_language(
    service: Service, adapter: HttpTranslator, locale: Locale
) -> None:
    assert await adapter.translate("Words", locale, locale) == "Words"
    assert await adapter.translate("  ", "ko", "vi") == "  "
    assert not service.asked


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("status", "raw"),
    [
        (500, b"{}"),
        (429, b'{"error": "Slowdown"}'),
        (302, b""),
        (200, b"<html>"),
        (200, b"{}"),
        (200, b'{"translatedText": 7}'),
        (200, b'{"translatedText": "' + b"x" * translator.LARGEST + b'"}'),
        (200, b'{"translatedText": ""}'),
        (200, b'{"translatedText": "\xff"}'),
    ],
)
async def test_an_answer_that_is_none_is_none(
    service: Service, adapter: HttpTranslator, status: int, raw: bytes
) -> None:
    service.status, service.raw, service.location = status, raw, service.url + "/elsewhere"
    assert await adapter.translate("안녕하세요", "ko", "vi") is None
    assert len(service.asked) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("said", ["Mở https://evil.example nhé", "900101-1234567", "x" * 5000])
async def test_what_may_not_be_said_is_not_said_by_a_translator_either(
    service: Service, adapter: HttpTranslator, said: str
) -> None:
    service.answer = said
    assert await adapter.translate("안녕하세요", "ko", "vi") is None


@pytest.mark.anyio
async def test_marks_that_turn_or_hide_text_are_taken_out(service: Service, adapter: HttpTranslator) -> None:
    service.answer = " Xin\u202e ch\u0000à\u200bo\u00a0bạn\nnhé "
    assert await adapter.translate("안녕하세요", "ko", "vi") == "Xin chào\u00a0bạn\nnhé"


@pytest.mark.anyio
async def test_a_slow_service_is_not_waited_for(service: Service) -> None:
    service.delay, service.answer = 3.0, "Xin chào"
    adapter = HttpTranslator(service.url, seconds=1.0)
    assert await adapter.translate("안녕하세요", "ko", "vi") is None
    service.delay = 0.0
    assert await adapter.translate("안녕하세요", "ko", "vi") == "Xin chào"
    await adapter.aclose()


@pytest.mark.anyio
async def test_a_service_that_fails_is_left_alone_for_a_while(
    service: Service, adapter: HttpTranslator, clock: Clock
) -> None:
    service.status = 503
    for _ in range(translator.PATIENCE + 4):
        assert await adapter.translate("안녕하세요", "ko", "vi") is None
    assert len(service.asked) == translator.PATIENCE
    service.status = 200
    clock.now += translator.PAUSE
    assert await adapter.translate("안녕하세요", "ko", "vi") == "Xin chào"
    service.status = 503
    await adapter.translate("안녕하세요", "ko", "vi")
    service.status = 200
    assert await adapter.translate("안녕하세요", "ko", "vi") == "Xin chào"  # one failure is none yet


@pytest.mark.anyio
async def test_no_service_at_all_is_no_translation(clock: Clock) -> None:
    adapter = HttpTranslator("http://127.0.0.1:9", clock=clock)
    assert await adapter.translate("안녕하세요", "ko", "vi") is None
    await adapter.aclose()


@pytest.mark.anyio
async def test_languages_are_learnt_once_and_again_after_a_while(
    service: Service, adapter: HttpTranslator, clock: Clock
) -> None:
    assert await adapter.translate("안녕하세요", "ko", "vi") == "Xin chào"
    service.languages = [{"code": "ko"}]
    assert await adapter.translate("안녕하세요", "ko", "vi") == "Xin chào"
    clock.now += translator.LEARN_AGAIN
    assert await adapter.translate("안녕하세요", "ko", "vi") is None


@pytest.mark.anyio
async def test_many_at_once_all_get_their_own_answer(service: Service, adapter: HttpTranslator) -> None:
    service.delay = 0.02
    pairs: list[tuple[str, Locale, Locale, str]] = [
        ("안녕하세요", "ko", "vi", "Xin chào"),
        ("Cảm ơn", "vi", "ko", "고맙습니다"),
        ("안녕하세요", "ko", "zh", "您好"),
    ] * 10
    answers = await asyncio.gather(*(adapter.translate(text, one, other) for text, one, other, _ in pairs))
    assert list(answers) == [said for *_, said in pairs]


@pytest.mark.anyio
async def test_nothing_said_is_carried_elsewhere(
    service: Service, adapter: HttpTranslator, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No cookie of one conversation in the next, no proxy of the environment, no word in the log."""
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    through = HttpTranslator(service.url)
    assert await through.translate("안녕하세요", "ko", "vi") == "Xin chào"
    assert await through.translate("안녕하세요", "ko", "vi") == "Xin chào"
    service.raw = b"{}"
    assert await through.translate("안녕하세요", "ko", "vi") is None
    await through.aclose()
    assert all("cookie" not in head for head in service.heads)
    assert not any("안녕" in record.getMessage() or "Xin" in record.getMessage() for record in caplog.records)
