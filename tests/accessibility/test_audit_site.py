"""The audit of somebody else's site: what is wrong is named, what cannot be read is said, and the rest goes on."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from accessibility.bad_site import BadSite

from madang.accessibility.audit import report
from madang.accessibility.audit.crawl import Crawl
from madang.accessibility.audit.fetch import LARGEST, Unreadable, fetch
from madang.accessibility.audit.site import Audited, audit
from madang.accessibility.engines import EnginesUnavailable, install
from madang.accessibility.findings import PageResult
from madang.web.cli import main

DATA = Path(__file__).parents[2] / "var"
PATIENCE = 45
"""Seconds for one page: more than any but the one that hangs needs, which keeps a core busy for so long."""


@pytest.fixture(scope="module")
def site() -> Iterator[BadSite]:
    made = BadSite()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("loop", "It redirects more than 10 times."),
        ("huge", "It is longer than 20 MB."),
        ("silent", "It gave no answer within 2 seconds."),
        ("picture", "It is not a page: its type is image/png."),
        ("broken-off", "It broke off before its end."),
        ("elsewhere", "It leads to ftp://example.invalid/x, which is not an address on the web."),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(site: BadSite, name: str, said: str) -> None:
    with pytest.raises(Unreadable, match=f"^{said}$"):
        fetch(f"{site.base}/{name}", 2 if name == "silent" else 30)


def test_a_huge_page_is_not_read_to_its_end(site: BadSite) -> None:
    site.sent = 0
    with pytest.raises(Unreadable):
        fetch(f"{site.base}/huge")
    assert site.sent < LARGEST * 2


def test_a_host_that_is_not_there() -> None:
    with pytest.raises(Unreadable, match="It cannot be reached"):
        fetch("http://127.0.0.1:1/")
    with pytest.raises(Unreadable, match="not an address"):
        fetch("file:///etc/passwd")


def test_invalid_markup_is_read_as_browsers_do(site: BadSite) -> None:
    assert "Broken" in fetch(f"{site.base}/invalid").html


@pytest.fixture(scope="module")
def audited(site: BadSite, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    """The whole site, in one browser and one width."""
    try:
        install(DATA)
    except EnginesUnavailable as why:
        pytest.skip(str(why))
    return audit(site.base + "/", DATA, widths=(1280,), kinds=("chromium",), patience=PATIENCE)


def of(audited: Audited, name: str) -> PageResult:
    (found,) = [result for result in audited.results if result.state.url.endswith("/" + name)]
    return found


def test_the_rest_goes_on(audited: Audited) -> None:
    assert len(audited.results) == 10
    assert {result.state.url.rsplit("/", 1)[1] for result in audited.unread} == {
        "loop", "huge", "hang", "silent", "picture", "broken-off", "elsewhere"
    }  # fmt: skip
    assert of(audited, "hang").problems == (f"It hangs: it was left after {PATIENCE} seconds.",)
    assert of(audited, "invalid").findings
    assert not of(audited, "").problems


@pytest.mark.parametrize("engine", ["axe", "ibm", "alfa", "qualweb"])
def test_each_engine_finds_what_was_planted(audited: Audited, engine: str) -> None:
    found = {
        finding.criterion
        for finding in of(audited, "faulty").findings
        if finding.rule.startswith(f"{engine}:") and finding.outcome == "failed"
    }
    assert {"1.1.1", "1.4.3", "4.1.2"} <= found


@pytest.mark.parametrize("engine", ["html-validate", "nu"])
def test_each_checker_of_markup_finds_what_was_planted(audited: Audited, engine: str) -> None:
    if engine == "nu" and any("Nu was not run" in line for line in audited.left_out):
        pytest.skip("Java 17 is not here")
    found = [each for each in of(audited, "invalid").findings if each.rule.startswith(f"{engine}:")]
    assert any(each.outcome == "failed" for each in found)


def test_a_stranger_can_act_on_the_report(audited: Audited, tmp_path: Path) -> None:
    """What, where, why, how to mend it, which criterion; nothing that leads away, and a page that is valid itself."""
    page, data, *conformance = report.write(audited, tmp_path / "report")
    html = page.read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(html)
    for part in ("1.1.1 Non-text Content, level A", "Why it matters", "How to mend it", "Pale words", "/faulty"):
        assert part in html
    assert "<a " not in html
    assert "<script" not in html
    said = json.loads(data.read_text(encoding="utf-8"))
    (pictures,) = [each for each in said["failed"] if each["criterion"] == "1.1.1"]
    assert pictures["mend"].startswith("Give the picture a text alternative")
    assert any("img" in place["html"] for place in pictures["places"])
    assert {"address": f"{audited.address}hang", "troubles": list(of(audited, "hang").problems)} in said["pages"]
    assert [path.name for path in conformance] == ["earl.json", "kwcag.csv", "conformance.html"]
    lines = "\n".join(report.terminal(audited))
    assert "It redirects more than 10 times." in lines
    assert "7 pages could not be read" in lines


def test_own_pages_only_each_once_and_no_more_than_wanted() -> None:
    crawl = Crawl("http://a.test/", pages=3)
    links = (
        "http://a.test/#top", "http://a.test/x", "http://a.test/x#y", "http://b.test/", "mailto:x@a.test",
        "http://a.test/f.pdf", "http://a.test/logout", "http://a.test/y", "http://a.test/z", "http://[/",
    )  # fmt: skip
    crawl.add(links)
    assert [scene.state.url for scene in crawl] == ["http://a.test/", "http://a.test/x", "http://a.test/y"]


def test_the_command_says_what_is_missing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MADANG_DATA", str(tmp_path))
    assert main(["audit", "not an address"]) == 3
    assert "begins with http://" in capsys.readouterr().out
    usual = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name, **more: None if name in ("npm", "node") else usual(name, **more))
    assert main(["audit", "http://127.0.0.1:1/"]) == 3
    assert "The engines need Node 20 or newer" in capsys.readouterr().out
