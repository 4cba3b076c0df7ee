"""The registers of buildings and lots, and the two registrations, as a person without JavaScript meets them."""

import datetime as dt
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from portal_kit import BASE, Visitor, portal

from madang.i18n.locales import LOCALES, Locale

pytestmark = pytest.mark.anyio
SUWON = "경기도 수원시 팔달구 시연로 12"


def madang(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """The command line, run as an operator runs it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MADANG_")}
    command = [sys.executable, "-m", "madang.web.cli", *arguments]
    return subprocess.run(command, env={**clean, **environ}, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("portal")


@pytest.fixture(scope="module")
async def app(data_folder: Path, anyio_backend: str) -> AsyncIterator[Any]:
    """A portal whose data folder the command line can use, too."""
    async with portal(data_folder) as made:
        yield made


async def answer(visitor: Visitor, **typed: str) -> None:
    """Answers the question that stands there."""
    assert visitor.page is not None
    base = next(fields for _, fields in visitor.forms() if "base" in fields)
    await visitor.post(visitor.page.url.path, {**base, **typed})


async def begin(visitor: Visitor, locale: str, service: str) -> None:
    await visitor.post(f"/{locale}/apply/{service}", {"new": "1"})


def step(visitor: Visitor) -> str:
    assert visitor.page is not None
    return visitor.page.url.path.rsplit("/", 1)[1]


@pytest.mark.parametrize("locale", LOCALES)
async def test_a_place_is_chosen_where_the_words_may_mean_several(visitor: Visitor, locale: Locale) -> None:
    await visitor.sign_in("nguyen-van-an", f"/{locale}/")
    await begin(visitor, locale, "building-register")
    await answer(visitor, building="시연로")
    assert visitor.page
    assert visitor.page.status_code == 422
    assert visitor.page.text.count('name="pick"') > 1
    assert 'href="#pick"' in visitor.page.text, "the summary leads to the choice"
    await answer(visitor, building="시연로", pick=SUWON)
    assert step(visitor) == "how"
    await visitor.get(visitor.page.url.path.replace("/how", "/building"))
    assert SUWON in visitor.page.text


async def test_other_words_ask_anew_whatever_was_chosen_before(visitor: Visitor) -> None:
    await visitor.sign_in("nguyen-van-an", "/en/")
    await begin(visitor, "en", "building-register")
    await answer(visitor, building="시연로")
    await answer(visitor, building="30 Siyeon-ro, Jongno-gu", pick=SUWON)
    assert step(visitor) == "how"
    await answer(visitor, how="read")
    assert visitor.page
    assert "서울특별시 종로구 시연로 30" in visitor.page.text


@pytest.mark.parametrize("locale", LOCALES)
async def test_what_is_not_found_is_said_in_place_with_another_way(visitor: Visitor, locale: Locale) -> None:
    await visitor.sign_in("nguyen-van-an", f"/{locale}/")
    await begin(visitor, locale, "land-register")
    await answer(visitor, lot="없는동 산 1")
    assert visitor.page
    assert visitor.page.status_code == 422
    assert 'href="#lot"' in visitor.page.text
    assert 'value="없는동 산 1"' in visitor.page.text, "what was typed stays"
    assert 'data-ref="offices"' in visitor.page.text
    assert 'href="tel:' in visitor.page.text


@pytest.mark.parametrize("locale", LOCALES)
async def test_it_is_read_on_the_screen_or_issued(visitor: Visitor, locale: Locale) -> None:
    await visitor.sign_in("nguyen-van-an", f"/{locale}/")
    for how in ("read", "issue"):
        await begin(visitor, locale, "land-register")
        await answer(visitor, lot="구례군 마당리 산 34")
        await answer(visitor, how=how)
        assert step(visitor) == "check"
        assert visitor.page
        page = await visitor.post(visitor.page.url.path)
        assert page.status_code == 200
        if how == "read":
            assert 'class="certificate"' in page.text
            assert "18,446.0" in page.text
            assert "/documents/" not in page.text.split("</header>")[1].split("<footer")[0]
        else:
            assert re.search(r"/documents/[0-9A-Z-]{19}/pdf", page.text)


STEPS: dict[str, dict[str, str]] = {
    "whose": {"whose": "self"},
    "from": {"from-country": "KR", "from-postcode": "00153", "from-line1": "안산시 시연로 88", "from-line2": ""},
    "to": {"to-country": "KR", "to-postcode": "00101", "to-line1": SUWON, "to-line2": "103호"},
    "who": {"who": "self"},
    "joins": {"joins": "new"},
    "head": {"head": "self"},
    "agreed": {"agreed": "true"},
    "companions": {},
    "housing": {"housing": "own"},
    "declared": {"declared": "true"},
}  # fmt: skip


async def at_check(visitor: Visitor, locale: str, service: str, days: int) -> None:
    """Everything answered, moved ``days`` ago."""
    day = (dt.datetime.now(dt.timezone(dt.timedelta(hours=9))) - dt.timedelta(days=days)).date()
    moved = {"moved-year": str(day.year), "moved-month": str(day.month), "moved-day": str(day.day)}
    await begin(visitor, locale, service)
    while (name := step(visitor)) != "check":
        await answer(visitor, **(moved if name == "moved" else STEPS[name]))
        assert visitor.page
        assert visitor.page.status_code == 200, visitor.page.text[:2000]
        assert step(visitor) != name


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("service", "person", "limit"), [("change-of-stay", "siriphanwadi", 15), ("move-in", "oh-sunrye", 14)]
)
async def test_a_late_report_is_warned_of_and_not_stopped(
    visitor: Visitor, locale: Locale, service: str, person: str, limit: int
) -> None:
    await visitor.sign_in(person, f"/{locale}/")
    seen = []
    for days in (limit, limit + 1):
        await at_check(visitor, locale, service, days)
        assert visitor.page
        seen.append(visitor.page.text.count('class="note warn"'))
    assert seen == [0, 1], "the last day is in time, the next is late"
    page = await visitor.post(visitor.page.url.path)
    assert page.status_code == 200
    assert 'action="' in page.text
    assert "/withdraw" in page.text
    assert page.text.count("<time") >= 2
    number = page.url.path.rsplit("/", 1)[1]
    page = await visitor.post(f"/{locale}/applications/{number}/withdraw")
    assert "/withdraw" not in page.text


async def test_the_operator_decides_and_the_citizen_sees_it(visitors: Callable[[], Visitor], data_folder: Path) -> None:
    """From the report to the new address on the next certificate, with nothing but the portal and the command line."""
    visitor = visitors()
    environ = {"MADANG_DATA": str(data_folder), "MADANG_BASE_URL": BASE, "MADANG_DEMONSTRATION": "yes"}
    await visitor.sign_in("takasaki-rin", "/ja/")
    await at_check(visitor, "ja", "change-of-stay", 3)
    assert visitor.page
    first = (await visitor.post(visitor.page.url.path)).url.path.rsplit("/", 1)[1]
    listed = madang("clerk", "list", **environ)
    assert f"{first}  change-of-stay  in-review" in listed.stdout, listed.stderr
    shown = madang("clerk", "show", first, **environ)
    assert "alien-register" in shown.stdout
    assert SUWON in shown.stdout
    assert madang("clerk", "return", first, **environ).returncode == 1, "a reason is needed"
    reason = "새 주소의 호수를 적어 주세요."
    assert madang("clerk", "return", first, "--reason", reason, **environ).stdout.startswith(first)
    told = await visitor.get(f"/ja/applications/{first}")
    assert reason in told.text
    await at_check(visitor, "ja", "change-of-stay", 3)
    second = (await visitor.post(visitor.page.url.path)).url.path.rsplit("/", 1)[1]
    approved = madang("clerk", "approve", second, **environ)
    assert "completed" in approved.stdout, approved.stderr
    assert "登録されました" in (await visitor.get(f"/ja/applications/{second}")).text
    again = madang("clerk", "approve", second, **environ)
    assert (again.returncode, again.stderr.count("\n")) == (1, 1)
    await begin(visitor, "ja", "alien-registration")
    for typed in ({"purpose": "bank"}, {"recipient": ""}, {"consent": "yes"}):
        await answer(visitor, **typed)
    page = await visitor.post(visitor.page.url.path)
    number = re.search(r"/documents/([0-9A-Z-]{19})", page.text)
    assert number
    assert f"{SUWON} 103호" in (await visitor.get(f"/ja/documents/{number[1]}")).text


def test_the_clerks_commands_say_what_is_missing(tmp_path: Path) -> None:
    environ = {"MADANG_DATA": str(tmp_path), "MADANG_DEMONSTRATION": "yes"}
    missing = madang("clerk", "approve", **environ)
    assert (missing.returncode, missing.stderr.count("\n")) == (1, 1)
    assert "madang clerk show" in missing.stderr
