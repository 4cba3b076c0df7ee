"""The people of the demonstration, as ``people.yaml`` lists them."""

from pathlib import Path

import msgspec
import yaml

from madang.backend.catalogue.templates import DemonstrationPerson


def load_people(path: Path) -> tuple[DemonstrationPerson, ...]:
    """Everybody in the file, in its order. Raises msgspec.ValidationError for one that is not as the contract says, and
    ValueError for two of the same subject."""
    people = msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), tuple[DemonstrationPerson, ...])
    if len({person.subject for person in people}) != len(people):
        raise ValueError(f"{path}: a subject is listed twice")
    return people
