"""Fills in the demonstration's people and registers, once for each version of their files."""

import hashlib
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from madang.backend.catalogue.reading import CatalogueInvalid, Reader
from madang.backend.catalogue.templates import DemonstrationPerson, Register
from madang.backend.tables import marks, people, registers
from madang.contract.messages.identity import Person

MARK: Final = "demonstration"


def seed(connection: Connection, catalogue: Path) -> bool:
    """Replaces people and registers by those of the files when these changed; True when they did. A catalogue without
    ``people.yaml`` is an operator's own: nothing is touched. Raises CatalogueInvalid."""
    path = catalogue / "people.yaml"
    if not path.exists():
        return False
    sources = [path, *sorted((catalogue / "registers").glob("*.yaml"))]
    parts = (part for source in sources for part in (source.name.encode(), source.read_bytes()))
    version = hashlib.sha256(b"\0".join(parts)).hexdigest()
    known = connection.execute(select(marks.c.value).where(marks.c.name == MARK)).scalar()
    if known == version:
        return False
    reader = Reader(catalogue)
    persons = reader.read(path, tuple[DemonstrationPerson, ...]) or ()
    held = {source.stem: reader.read(source, Register) or {} for source in sources[1:]}
    if reader.mistakes:
        raise CatalogueInvalid(reader.mistakes)
    connection.execute(delete(registers))
    connection.execute(delete(people))
    for evidence, register in held.items():
        for subject, record in register.items():
            connection.execute(insert(registers).values(evidence=evidence, subject=subject, record=record))
    for person in persons:
        evidences = tuple(sorted(name for name, register in held.items() if person.subject in register))
        connection.execute(insert(people).values(subject=person.subject, person=as_person(person, evidences)))
    if known is None:
        connection.execute(insert(marks).values(name=MARK, value=version))
    else:
        connection.execute(update(marks).where(marks.c.name == MARK).values(value=version))
    return True


def as_person(person: DemonstrationPerson, holds: tuple[str, ...]) -> Person:
    """The contract's Person, without what only the demonstration provider needs."""
    fields = {name: getattr(person, name) for name in Person.__struct_fields__}
    return msgspec.convert({**fields, "holds": holds}, Person, from_attributes=True)
