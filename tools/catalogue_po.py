"""The catalogue's texts as PO files, one per language, for translators and Weblate; and back into YAML and TSV.

    python tools/catalogue_po.py export CATALOGUE FOLDER     writes FOLDER/en.po ..., and FOLDER/glossary/en.po ...
    python tools/catalogue_po.py import CATALOGUE FOLDER     writes what was translated there back into the catalogue

The message is the Korean text, its context the file and where in it the text stands. Writing back changes the words
that were translated and nothing else: comments and order of a file stay. Everyday words (``keywords``) are not among
them: they are what people type, not translations.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from madang.backend.catalogue.reading import _Loader
from madang.i18n.locales import CLDR, LOCALES

SOURCE = "ko"
TARGETS = tuple(locale for locale in LOCALES if locale != SOURCE)
COLUMNS = ("title", "summary", "who_short")
GLOSSARY = Path(__file__).parents[1] / "docs" / "glossary.tsv"
SKIPPED = ("registers",)
"""Folders that hold people's data."""


@dataclass(frozen=True)
class Words:
    """A text in a YAML file. ``node``: its mapping by language."""

    context: str
    node: yaml.MappingNode

    def value(self, locale: str) -> yaml.ScalarNode | None:
        return next((value for key, value in self.node.value if key.value == locale), None)


def words(node: yaml.Node | None, where: str) -> Iterator[Words]:
    """Every text below a node."""
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from words(item, f"{where}[{_name(item) or index}]")
    elif isinstance(node, yaml.MappingNode):
        keys = {key.value for key, _ in node.value}
        if SOURCE in keys and keys <= {*LOCALES, "easy"}:
            if all(isinstance(value, yaml.ScalarNode) for key, value in node.value if key.value != "easy"):
                yield Words(where, node)
            for key, value in node.value:
                if key.value == "easy":
                    yield from words(value, f"{where}.easy")
            return
        for key, value in node.value:
            yield from words(value, f"{where}.{key.value}")


