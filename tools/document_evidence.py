"""Reads every document back, in six languages, and writes what was seen: ``data/evidence/documents.json``.

Run by ``make document-evidence`` (three minutes on a quiet machine); a test says when it must be run again.
"""

import datetime as dt
import hashlib
import json
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
for _folder in ("", "tests", "tests/backend", "tests/forms", "tests/backend/issuance"):
    sys.path.insert(0, str(ROOT / _folder))

import outloud  # noqa: E402

from madang.backend.issuance.compose import compose  # noqa: E402
from madang.backend.issuance.identity import ensure_identity  # noqa: E402
from madang.backend.issuance.sign import PdfSigner  # noqa: E402
from madang.i18n.locales import LOCALES  # noqa: E402
from tests.backend.issuance.certificates import documents, holdings, issued, problems  # noqa: E402
from tests.backend.issuance.samples import NUMBER, URL  # noqa: E402

EVIDENCE = ROOT / "madang/accessibility/data/evidence/documents.json"
LONG = 3
"""Every third document is read back under a long name, too."""


def inputs() -> str:
    """What the documents are made of, as one hash: other inputs, other documents."""
    digest = hashlib.sha256()
    issuance, data = ROOT / "madang/backend/issuance", ROOT / "madang/backend/data/documents"
    for path in (
        issuance / "template.typ",
        issuance / "words.py",
        issuance / "revision.py",
        *sorted(data.glob("*.yaml")),
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def main() -> int:
    held = holdings()
    names = documents(held)
    found: list[str] = []
    statuses: dict[str, Counter[str]] = defaultdict(Counter)
    read = 0
    with tempfile.TemporaryDirectory() as folder:
        signer = PdfSigner(ensure_identity(Path(folder) / "key.pem", Path(folder) / "chain.pem"))
        for place, name in enumerate(names):
            for locale in LOCALES:
                for long in (False, True) if place % LONG == 0 else (False,):
                    made = issued(held, name, locale, long=long)
                    pdf = signer.sign(compose(made.content, NUMBER, URL), "발급기관의 전자서명")
                    wrong, result = problems(pdf, made.content, NUMBER, Path(folder))
                    found += [f"{name} {locale}: {each}" for each in wrong]
                    read += 1
                    for row in result.criteria["wcag22"]:
                        statuses[row["id"]][row["status"]] += 1
    criteria = {}
    for number, seen in statuses.items():
        if set(seen) != {"manual"}:
            criteria[number] = {
                "states": read,
                "failed": seen["fail"] + seen["warning"],
                "cant_tell": seen["manual"] + seen["not-tested"],
                "waived": 0,
                "by": ["outloud"],
            }
    content = {
        "made": dt.datetime.now(dt.UTC).date().isoformat(),
        "inputs": inputs(),
        "validator": f"outloud {outloud.__version__}",
        "kinds": len(names),
        "documents": read,
        "problems": len(found),
        "criteria": criteria,
    }
    EVIDENCE.parent.mkdir(parents=True, exist_ok=True)
    EVIDENCE.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print("\n".join(found) or f"{read} documents of {len(names)} kinds: no problem")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
