"""Brings the six catalogues up to date with the code: extracts messages, keeps what is translated, drops what is gone.

Run by ``make messages``. Nothing is ever guessed (no fuzzy entries): a new or changed message is simply untranslated,
and the catalogue test says so. English, the language of the messages, is filled in by itself.
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from madang.i18n.locales import CLDR, LOCALES

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "madang/web/locales"
KEYWORDS = {"_": None, "gettext": None, "_gettext": None, "ngettext": (1, 2), "N_": None}


def extracted() -> Catalog:
    """All messages of code and templates, with where they stand."""
    with (ROOT / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)
    catalog = Catalog(project="Madang", version="1", charset="utf-8", fuzzy=False)
    found = extract_from_dir(ROOT / "madang", [(p.removeprefix("madang/"), m) for p, m in methods], options, KEYWORDS)
    for name, _line, message, comments, context in found:
        catalog.add(message, None, [(f"madang/{name}", None)], auto_comments=comments, context=context)
    return catalog


def update(locale: str, template: Catalog) -> tuple[Catalog, int]:
    """The catalogue of one language, and how many of its messages are untranslated."""
    path = FOLDER / locale / "LC_MESSAGES/messages.po"
    old = Catalog(locale=CLDR[locale])
    if path.exists():
        with path.open("rb") as file:
            old = read_po(file, locale=CLDR[locale])
    new = Catalog(
        locale=CLDR[locale],
        project="Madang",
        version="1",
        charset="utf-8",
        fuzzy=False,
        creation_date=old.creation_date,
        revision_date=old.revision_date,
    )
    missing = 0
    for message in sorted(template, key=lambda m: str(m.id)):
        if not message.id:
            continue
        before = old.get(message.id, message.context)
        string = before.string if before is not None and "fuzzy" not in before.flags else None
        if locale == "en":
            string = message.id
        empty = not string or (isinstance(string, tuple | list) and not all(string))
        missing += bool(empty)
        comments, context = message.auto_comments, message.context
        new.add(message.id, string or None, message.locations, auto_comments=comments, context=context)
    return new, missing


def update_easy(locale: str, template: Catalog) -> int:
    """``easy.po`` of one language without what is gone from the code; how many messages it says."""
    path = FOLDER / locale / "LC_MESSAGES/easy.po"
    with path.open("rb") as file:
        old = read_po(file, locale=CLDR[locale])
    new = Catalog(
        locale=CLDR[locale],
        project="Madang in easy words",
        version="1",
        charset="utf-8",
        fuzzy=False,
        creation_date=old.creation_date,
        revision_date=old.revision_date,
    )
    for message in sorted(old, key=lambda m: str(m.id)):
        now = template.get(message.id, message.context) if message.id else None
        if now is not None and message.string and "fuzzy" not in message.flags:
            new.add(message.id, message.string, now.locations, context=message.context)
    with path.open("wb") as file:
        write_po(file, new, width=120, include_lineno=False)
    return len(new)


def main() -> int:
    template = extracted()
    with (FOLDER / "messages.pot").open("wb") as file:
        write_po(file, template, width=120, sort_output=True, omit_header=True, include_lineno=False)
    for locale in LOCALES:
        catalog, missing = update(locale, template)
        path = FOLDER / locale / "LC_MESSAGES/messages.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalog, width=120, include_lineno=False)
        print(
            f"{locale}: {len(catalog)} messages, {missing} untranslated; {update_easy(locale, template)} in easy words"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
