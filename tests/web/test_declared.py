"""A template interpolates what a page or the shell declares, and nothing else: so that ``mask`` knows all of it."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from jinja2 import nodes

from madang.i18n.messages import Catalogues
from madang.web import wiring
from madang.web.assets import Assets
from madang.web.page import Page, visibilities
from madang.web.render import Shell
from madang.web.settings import Settings
from madang.web.templating import TEMPLATES, LocaleEnvironment
from tests.web.test_page import PAGES

# No pages: the frames of an agent and of a guardian, which hold a twin that has passed both layers, and the citizen's
# banner, fetched anew.
ALONE = {"layouts/frame.html", "pages/desk/frame.html", "pages/support/beside_frame.html", "pages/support/banner.html"}
NAMES = sorted({path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")} - ALONE)
GIVEN = {"page", "shell", "loop", "caller", "self", "super", "varargs", "kwargs", "language_form"}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> LocaleEnvironment:
    data = tmp_path_factory.mktemp("data")
    settings = Settings.from_environment({"MADANG_DEMONSTRATION": "yes", "MADANG_DATA": str(data)})
    locales = Path(wiring.__file__).parent / "locales"
    return wiring.environments(settings, Catalogues(locales), Assets())["en"]


def test_templates_are_given_nothing_but_page_and_shell(environment: LocaleEnvironment) -> None:
    for name in NAMES:
        tree = environment.parse((TEMPLATES / name).read_text(encoding="utf-8"))
        loaded = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
        around = (TEMPLATES / name).parent.glob("*.html") if Path(name).name.startswith("_") else ()  # included there
        set_by = {own for path in around for own in _own(environment.parse(path.read_text(encoding="utf-8")))}
        unknown = loaded - _own(tree) - set_by - set(environment.globals) - GIVEN
        assert not unknown, f"{name}: {unknown}"


def test_templates_take_declared_fields_of_them(environment: LocaleEnvironment) -> None:
    pages = [kind for _, kind in PAGES]
    allowed = {
        "page": {name for kind in pages for name in (*visibilities(kind), *_more(kind))},
        "shell": set(visibilities(Shell)),
    }
    for name in NAMES:
        tree = environment.parse((TEMPLATES / name).read_text(encoding="utf-8"))
        own = _own(tree)
        for node in tree.find_all(nodes.Getattr):
            if isinstance(node.node, nodes.Name) and node.node.name in allowed and node.node.name not in own:
                assert node.attr in allowed[node.node.name], f"{name}: {node.node.name}.{node.attr}"


def _own(tree: nodes.Template) -> set[str]:
    """What a template names itself: variables, parameters, macros and what it imports."""
    found = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    found |= {node.name for node in tree.find_all(nodes.Macro)}
    for node in tree.find_all(nodes.FromImport):
        found |= {name if isinstance(name, str) else name[1] for name in node.names}
    return found


def _more(kind: type[Page]) -> set[str]:
    """Properties and methods, which only tell what the fields do."""
    return {
        name
        for each in kind.__mro__
        for name, value in vars(each).items()
        if callable(value) or isinstance(value, property)
    }


def _parts(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        yield hint
    for inner in get_args(hint):
        yield from _parts(inner)


@pytest.mark.parametrize(("name", "kind"), [*PAGES, ("Shell", Shell)])
def test_parts_of_pages_declare_their_fields(name: str, kind: type) -> None:
    """Also what a page is made of; of FieldError and what forms show, ``mask`` knows by itself, and preferences leave
    nothing of themselves (``Preferences.masked``)."""
    seen: set[type] = set()
    left = [kind]
    while left:
        part = left.pop()
        if part in seen or part.__module__.startswith(("madang.forms", "madang.accessibility")):
            continue
        seen.add(part)
        for hint, _ in visibilities(part).values():
            left += _parts(hint)