def _name(node: yaml.Node) -> str:
    """The id of an entry of a list, so that its context stays when others are put before it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in ("id", "value", "subject") and isinstance(value, yaml.ScalarNode):
                return str(value.value)
    return ""


def files(root: Path) -> Iterator[tuple[Path, str, list[Words]]]:
    for path in sorted(root.rglob("*.yaml")):
        if path.parent.name not in SKIPPED:
            content = path.read_text(encoding="utf-8")
            yield path, content, list(words(yaml.compose(content, _Loader), path.relative_to(root).as_posix()))


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def export(root: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    found = list(files(root))
    for locale in TARGETS:
        catalog = Catalog(locale=CLDR[locale], project="Madang catalogue", version="1", charset="utf-8", fuzzy=False)
        for _, _, texts in found:
            for text in texts:
                source, target = text.value(SOURCE), text.value(locale)
                if source is not None and source.value:
                    catalog.add(source.value, target.value if target else None, context=text.context)
        head, *kinds = rows(root / "national" / "kinds.tsv") or [[]]
        _, written = _translated(root, locale)
        for cells in kinds:
            kind = dict(zip(head, cells, strict=True))
            for column in COLUMNS:
                string = written.get(kind["id"], {}).get(column)
                catalog.add(kind[column], string or None, context=f"national/{kind['id']}.{column}")
        with (folder / f"{locale}.po").open("wb") as file:
            write_po(file, catalog, width=0, sort_output=False)
        print(f"{locale}: {len(catalog)} texts, {sum(not m.string for m in catalog if m.id)} untranslated")


def glossary(folder: Path) -> None:
    """The fixed terms of docs/glossary.tsv, for a glossary component."""
    (folder / "glossary").mkdir(parents=True, exist_ok=True)
    head, *terms = rows(GLOSSARY)
    for locale in TARGETS:
        catalog = Catalog(locale=CLDR[locale], project="Madang glossary", version="1", charset="utf-8", fuzzy=False)
        for cells in terms:
            term = dict(zip(head, cells, strict=False))
            notes = [term["note"]] if term.get("note") else []
            catalog.add(term[SOURCE], term[locale], context=term["key"], auto_comments=notes)
        with (folder / "glossary" / f"{locale}.po").open("wb") as file:
            write_po(file, catalog, width=0, sort_output=False)


def _translated(root: Path, locale: str) -> tuple[list[str], dict[str, dict[str, str]]]:
    head, *found = rows(root / "national" / f"texts.{locale}.tsv") or [["id", *COLUMNS, "keywords"]]
    return head, {cells[0]: dict(zip(head, cells, strict=True)) for cells in found}


def import_(root: Path, folder: Path) -> None:
    given: dict[str, dict[str, str]] = {}
    for locale in TARGETS:
        if (folder / f"{locale}.po").exists():
            with (folder / f"{locale}.po").open("rb") as file:
                po = read_po(file, locale=CLDR[locale])
            good = (m for m in po if m.id and m.string and "fuzzy" not in m.flags)
            given[locale] = {str(m.context): str(m.string) for m in good}
    for path, content, texts in files(root):
        changes: dict[tuple[int, int], str] = {}
        for text in texts:
            for locale, strings in given.items():
                if (string := strings.get(text.context)) is not None:
                    changes |= _change(content, text, locale, string)
        for (start, end), new in sorted(changes.items(), reverse=True):
            content = content[:start] + new + content[end:]
        if changes:
            path.write_text(content, encoding="utf-8")
            print(f"{path.relative_to(root)}: {len(changes)} texts")
    for locale, strings in given.items():
        _import_table(root, locale, strings)


def _change(content: str, text: Words, locale: str, string: str) -> dict[tuple[int, int], str]:
    """The piece of the file to replace; none where it says the same already."""
    node, flow = text.value(locale), text.node.flow_style
    if node is not None:
        start, end = node.start_mark.index, node.end_mark.index
        tail = "\n" if content[start:end].endswith("\n") else ""
        return {} if node.value == string else {(start, end): _scalar(string) + tail}
    if flow:
        place = text.node.end_mark.index - 1
        return {(place, place): f", {locale}: {_scalar(string)}"}
    _, last = text.node.value[-1]
    place = last.end_mark.index
    indent = " " * text.node.value[0][0].start_mark.column
    return {(place, place): f"\n{indent}{locale}: {_scalar(string)}"}


def _scalar(string: str) -> str:
    """As it stands where YAML reads it so, also between braces; else in quotes."""
    plain = f"{{k: {string}}}"
    try:
        read = yaml.load(plain, _Loader)
    except yaml.YAMLError:
        read = None
    return string if read == {"k": string} and "\n" not in string else json.dumps(string, ensure_ascii=False)


def _import_table(root: Path, locale: str, strings: dict[str, str]) -> None:
    path = root / "national" / f"texts.{locale}.tsv"
    head, written = _translated(root, locale)
    before = {identifier: dict(cells) for identifier, cells in written.items()}
    for context, string in strings.items():
        name, _, column = context.removeprefix("national/").rpartition(".")
        if context.startswith("national/") and column in COLUMNS:
            row = written.setdefault(name, {**dict.fromkeys(head, ""), "id": name})
            row[column] = " ".join(string.split())
    if written != before:
        lines = ["\t".join(head), *("\t".join(row[name] for name in head) for row in written.values())]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"national/{path.name}: {sum(written[name] != before.get(name) for name in written)} kinds")


def main(arguments: list[str]) -> int:
    if len(arguments) != 3 or arguments[0] not in ("export", "import"):
        print(__doc__, file=sys.stderr)
        return 2
    if arguments[0] == "export":
        glossary(Path(arguments[2]))
    (export if arguments[0] == "export" else import_)(Path(arguments[1]), Path(arguments[2]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
