"""A twin with parts of it fetched anew, for a desk without a script: there the frame is drawn whole by the server."""

from collections.abc import Sequence
from typing import Any

import msgspec
from lxml import html as markup  # type: ignore[import-untyped]  # ships no types

from madang.remote_support.messages import Fragment, Page


def patched(twin: Page, fragments: Sequence[Fragment]) -> Page:
    """Each fragment takes the place of the inside of the element it names, as the desk's script does it. Both are made
    of the mirror's allow-list, so that what is written here is nothing else."""
    if not fragments:
        return twin
    body: Any = markup.fragment_fromstring(twin.html, create_parent="body")
    elements = dict(twin.elements)
    for fragment in fragments:
        for place in body.xpath("//*[@data-ref=$ref]", ref=fragment.ref)[:1]:
            new: Any = markup.fragment_fromstring(fragment.html, create_parent="div")
            for ref in place.xpath(".//*/@data-ref"):
                elements.pop(str(ref), None)
            tail, attributes = place.tail, dict(place.attrib)
            place.clear()
            place.attrib.update(attributes)
            place.tail, place.text = tail, new.text
            place.extend(list(new))
            elements |= fragment.elements
    whole = markup.tostring(body, encoding="unicode")
    return msgspec.structs.replace(twin, html=whole.removeprefix("<body>").removesuffix("</body>"), elements=elements)
