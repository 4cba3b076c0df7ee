"""Appends one revision to a PDF that our typesetter wrote: an invisible, tagged signature field.

pyHanko can do this for any PDF, in five times the time of everything else; ours have one producer, a classic
cross-reference table and flat objects, so a few exact edits are enough. Whatever is not as expected raises
RevisionError rather than making a document that is not PDF/UA-1 any more. What PDF/UA wants of a signature field: it
is in the structure tree (a Form element with an object reference, found by its StructParent), it says what it is (TU,
Contents), and its page is read in structure order (Tabs S, which typst writes)."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

_ENTRY: Final = 20
"""Bytes of one entry of a classic cross-reference table."""
_TRAILER: Final = re.compile(
    rb"trailer\s*<</Size (\d+)/Root (\d+) 0 R/Info (\d+) 0 R/ID\[(\([^()\\]*\))\([^()\\]*\)\]>>\s*"
    rb"startxref\s*(\d+)\s*%%EOF\s*\Z"
)
_TABLE: Final = re.compile(rb"xref\s+0 (\d+)\s*?\n")
_BYTE_RANGE: Final = b"/ByteRange[0 0000000000 0000000000 0000000000]"


class RevisionError(RuntimeError):
    """The PDF is not built as the typesetter builds them."""


@dataclass
class Prepared:
    """A PDF that waits for its signature. ``start`` and ``end`` bound the hexadecimal string, brackets included."""

    pdf: bytearray
    start: int
    end: int

    def signed_parts(self) -> tuple[memoryview, memoryview]:
        """The bytes the signature covers: everything but the string."""
        view = memoryview(self.pdf)
        return view[: self.start], view[self.end :]

    def fill(self, cms: bytes) -> bytes:
        """The signed PDF."""
        room = self.end - self.start - 2
        text = cms.hex().encode("ascii")
        if len(text) > room:
            raise RevisionError("the signature is larger than the room reserved for it")
        self.pdf[self.start + 1 : self.end - 1] = text.ljust(room, b"0")
        return bytes(self.pdf)


class _Document:
    """Reads single objects of the typeset PDF."""

    def __init__(self, pdf: bytes) -> None:
        trailer = _TRAILER.search(pdf, max(0, len(pdf) - 400))
        if not trailer:
            raise RevisionError("no trailer as typst writes it")
        self.pdf = pdf
        self.size, self.root, self.info, self.table = (int(trailer[group]) for group in (1, 2, 3, 5))
        self.first_id = trailer[4]
        head = _TABLE.match(pdf, self.table)
        if not head or int(head[1]) != self.size:
            raise RevisionError("no cross-reference table as typst writes it")
        self._entries = head.end()

    def dictionary(self, number: int) -> bytes:
        """The inside of ``<<...>>`` of object ``number``."""
        at = self._entries + number * _ENTRY
        offset = int(self.pdf[at : at + 10])
        head = b"%d 0 obj\n<<" % number
        end = self.pdf.find(b">>\nendobj", offset)
        if not self.pdf.startswith(head, offset) or end < 0:
            raise RevisionError(f"object {number} is no dictionary")
        return self.pdf[offset + len(head) : end]


def _one(pattern: bytes, text: bytes) -> re.Match[bytes]:
    found = re.search(pattern, text)
    if not found:
        raise RevisionError(f"{pattern!r} is missing")
    return found


def _reference(name: bytes, text: bytes) -> int:
    return int(_one(rb"/%s (\d+) 0 R" % name, text)[1])


def _text(value: str) -> bytes:
    """A PDF text string."""
    return b"<FEFF" + value.encode("utf-16-be").hex().encode("ascii") + b">"


def prepare(pdf: bytes, description: str, reserve: int, moment: dt.datetime) -> Prepared:
    """``pdf`` with the field appended. ``description`` tells a screen reader what the field is; ``reserve`` is the room
    for the signature in bytes; ``moment`` (aware) is the signing time. Raises RevisionError."""
    document = _Document(pdf)
    catalog = document.dictionary(document.root)
    pages_number, tree_number = _reference(b"Pages", catalog), _reference(b"StructTreeRoot", catalog)
    last_page = int(_one(rb"/Kids\[(?:\d+ 0 R ?)*?(\d+) 0 R\]", document.dictionary(pages_number))[1])
    page, tree = document.dictionary(last_page), document.dictionary(tree_number)
    top_number = int(_one(rb"/K\[(\d+) 0 R\]", tree)[1])
    top = document.dictionary(top_number)
    key = int(_one(rb"/ParentTreeNextKey (\d+)", tree)[1])
    if b"/Annots" in page or b"/AcroForm" in catalog or b"/Tabs/S" not in page:
        raise RevisionError("the page has annotations already, or no tab order")
    widget, form, signature = (document.size + index for index in range(3))
    label = _text(description)

    objects = {
        document.root: catalog
        + b"/AcroForm<</Fields[%d 0 R]/SigFlags 3>>/Perms<</DocMDP %d 0 R>>" % (widget, signature),
        last_page: page + b"/Annots[%d 0 R]" % widget,
        top_number: _insert(rb"/K\[[^\]]*()\]", top, b" %d 0 R" % form),
        tree_number: re.sub(
            rb"/ParentTreeNextKey \d+",
            b"/ParentTreeNextKey %d" % (key + 1),
            _insert(rb"/ParentTree<</Nums\[[^\]]*()\]", tree, b" %d %d 0 R" % (key, form)),
        ),
        widget: b"/Type/Annot/Subtype/Widget/FT/Sig/T(Signature)/TU%s/Contents%s/Rect[0 0 0 0]/F 132/P %d 0 R"
        b"/StructParent %d/V %d 0 R" % (label, label, last_page, key, signature),
        form: b"/Type/StructElem/S/Form/P %d 0 R/Pg %d 0 R/Alt%s/K[<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>]"
        % (top_number, last_page, label, widget, last_page),
    }
    placeholder = b"<" + b"0" * (2 * reserve) + b">"
    objects[signature] = (
        b"/Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached%s/M(D:%s+00'00')/Reference[<</Type/SigRef"
        b"/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2/P 1>>>>]/Contents%s"
        % (_BYTE_RANGE, moment.astimezone(dt.UTC).strftime("%Y%m%d%H%M%S").encode("ascii"), placeholder)
    )
    return _assemble(document, objects, placeholder)


def _insert(pattern: bytes, text: bytes, addition: bytes) -> bytes:
    """``text`` with ``addition`` put where the pattern's empty group stands."""
    at = _one(pattern, text).end(1)
    return text[:at] + addition + text[at:]


def _assemble(document: _Document, objects: dict[int, bytes], placeholder: bytes) -> Prepared:
    """Old bytes, new objects, a table of them, a trailer; then the byte range, whose digits have their room."""
    out = bytearray(document.pdf)
    if not out.endswith(b"\n"):
        out += b"\n"
    offsets: dict[int, int] = {}
    for number, inside in sorted(objects.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n<<%s>>\nendobj\n" % (number, inside)
    table = len(out)
    out += b"xref\n"
    for number, offset in offsets.items():
        out += b"%d 1\n%010d 00000 n\r\n" % (number, offset)
    out += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[%s(%s)]/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        max(offsets) + 1, document.root, document.info, document.first_id, document.first_id[1:-1][::-1],
        document.table, table,
    )  # fmt: skip
    newest = offsets[max(offsets)]
    start = out.index(placeholder, newest)
    end = start + len(placeholder)
    at = out.index(_BYTE_RANGE, newest)
    out[at : at + len(_BYTE_RANGE)] = b"/ByteRange[0 %010d %010d %010d]" % (start, end, len(out) - end)
    return Prepared(out, start, end)
