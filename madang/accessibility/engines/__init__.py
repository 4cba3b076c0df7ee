"""Engines of others' making, each behind one face."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from madang.accessibility.engines import nu
from madang.accessibility.engines.engine import Engine, EngineFailed, Verdict
from madang.accessibility.engines.injected import axe, ibm, qualweb
from madang.accessibility.engines.install import EnginesUnavailable, install, program
from madang.accessibility.engines.node import Node, alfa, html_validate

NAMES = ("axe", "ibm", "alfa", "qualweb", "html-validate", "nu")

__all__ = ["NAMES", "Engine", "EngineFailed", "EnginesUnavailable", "Verdict", "engines", "install", "not_run"]


def not_run() -> dict[str, str]:
    """Engine -> why it is not run on this machine."""
    why = nu.missing()
    return {"nu": why} if why else {}


@contextmanager
def engines(modules: Path, only: tuple[str, ...] = NAMES) -> Iterator[list[Engine]]:
    """The engines that can run here; what they started ends with the context."""
    with ExitStack() as stack:
        node = Node(program("node") or "node", modules)
        stack.callback(node.close)
        made = [axe(modules), ibm(modules), alfa(modules, node), qualweb(modules), html_validate(modules, node)]
        if not not_run():
            checker = nu.Nu(modules / "vnu-jar/build/dist/vnu.jar")
            stack.callback(checker.close)
            made.append(nu.nu(modules, checker))
        yield [engine for engine in made if engine.name in only]
