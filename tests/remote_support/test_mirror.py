"""The twin is made of what is on a list and of nothing else, whatever the HTML is; and the registry says what a screen
reader would."""

import random
import re

import html5lib
import pytest

from madang.remote_support.mirror import COVERED, analyse, reflect, twin

ALLOWED = {"class", "data-ref", "lang", "dir", "colspan", "rowspan", "scope", "translate", "role", "hidden", "open"}
PAGE = """<!doctype html><html lang="vi"><head><title>Họ tên – Madang</title><style>a{}</style></head><body>
<h1 data-ref="top">Who you are</h1>
<p><a href="/vi/help" data-ref="help">Help</a> <a href="tel:110" data-ref="call">110</a>
<a href="/vi/x.pdf" download data-ref="pdf">PDF</a></p>
<form action="/vi/x" method="post" data-ref="form"><input type="hidden" name="csrf" value="zrq0">
<fieldset aria-describedby="kind-error"><legend>Kind</legend><p id="kind-error" class="err">Choose one</p>
<label class="choice"><input type="radio" id="kind" name="kind" value="a"
 checked data-ref="kind"><span>A<small>first</small></span></label>
<label class="choice"><input type="radio" id="kind-b" name="kind" value="b"
 data-ref="kind-b"><span>B</span></label></fieldset>
<label for="n">Name <span class="soft">(as in the passport)</span></label>
<input class="in" id="n" name="n" value="zrq1" placeholder="zrq2" title="zrq3"
 aria-describedby="n-error" aria-invalid="true" data-ref="n">
<p id="n-error"><span class="vh">Error: </span>Enter it</p>
<label for="t">More</label><textarea id="t" name="t" data-ref="t">zrq4</textarea>
<label for="s">Country</label><select id="s" name="s" data-ref="s"><option value="">Choose
<option value="VN" selected>Việt Nam</select>
<label for="p">Secret</label><input type="password" id="p" name="p" value="zrq5" data-ref="p">
<label for="f">File</label><input type="file" id="f" name="f" data-ref="f">
<button class="btn" name="go" value="zrq6" data-ref="go">Go on</button></form>
<details data-ref="more-box"><summary data-ref="more">More</summary>Text</details>
<dl class="sum"><div>
<dt>Purpose</dt><dd>Bank<br><b>Loan</b></dd><dd><a href="/x" data-ref="change">Change</a></dd></div></dl>
</body></html>"""


def found(html: str) -> list[tuple[str, dict[str, str]]]:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    body = root.find("body")
    return [(str(e.tag), dict(e.attrib)) for e in body.iter() if e is not body]


def test_fields_become_boxes_that_show_what_is_shared() -> None:
    nothing = reflect(PAGE, str, {})
    shared = reflect(PAGE, str, {"n": True, "s": True, "kind": True, "t": True, "p": True, "csrf": True, "f": True})
    assert not re.search(r"zrq|Việt Nam", nothing.html)
    assert 'aria-checked="true"' not in nothing.html
    assert not any(element.value or element.shared or element.options for element in nothing.elements.values())
    assert set(re.findall(r"zrq\d", shared.html)) == {"zrq1", "zrq4"}, "a password and a hidden field never"
    assert "Việt Nam" in shared.html
    assert shared.html.count('aria-checked="true"') == 1
    assert nothing.title == "Họ tên – Madang"


def test_the_registry_says_what_a_screen_reader_says() -> None:
    elements = analyse(PAGE, {"s": True, "kind": True})
    said = {ref: (e.role, e.name, e.error) for ref, e in elements.items()}
    assert said == {
        "top": ("heading", "Who you are", ""),
        "help": ("link", "Help", ""),
        "call": ("outward", "110", ""),
        "pdf": ("outward", "PDF", ""),
        "form": ("form", "", ""),
        "kind": ("radio", "A", "Choose one"),
        "kind-b": ("radio", "B", "Choose one"),
        "n": ("textbox", "Name (as in the passport)", "Error: Enter it"),
        "t": ("textbox", "More", ""),
        "s": ("combobox", "Country", ""),
        "f": ("file", "File", ""),
        "go": ("button", "Go on", ""),
        "more-box": ("element", "", ""),
        "more": ("disclosure", "More", ""),
        "change": ("link", "Change", ""),
    }
    assert elements["s"].options == ("", "VN")
    assert elements["s"].labels == ("Choose", "Việt Nam")
    assert elements["s"].value == "VN"
    assert elements["kind"].value == "checked"


def test_answers_in_a_list_of_answers_are_covered_by_their_place() -> None:
    html = reflect(PAGE, str, {}).html
    assert "Bank" not in html
    assert "Loan" not in html
    assert "Purpose" in html
    assert "Change" in html
    assert COVERED in html


