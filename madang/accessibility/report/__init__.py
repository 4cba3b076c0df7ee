"""The report: what is known of a site's accessibility, from evidence, in the formats that others read."""

from pathlib import Path

from madang.accessibility.report.about import About
from madang.accessibility.report.compiled import compiled
from madang.accessibility.report.earl import earl
from madang.accessibility.report.openacr import openacr
from madang.accessibility.report.tables import kwcag_csv, page


def write_report(evidence_folder: Path, out_folder: Path, about: About | None = None) -> list[Path]:
    """Writes the report on the evidence in ``evidence_folder`` into ``out_folder`` (made if need be) and gives the
    files: EARL 1.0 as JSON-LD, OpenACR as YAML, the 33 items of KWCAG as CSV, and a page to read. ``about``: the site
    that was tested, this portal where nothing is said. The same evidence gives the same bytes. Raises OSError."""
    report, told = compiled(evidence_folder), about or About.portal()
    out_folder.mkdir(parents=True, exist_ok=True)
    made = {
        "earl.json": earl(report, told),
        "openacr.yaml": openacr(report, told),
        "kwcag.csv": kwcag_csv(report),
        "conformance.html": page(report, told),
    }
    paths = []
    for name, content in made.items():
        path = out_folder / name
        path.write_bytes(content)
        paths.append(path)
    return paths
