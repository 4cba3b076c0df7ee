"""Thai marks are where engines fail: every consonant with every vowel mark and tone mark is found as it was written."""

import subprocess
from pathlib import Path

import pytest
import typst

from madang.backend.issuance import fonts

FOLDER = Path(fonts.__file__).parent
VOWELS = ("", "ั", "ิ", "ี", "ึ", "ื", "ุ", "ู")
TONES = ("", "่", "้", "๊", "๋", "์")


def extracted(lines: list[str]) -> list[str]:
    head = '#set page(width: 3000pt, height: 12000pt)\n#set text(font: "Madang Thai", lang: "th", size: 8pt)\n'
    pdf = typst.compile((head + "\n\n".join(lines)).encode(), font_paths=[str(FOLDER)], ignore_system_fonts=True)
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return [line.replace(" ", "") for line in done.stdout.decode().replace("\f", "").splitlines() if line.strip()]


def test_every_cluster_is_extracted_once() -> None:
    consonants = [chr(code) for code in range(0xE01, 0xE2F)]
    lines = ["ก".join(f"{c}{v}{t}" for t in TONES) for c in consonants for v in VOWELS]
    assert extracted(lines) == lines


@pytest.mark.parametrize("word", ["ตั้งเจริญ", "ขึ้น", "ผู้ยื่น", "เจ้าหน้าที่", "ทั้งนี้", "ถิ่น", "ชื่อ", "กตัญญู"])
def test_words(word: str) -> None:
    assert extracted([word]) == [word]
