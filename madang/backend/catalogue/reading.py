"""YAML as its version 1.2 reads it, and where in a file a mistake stands.

PyYAML reads YAML 1.1, where ``no`` is false, ``09:00`` is 540 and ``03051`` is 1577: answers, hours and postcodes.
Here only
``true``, ``false``, ``null`` and plain numbers are not text; dates stay text, too, and a key given twice is a mistake.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import yaml

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Mistake:
    """``file`` is relative to the catalogue, ``line`` counts from 1 and is 0 when unknown; ``text`` says what to do."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}" if self.line else f"{self.file}: {self.text}"


class CatalogueInvalid(Exception):
    """The files cannot be served; ``mistakes`` says why."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.mistakes = mistakes


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]  # the C loader when libyaml is there
    yaml_implicit_resolvers: dict[str, Any] = {}  # PyYAML's own way of configuring a class

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = key_node.value
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} is given twice", key_node.start_mark
                )
            seen.add(key)
        result: dict[Any, Any] = super().construct_mapping(node, deep)
        return result


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", "n~"),
    ("int", r"[-+]?(0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(0|[1-9][0-9]*)\.[0-9]+", "-+0123456789"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))
_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^$"), [""])

_STEP: Final = re.compile(r"\.?([A-Za-z0-9_-]+)|\[(\d+)\]|\[([^\]]+)\]")
_ANY: Final = "[...]"


class Reader:
    """Reads files below ``root`` into structs and collects the mistakes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.mistakes: list[Mistake] = []

    def report(self, path: Path, text: str, line: int = 0) -> None:
        self.mistakes.append(Mistake(str(path.relative_to(self.root)), line, text))

    def read(self, path: Path, kind: type[T]) -> T | None:
        """The file as ``kind``; None after its mistakes were reported."""
        try:
            content = path.read_text(encoding="utf-8")
            raw = yaml.load(content, _Loader)  # noqa: S506  # a safe loader with fewer implicit types
        except FileNotFoundError:
            self.report(path, "This file is missing: write it, an empty list is enough")
            return None
        except UnicodeDecodeError as error:
            self.report(path, "This file is not UTF-8: save it as UTF-8", error.object[: error.start].count(b"\n") + 1)
            return None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            self.report(path, f"Not YAML: {getattr(error, 'problem', error)}", mark.line + 1 if mark else 0)
            return None
        if raw is None and getattr(kind, "__origin__", None) is tuple:
            raw = []
        try:
            return msgspec.convert(raw, kind)
        except msgspec.ValidationError as error:
            sentence, _, where = str(error).partition(" - at `$")
            where = _named(raw, kind, sentence, where.rstrip("`"))
            self.report(path, f"{sentence}{f' at {where}' if where else ''}", self._line(content, where))
            return None

    @staticmethod
    def _line(content: str, where: str) -> int:
        """The line that a path leads to, as near as it says: ``.key``, ``[index]``, or ``[id]`` of an entry."""
        node = yaml.compose(content, _Loader)
        for name, index, identifier in _STEP.findall(where):
            if isinstance(node, yaml.MappingNode) and name:
                found = [value for key, value in node.value if key.value == name]
            elif isinstance(node, yaml.SequenceNode) and index:
                found = node.value[int(index) : int(index) + 1]
            elif isinstance(node, yaml.SequenceNode) and identifier:
                found = [entry for entry in node.value if _identifies(entry, identifier)]
            else:
                found = []
            if not found:
                break
            node = found[0]
        return node.start_mark.line + 1 if node is not None else 0

    def line_of(self, path: Path, *steps: str | int) -> int:
        """The line of a key or an entry, for mistakes that are found after reading; 0 when it is not there."""
        return self.line_at(path, "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps))

    def line_at(self, path: Path, where: str) -> int:
        """The same of a path such as ``pages[purpose].title``."""
        return self._line(path.read_text(encoding="utf-8"), where)


def _identifies(entry: yaml.Node, identifier: str) -> bool:
    """Whether an entry of a list is the one of that id."""
    return isinstance(entry, yaml.MappingNode) and any(
        key.value in ("id", "value") and value.value == identifier for key, value in entry.value
    )


def _named(raw: Any, kind: Any, sentence: str, where: str) -> str:
    """msgspec's path with names in place of "[...]", which stands for any key: that key is to blame that alone, without
    the others, makes the same mistake."""
    while _ANY in where:
        before, _, after = where.partition(_ANY)
        mapping = raw
        for name, index, _ in _STEP.findall(before):
            if isinstance(mapping, dict):
                mapping = mapping.get(name)
            else:
                mapping = mapping[int(index)] if isinstance(mapping, list) and index else None
        if not isinstance(mapping, dict):
            break
        whole = dict(mapping)
        try:
            guilty = next((key for key in whole if _alone(raw, kind, mapping, {key: whole[key]}, sentence)), None)
        finally:
            mapping.clear()
            mapping.update(whole)
        if not isinstance(guilty, str):
            break
        where = f"{before}.{guilty}{after}"
    return where


def _alone(raw: Any, kind: Any, mapping: dict[Any, Any], entry: dict[Any, Any], sentence: str) -> bool:
    mapping.clear()
    mapping.update(entry)
    try:
        msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        return str(error).startswith(sentence)
    return False
