"""A catalogue that was read and checked once, kept in one file: a start then takes what is in it and reads no YAML.

The file's name is a digest of every file of the catalogue and of the code that reads them, so that it is never stale.
"""

import hashlib
import logging
from pathlib import Path
from typing import Final

import msgspec

from madang.backend.catalogue import loader
from madang.backend.catalogue.loader import Holdings
from madang.backend.catalogue.templates import Codes, DemonstrationPerson, DocumentTemplate, Register
from madang.contract.messages.catalogue import Catalogue
from madang.files import write

log = logging.getLogger("madang.backend")
FOLDER: Final = "catalogue"
_CODE: Final = ("backend/catalogue", "contract/messages", "forms", "i18n")
"""Folders of the package on which what is kept depends."""


class Compiled(msgspec.Struct, frozen=True):
    """``encoded``: the catalogue as it is published."""

    encoded: bytes
    templates: dict[str, DocumentTemplate]
    codes: Codes
    people: tuple[DemonstrationPerson, ...]
    registers: dict[str, Register]
    lines: dict[str, int]


def load(root: Path, data: Path, demonstration: bool = True) -> Holdings:
    """The catalogue below ``root``, from ``data`` when it was compiled there before. Raises CatalogueInvalid."""
    path = data / FOLDER / f"{_digest(root, demonstration)}.msgpack"
    try:
        return _opened(msgspec.msgpack.decode(path.read_bytes(), type=Compiled))
    except FileNotFoundError:
        pass
    except (OSError, msgspec.MsgspecError) as error:
        log.warning("the compiled catalogue cannot be used: %s", error)
    holdings = loader.load(root, demonstration)
    try:
        _write(path, holdings)
    except OSError as error:
        log.warning("the compiled catalogue cannot be written: %s", error.strerror)
    return holdings


def _opened(kept: Compiled) -> Holdings:
    catalogue = msgspec.json.decode(kept.encoded, type=Catalogue)
    return Holdings(
        catalogue=catalogue,
        encoded=kept.encoded,
        services={service.identifier: service for service in catalogue.services},
        forms={form.key: form for form in catalogue.forms},
        authorities={authority.id: authority for authority in catalogue.authorities},
        templates=kept.templates,
        codes=kept.codes,
        people=kept.people,
        registers=kept.registers,
        lines=kept.lines,
    )


def _write(path: Path, holdings: Holdings) -> None:
    """As a whole or not at all; what was compiled before is removed."""
    kept = Compiled(
        encoded=holdings.encoded,
        templates=dict(holdings.templates),
        codes=holdings.codes,
        people=holdings.people,
        registers=dict(holdings.registers),
        lines=dict(holdings.lines),
    )
    write(path, msgspec.msgpack.encode(kept))
    for old in path.parent.glob("*.msgpack"):
        if old != path:
            old.unlink(missing_ok=True)


def _digest(root: Path, demonstration: bool) -> str:
    package = Path(__file__).parents[2]
    code = (path for folder in _CODE for path in sorted((package / folder).rglob("*.py")))
    files = (path for path in sorted(root.rglob("*")) if path.suffix in (".yaml", ".tsv"))
    digest = hashlib.sha256(b"%d" % demonstration)
    for path in (*code, *files):
        content = path.read_bytes()
        digest.update(f"{path.name}:{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()[:32]
