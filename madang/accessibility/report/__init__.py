"""The report: what is known of a site's accessibility, from evidence, in the formats that others read."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from madang.accessibility.audit.waivers import Waiver
from madang.accessibility.report.about import About
from madang.accessibility.report.compiled import Report, compiled
from madang.accessibility.report.earl import earl
from madang.accessibility.report.openacr import openacr
from madang.accessibility.report.tables import kwcag_csv, page

_MADE: Final[dict[str, Callable[[Report, About], bytes]]] = {
    "earl.json": earl,
    "openacr.yaml": openacr,
    "kwcag.csv": lambda report, about: kwcag_csv(report),
    "conformance.html": page,
}
FILES: Final = tuple(_MADE)


def write_report(
    evidence_folder: Path,
    out_folder: Path,
    about: About | None = None,
    *,
    set_aside: tuple[Waiver, ...] | None = None,
    only: tuple[str, ...] = FILES,
) -> list[Path]:
    """Writes the report on the evidence in ``evidence_folder`` into ``out_folder`` (made if need be) and gives the
    files: EARL 1.0 as JSON-LD, OpenACR as YAML, the 33 items of KWCAG as CSV, and a page to read; or those of ``only``.
    ``about``: the site that was tested, this portal where nothing is said. ``set_aside``: the waivers that hold, those
    of this portal where nothing is said. The same evidence gives the same bytes. Raises OSError."""
    report, told = compiled(evidence_folder, set_aside), about or About.portal()
    out_folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name in only:
        path = out_folder / name
        path.write_bytes(_MADE[name](report, told))
        paths.append(path)
    return paths
