"""Reads PDFs back for the tests, as a screen reader or a person who copies text would."""

import io
import re
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pypdf


def extracted(pdf: bytes) -> str:
    """The text in logical order, by poppler where it is installed, else by pypdf."""
    try:
        done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
        return done.stdout.decode("utf-8")
    except FileNotFoundError:
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def unspaced(text: str) -> str:
    """Without any space: where lines break is the page's business, which characters stand there is not."""
    return re.sub(r"[\s\u00a0\u3000]+", "", text)


@dataclass
class Element:
    """One node of the structure tree; ``lang`` is inherited."""

    kind: str
    lang: str
    alt: str = ""
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def walk(self) -> list["Element"]:
        return [self, *(found for child in self.children for found in child.walk())]


def structure(pdf: bytes) -> Element:
    """The structure tree, read from the file itself."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        return _element(root.StructTreeRoot.K[0], str(root.Lang))


def _element(node: Any, lang: str) -> Element:
    own = str(node.get("/Lang", lang))
    element = Element(str(node.S).removeprefix("/"), own, str(node.get("/Alt", "")))
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            element.children.append(_element(child, own))
    return element


def fonts_of(pdf: bytes, folder: Path) -> list[str]:
    """Names of the embedded fonts, subset prefixes removed."""
    path = folder / "fonts.pdf"
    path.write_bytes(pdf)
    names: set[str] = set()
    with pikepdf.open(path) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                names.add(re.sub(r"^/[A-Z]{6}\+", "", str(item.FontName)))
    return sorted(names)
