"""Languages chosen for a browser, catalogues compiled and loaded."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madang.i18n.compile import compile_catalogues, is_fresh, main
from madang.i18n.locales import LOCALES, Locale
from madang.i18n.messages import N_, Catalogues
from madang.i18n.negotiate import negotiate


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", "ko"),
        ("   ", "ko"),
        ("ko-KR,ko;q=0.9,en-US;q=0.8", "ko"),
        ("vi-VN, vi;q=0.9, en;q=0.5", "vi"),
        ("zh-TW,zh;q=0.9,en;q=0.8", "zh"),
        ("zh-Hant-HK", "zh"),
        ("cmn-Hans-CN", "zh"),
        ("yue", "zh"),
        ("EN-us", "en"),
        ("th;q=0.9, ja", "ja"),
        ("th;q=0.2, ja;q=0.8", "ja"),
        ("fr-FR, fr;q=0.9, th;q=0.1", "th"),
        ("fr", "en"),
        ("fr, de;q=0.5", "en"),
        ("*", "ko"),
        ("*;q=0.5", "ko"),
        ("fr, *;q=0.5", "en"),
        ("ja;q=0.9, *;q=0.1", "ja"),
        ("ko;q=0, *", "en"),
        ("ko;q=0", "en"),
        ("en;q=0", "ko"),
        ("en;q=0, ko;q=0, *;q=0", "ja"),
        ("th ; q=0.300 , vi;Q=0.4", "vi"),
        ("garbage!!, ;;;, vi", "vi"),
        ("vi;q=nonsense, th;q=0.1", "th"),
        ("vi;q=1.5", "vi"),
        (";" * 5000, "en"),
        ("x," * 100000 + "vi", "en"),
        ("\x00\udcff", "en"),
    ],
)
def test_negotiation(header: str, expected: Locale) -> None:
    assert negotiate(header) == expected


RANGES = r"([a-z]{2}|\*)(;q=[01](\.[0-9]{1,3})?)?(,([a-z]{2}|\*)(;q=0\.[0-9])?){0,5}"


@given(st.text() | st.from_regex(RANGES, fullmatch=True))
def test_any_header_gives_one_of_the_six(header: str) -> None:
    assert negotiate(header) in LOCALES


PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Continue"
msgstr "{word}"

#, fuzzy
msgid "Back"
msgstr "?"

msgid "%(count)s file"
msgid_plural "%(count)s files"
msgstr[0] "tệp %(count)s"
"""


def write(directory: Path, word: str, locale: str = "vi") -> Path:
    po = directory / locale / "LC_MESSAGES" / "messages.po"
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(PO.format(word=word), "utf-8")
    return po


def test_catalogues_are_compiled_once_and_again_when_they_change(tmp_path: Path) -> None:
    po = write(tmp_path, "Tiếp tục")
    assert compile_catalogues(tmp_path) == [po.with_suffix(".mo")]
    assert compile_catalogues(tmp_path) == []
    assert is_fresh(po, po.with_suffix(".mo"))
    time.sleep(0.01)
    write(tmp_path, "Sang trang")
    assert compile_catalogues(tmp_path) == [po.with_suffix(".mo")]
    assert Catalogues(tmp_path).translations("vi").gettext("Continue") == "Sang trang"
    assert [each.name for each in po.parent.iterdir() if each.name.startswith(".")] == []


def test_translations(tmp_path: Path) -> None:
    write(tmp_path, "Tiếp tục")
    main([str(tmp_path)])
    catalogues = Catalogues(tmp_path)
    vietnamese = catalogues.translations("vi")
    assert vietnamese is catalogues.translations("vi")
    assert vietnamese.gettext("Continue") == "Tiếp tục"
    assert vietnamese.ngettext("%(count)s file", "%(count)s files", 2) == "tệp %(count)s"
    assert vietnamese.gettext("Back") == "Back", "a fuzzy translation is none"
    assert catalogues.translations("en").gettext("Continue") == "Continue"
    assert N_("Continue") == "Continue"


def test_a_catalogue_that_was_not_compiled_is_compiled_in_memory(tmp_path: Path) -> None:
    po = write(tmp_path, "một")
    assert Catalogues(tmp_path).translations("vi").gettext("Continue") == "một"
    compile_catalogues(tmp_path)
    time.sleep(0.01)
    write(tmp_path, "hai")
    assert Catalogues(tmp_path).translations("vi").gettext("Continue") == "hai"
    compile_catalogues(tmp_path)
    po.unlink()
    assert Catalogues(tmp_path).translations("vi").gettext("Continue") == "hai", "an installation without sources"


def test_two_starts_at_once_leave_one_whole_catalogue(tmp_path: Path) -> None:
    for locale in LOCALES:
        write(tmp_path, "x" * 20_000, locale)
    command = [sys.executable, "-m", "madang.i18n.compile", str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(4)]
    assert [process.wait(60) for process in running] == [0, 0, 0, 0]
    for locale in LOCALES:
        assert Catalogues(tmp_path).translations(locale).gettext("Continue") == "x" * 20_000
        assert len(list((tmp_path / locale / "LC_MESSAGES").iterdir())) == 2
