"""What our templates are compiled to: Jinja's code, without what our kind of template never needs.

What costs most of a page: making a Markup of every value that is only going to be joined, handing every piece up
through all layouts, asking every called function whether it wants the context, comparing all globals at every import.
"""

import io
from collections.abc import Iterable
from typing import Any, Final

from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape
from markupsafe._native import _escape_inner as _slowly

try:
    from markupsafe._speedups import _escape_inner as _inner
except ImportError:  # no compiled wheel on this machine
    _inner = _slowly

_CONTEXTUAL: Final = frozenset({"_", "gettext", "ngettext", "pgettext", "npgettext"})
"""The only functions in our templates that ask for the context."""


def quick(value: Any) -> str:
    """``value`` as it is written into a page: escaped unless it is Markup, but not made Markup: it is only joined."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]  # just looked
    if kind is str:
        return _inner(value)
    return escape(value)


class PageCode(CodeGenerator):
    """Writes ``quick(...)`` around what is printed, and calls functions and macros directly."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.writeline("from madang.web.compiling import quick")
        self._extends = node.find(nodes.Extends) is not None
        super().visit_Template(node, frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """A block gives its text in one piece, and so does a template that extends none."""
        whole = frame.block is not None or (frame.rootlevel and not self._extends)
        if not whole or frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")
        frame.buffer = None

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("quick(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if isinstance(node.node, nodes.Name) and node.node.name in _CONTEXTUAL:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        whole, self.stream = self.stream, io.StringIO()
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        arguments, self.stream = self.stream.getvalue(), whole
        self.write(f"({arguments.removeprefix(', ')})")


class PageTemplate(Template):
    """Imported macros see the environment's globals and no others: one module of each template is enough."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        if self._module is None:
            self._module = self.make_module()
        return self._module
