"""PDF/UA-1 after signing, by a validator that is not ours."""

import json
import subprocess
import sys
from pathlib import Path

from madang.backend.issuance.compose import compose
from madang.backend.issuance.sign import PdfSigner
from madang.i18n.locales import LOCALES, Locale
from tests.backend.issuance.samples import NUMBER, URL, with_table


def findings(folder: Path) -> dict[str, list[str]]:
    """outloud's errors and warnings per file."""
    report = folder / "report.json"
    outloud = Path(sys.executable).with_name("outloud")
    command: list[str | Path] = [outloud, "--quiet", "--fail-on", "never", "--json", report, *folder.glob("*.pdf")]
    subprocess.run(command, check=True, capture_output=True)
    results = json.loads(report.read_text())["results"]
    assert all(result["error"] is None for result in results)
    return {
        Path(result["path"]).stem: [
            f"{finding['rule']}: {finding['message']}"
            for finding in result["findings"]
            if finding["severity"] in ("error", "warning")
        ]
        for result in results
    }


def test_signed_certificates_have_no_error_and_no_warning(
    signed: dict[Locale, bytes], signer: PdfSigner, tmp_path: Path
) -> None:
    for locale, pdf in signed.items():
        (tmp_path / f"{locale}.pdf").write_bytes(pdf)
    (tmp_path / "long.pdf").write_bytes(signer.sign(compose(with_table("th", 40), NUMBER, URL), "전자서명"))
    assert findings(tmp_path) == {name: [] for name in (*LOCALES, "long")}


def test_the_validator_sees_a_field_that_is_not_tagged(signed: dict[Locale, bytes], tmp_path: Path) -> None:
    """The control: without its description and its place in the structure the signature field is an error."""
    bare = signed["ko"].replace(b"/StructParent 1/", b"/StructPXrent 1/").replace(b"/TU<", b"/TX<")
    (tmp_path / "bare.pdf").write_bytes(bare)
    assert findings(tmp_path)["bare"]