def test_a_value_that_markup_cuts_into_pieces_is_covered() -> None:
    def cover(text: str) -> str:
        return text.replace("Nguyễn Văn An", "•••")

    html = "<!doctype html><p>Chào <b>Nguyễn</b> <i>Văn</i> An, bạn</p><p title='Nguyễn Văn An'>ok</p>"
    made = reflect(html, cover, {})
    assert "Văn" not in made.html
    assert "Chào •••, bạn" in made.html
    assert "ok" in made.html


def test_a_name_of_an_element_that_tells_something_is_no_name() -> None:
    made = reflect(
        '<!doctype html><p data-ref="row:zrq">x</p><p data-ref="row:1">y</p>', lambda t: t.replace("zrq", "•"), {}
    )
    assert set(made.elements) == {"row:1"}
    assert "zrq" not in made.html


def test_a_part_of_a_page_is_the_inside_of_its_element() -> None:
    made = reflect('\n<div id="results" data-ref="results" class="x"><p data-ref="one">1</p></div>\n', str, {})
    assert made.ref == "results"
    assert made.html == '<p data-ref="one">1</p>'
    assert set(made.elements) == {"results", "one"}
    assert reflect("<p>no name</p>", str, {}).ref == ""
    assert reflect("", str, {}).html == ""


_NAMES = """
div p a script style svg math iframe object embed img form input button textarea select option template noscript base
link meta video audio details x-y title body html table td plaintext xmp foreignObject animate isindex frameset
"""
_ATTRIBUTES = """
href src srcset style onclick onload action formaction value id name class data-ref data-x role aria-label aria-owns
srcdoc xlink:href ping target lang hx-get background poster open hidden type is slot contenteditable tabindex autofocus
draggable part nonce accesskey popover popovertarget download
"""
_NEVER = """
script style iframe object embed img form input button textarea select link meta base svg math template video audio
"""
NAMES, ATTRIBUTES, NEVER = _NAMES.split(), _ATTRIBUTES.split(), _NEVER.split()
VALUES = [
    *("javascript:alert(1)", "//evil.example", "https://evil.example/x", "data:text/html,x", "x", "1", "a b"),
    *('"><script>', "expression(1)", "url(//evil.example)", "\x00", "</style>", "row:1", "button", "&#106;avascript:1"),
]
BROKEN = ["<!--", "-->", "<![CDATA[", "]]>", "<?php", "&lt;script&gt;", "&#x3c;script>", "<<", "\x00"]


def hostile(rng: random.Random) -> str:
    parts = ["<!doctype html>" if rng.random() < 0.7 else ""]
    for _ in range(rng.randrange(1, 40)):
        kind = rng.random()
        if kind < 0.6:
            attributes = "".join(
                f" {rng.choice(ATTRIBUTES)}={rng.choice(['', chr(34)])}{rng.choice(VALUES)}{rng.choice(['', chr(34)])}"
                for _ in range(rng.randrange(4))
            )
            parts.append(f"<{rng.choice(NAMES)}{attributes}{rng.choice(['>', '/>', '', '>'])}")
        elif kind < 0.75:
            parts.append(f"</{rng.choice(NAMES)}>")
        elif kind < 0.85:
            parts.append(
                rng.choice(
                    ["<!--", "-->", "<![CDATA[", "]]>", "<?php", "&lt;script&gt;", "&#x3c;script>", "<<", "\x00"]
                )
            )
        else:
            parts.append("text & more")
    return "".join(parts)


@pytest.mark.parametrize("seed", [*range(20), *(pytest.param(n, marks=pytest.mark.full) for n in range(20, 400))])
def test_no_html_gets_anything_through(seed: int) -> None:
    """No control, address, script, style, id or handler: in whatever order and brokenness it comes."""
    rng = random.Random(seed)
    for _ in range(50):
        html = hostile(rng)
        _, inside = twin(html, str, {})
        for tag, attributes in found(inside):
            assert tag not in NEVER, html
            assert "-" not in tag, html
            for name, value in attributes.items():
                assert name in ALLOWED or name.startswith("aria-"), (name, html)
                spoken = name in ("aria-label", "data-ref")
                assert spoken or not re.search(r"evil|script:|url\(", value), html


def test_depth_and_size_are_no_trouble() -> None:
    reflect("<!doctype html>" + "<div>" * 5000 + "deep", str, {})
    assert len(reflect("<!doctype html>" + "<p>x</p>" * 20000, str, {}).html) == 20000 * 8


def test_an_options_value_is_covered_like_its_label() -> None:
    """Among the options of a shared list may be one that is the person's own: then it is not sent at all."""
    page = (
        '<!doctype html><body><main><select name="who" data-ref="who"><option value="">-</option>'
        '<option value="Zrqson">x</option><option value="b">Zrqson</option></select></main>'
    )
    made = reflect(page, lambda text: text.replace("Zrqson", "•••"), {"who": True})
    assert made.elements["who"].options == ("", "b")
    assert made.elements["who"].labels == ("-", "•••")
    assert "Zrqson" not in repr(made)
