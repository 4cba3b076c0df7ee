"""One Jinja Environment per locale, its messages translated when a template is compiled.

A ``gettext`` looked up at render time costs at every call and is invisible inside imported macros; here a constant
message becomes a constant of the compiled template. Catalogue texts (``Text``) are resolved by the filter ``t``.
"""

import gettext
import hashlib
from collections.abc import Callable, Mapping, MutableMapping
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from madang.i18n.locales import HTML_LANG, Locale
from madang.i18n.text import Text
from madang.web import compiling
from madang.web.compiling import PageCode, PageTemplate

TEMPLATES: Final = Path(__file__).parent / "templates"
_GETTEXT: Final = frozenset({"_", "gettext"})


class _TranslateConstants(NodeTransformer):
    """Replaces ``_("...")`` by its translation; with placeholders, by a formatting of the translation."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        self._translate = translate

    def visit_Call(self, node: nodes.Call, *args: Any, **kwargs: Any) -> nodes.Node:
        self.generic_visit(node)
        message = node.args[0] if node.args else None
        if not (
            isinstance(node.node, nodes.Name)
            and node.node.name in _GETTEXT
            and isinstance(message, nodes.Const)
            and isinstance(message.value, str)
        ):
            return node
        translated = self._translate(message.value)
        if node.kwargs:
            function = nodes.Name("_format", "load", lineno=node.lineno)
            constant = nodes.TemplateData(translated, lineno=node.lineno)
            return nodes.Call(function, [constant], node.kwargs, None, None, lineno=node.lineno)
        return nodes.TemplateData(translated.replace("%%", "%"), lineno=node.lineno)


def _format(message: str, **values: Any) -> Markup:
    return Markup(message) % values  # noqa: S704 -- our own catalogue's text; Markup escapes the values


class LocaleEnvironment(Environment):
    """Environment of one language. ``translations`` are those of its catalogue."""

    code_generator_class = PageCode
    template_class = PageTemplate

    def __init__(
        self, locale: Locale, translations: gettext.NullTranslations, cache: BytecodeCache | None, *, easy: bool = False
    ) -> None:
        super().__init__(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=cache,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
            cache_size=-1,
        )
        self.policies["ext.i18n.trimmed"] = True
        self.translations = translations
        self.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
        self._constants = _TranslateConstants(translations.gettext)
        self.globals["_format"] = _format
        self.globals["locale"] = locale
        self.globals["html_lang"] = HTML_LANG[locale]
        self.globals["easy_words"] = easy
        self.filters["t"] = text_filter(locale, easy=easy)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """One dict: Jinja's chain of two is copied item by item for each page."""
        return {**self.globals, **d} if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        translated: nodes.Template = self._constants.visit(tree)
        return translated


def text_filter(locale: Locale, *, easy: bool = False) -> Callable[[Text], Markup]:
    """The filter ``t``: a Text in the page's language; where it fell back, marked with the language it is in.
    ``easy``: in easy words where it has some."""

    own = attrgetter(locale)

    def t(text: Text) -> Markup:
        wanted = own(text)
        if wanted:
            return Markup.escape(wanted)
        resolved = text.resolve(locale)
        return Markup('<span lang="{}" class="fallback">{}</span>').format(HTML_LANG[resolved.locale], resolved.text)

    return (lambda text: t(text.easiest)) if easy else t


def environment(
    locale: Locale,
    translations: gettext.NullTranslations,
    cache: Path | None,
    globals_: Mapping[str, Any],
    filters: Mapping[str, Callable[..., Any]],
    *,
    easy: bool = False,
) -> LocaleEnvironment:
    """An environment ready to render; ``cache`` is a folder of compiled templates, keyed by the catalogue's content."""
    bytecode = None
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        bytecode = FileSystemBytecodeCache(str(cache))
    result = LocaleEnvironment(locale, translations, bytecode, easy=easy)
    result.globals.update(globals_)
    result.filters.update(filters)
    return result


def fingerprint(translations: gettext.NullTranslations) -> str:
    """A name for one state of a catalogue and of the code that compiles templates with it."""
    content = repr(sorted(getattr(translations, "_catalog", {}).items(), key=str))
    code = [Path(file).stat().st_mtime_ns for file in (__file__, compiling.__file__)]
    return hashlib.sha256(f"{content}{code}".encode()).hexdigest()[:16]
