"""Signed PDF/UA-1 certificates per core-second, and the memory of the process that makes them.

    python bench/certificates.py [COUNT]

Processor time, not wall clock, so that what else runs on the machine counts little. Each certificate differs in name,
number and QR code; each language is measured in a process of its own, as an issuing process is.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.table import Row, at_least, at_most
from madang.backend.issuance.process import MEMORY

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ("ko", "en", "ja", "zh", "th", "vi")


class Figures(msgspec.Struct):
    """Milliseconds of processor time: the median of all ("all": the mean), of them typesetting and signing; peak memory
    in MiB; the size of the last document in bytes."""

    locale: str
    median: float
    typesetting: float
    signing: float
    peak: float
    size: int


def measure(locale: str, count: int) -> Figures:
    """``count`` certificates in ``locale`` ("all": the six in turn), in this process."""
    from madang.backend.issuance.cms import build_template_apart
    from madang.backend.issuance.compose import compose
    from madang.backend.issuance.identity import ensure_identity
    from madang.backend.issuance.sign import PdfSigner
    from madang.contract.numbers import new_document_number, new_secret
    from tests.backend.issuance.samples import certificate

    with tempfile.TemporaryDirectory() as folder:
        identity = ensure_identity(Path(folder) / "key.pem", Path(folder) / "chain.pem")
    signer = PdfSigner(identity, build_template_apart(identity.chain))
    typesetting, signing = [], []
    size = 0
    for index in range(count + 12):
        language = LOCALES[index % 6] if locale == "all" else locale
        content = certificate(language, person=f"김하늘 {index}")  # type: ignore[arg-type]
        start = time.process_time()
        pdf = compose(content, new_document_number(), f"https://minwon.example/ko/verify/{new_secret()}")
        middle = time.process_time()
        size = len(signer.sign(pdf, "발급기관의 전자서명"))
        end = time.process_time()
        if index >= 12:
            typesetting.append((middle - start) * 1000)
            signing.append((end - middle) * 1000)
    whole = sorted(map(sum, zip(typesetting, signing, strict=True)))
    mean = sum(whole) / count if locale == "all" else whole[count // 2]
    return Figures(locale, mean, sorted(typesetting)[count // 2], sorted(signing)[count // 2], peak_mib(), size)


def peak_mib() -> float:
    """The most memory this process ever had. Not ``ru_maxrss``: that counts what its parent had before it, too."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def run(count: int) -> list[Figures]:
    """One process per language, and one for all."""
    found = []
    for locale in (*LOCALES, "all"):
        command = [sys.executable, __file__, "--one", locale, str(count)]
        done = subprocess.run(command, capture_output=True, check=True, cwd=ROOT, env=os.environ | MEMORY)
        found.append(msgspec.json.decode(done.stdout, type=Figures))
    return found


def rows() -> list[Row]:
    """All six languages in turn, and each alone."""
    found = {one.locale: one for one in run(60)}
    whole = found["all"]
    slowest = max(found.values(), key=lambda one: one.median)
    worst = max(one.peak for one in found.values())
    more = f" ({whole.median:.1f} ms, of them {whole.signing:.1f} signing; Korean {found['ko'].median:.1f} ms, slowest"
    more += f" {slowest.locale} {slowest.median:.1f} ms)"
    return [
        at_least("Signed PDF/UA-1 certificates per core-second", 1000 / whole.median, 100, "", more),
        at_most("An issuing process, at its peak", worst, 90, "MiB", f" (one language alone {found['ko'].peak:.0f})"),
    ]


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        sys.stdout.buffer.write(msgspec.json.encode(measure(sys.argv[2], int(sys.argv[3]))))
        return
    print(f"{'language':<9}{'ms':>7}{'typeset':>9}{'sign':>7}{'per core-second':>17}{'KiB':>7}{'peak MiB':>10}")
    for one in run(int(sys.argv[1]) if len(sys.argv) > 1 else 150):
        print(
            f"{one.locale:<9}{one.median:>7.2f}{one.typesetting:>9.2f}{one.signing:>7.2f}{1000 / one.median:>17.0f}"
            f"{one.size / 1024:>7.0f}{one.peak:>10.0f}"
        )


if __name__ == "__main__":
    main()
