"""Compiles gettext catalogues: ``python -m madang.i18n.compile [DIRECTORY]``, quick when nothing changed.

A ``.mo`` carries the modification time of the ``.po`` it was made from: equal times mean fresh, whichever way the
``.po`` changed. It is written beside and renamed, so that a reader never sees half a file and two starts at once do
no harm.
"""

import io
import os
import sys
from pathlib import Path
from typing import Final

DOMAIN: Final = "messages"
EASY: Final = "easy"
"""The messages whose usual words are not easy, said in easy ones."""
DOMAINS: Final = (DOMAIN, EASY)


def is_fresh(po: Path, mo: Path) -> bool:
    """Whether ``mo`` was compiled from ``po`` as it is now."""
    try:
        return po.stat().st_mtime_ns == mo.stat().st_mtime_ns
    except FileNotFoundError:
        return False


def mo_bytes(po: Path) -> bytes:
    """The compiled form of ``{locale}/LC_MESSAGES/{domain}.po``, without fuzzy entries.

    Raises Babel's ``PoFileError`` when it is broken.
    """
    # Babel's reader is only needed where a catalogue changed, so a normal start does not pay for it.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with po.open("rb") as stream:
        # The locale is told by the directory: Babel drops the plural forms of a catalogue that names no language.
        catalogue = read_po(stream, locale=po.parts[-3], domain=po.stem, abort_invalid=True)
    target = io.BytesIO()
    write_mo(target, catalogue, use_fuzzy=False)
    return target.getvalue()


def compile_catalogues(directory: Path) -> list[Path]:
    """Compiles each ``{locale}/LC_MESSAGES/{domain}.po`` that changed. Returns the ``.mo`` files it wrote."""
    written = []
    for po in sorted(po for domain in DOMAINS for po in directory.glob(f"*/LC_MESSAGES/{domain}.po")):
        mo = po.with_suffix(".mo")
        if is_fresh(po, mo):
            continue
        before = po.stat()  # taken first: a change while we read leaves the times unequal
        data = mo_bytes(po)
        beside = mo.with_name(f".{mo.name}.{os.getpid()}.{os.urandom(4).hex()}")
        try:
            beside.write_bytes(data)
            os.utime(beside, ns=(before.st_atime_ns, before.st_mtime_ns))
            beside.replace(mo)
        finally:
            beside.unlink(missing_ok=True)
        written.append(mo)
    return written


def main(arguments: list[str]) -> int:
    """Compiles the directory named, or the portal's own."""
    directory = Path(arguments[0]) if arguments else Path(__file__).parents[1] / "web" / "locales"
    for mo in compile_catalogues(directory):
        sys.stdout.write(f"compiled {mo}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
