"""Every address of the route table, sound and bent."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from madang.i18n.locales import Locale
from madang.web.links import PATHS
from madang.web.routes import DEMONSTRATION, TABLE, Row

PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
"""A variable of a path, with its convertor."""
ROWS: tuple[Row, ...] = (*TABLE, *DEMONSTRATION)
BENT: dict[str, str] = {
    "unknown": "no-such-thing",
    "unknown number": "7K3M-92QF-4XTA-C8WE",
    "digits": "0" * 40,
    "negative": "-1",
    "huge number": "9" * 400,
    "long": "a" * 3000,
    "longer than any": "a" * 5000,
    "NUL": "a%00b",
    "control": "a%07%1bb",
    "line break": "a%0d%0aSet-Cookie:%20x=y",
    "broken percent": "a%zz%",
    "half percent": "%e",
    "not UTF-8": "%ff%fe%80",
    "overlong": "%c0%af%c0%ae",
    "lone surrogate": "%ed%a0%80",
    "right to left": quote("a\u202eb\u200b\ufeff"),
    "combining": quote("é" * 3 + "e\u0301" * 200),
    "emoji": quote("👩‍👩‍👧‍👦" * 20),
    "full width": quote("．．／ａ"),
    "line separator": quote("a\u2028b\u0085c"),
    "dots": "..",
    "encoded dots": "%2e%2e",
    "traversal": "..%2f..%2f..%2fetc%2fpasswd",
    "doubly encoded": "%252e%252e%252f",
    "backslashes": "..%5c..%5cwindows",
    "slash": "a%2fb",
    "doubled slash": "a//b",
    "empty": "",
    "space": "%20",
    "quote": "%22%3e%3cimg%20src=x%20onerror=alert(1)%3e",
    "template": quote("{{7*7}}${7*7}<%=7*7%>"),
    "SQL": quote("' OR '1'='1'; DROP TABLE drafts;--"),
    "format": quote("%s%n%(x)s{0}"),
    "null": "null",
    "percent": "%25",
    "semicolon": "a;b=c",
    "dot file": ".git",
}


def address(row: Row, locale: Locale, parts: dict[str, str]) -> str:
    """The row's path with ``parts``, already percent-encoded."""
    template = row.path or PATHS[row.name]
    if "/applications/" in template and "application" in parts:
        parts = {**parts, "number": parts["application"]}
    return PARAMETER.sub(r"{\1}", template).format(lang=locale, **parts)


def variables(row: Row) -> list[str]:
    return [name for name in PARAMETER.findall(row.path or PATHS[row.name]) if name != "lang"]


def bent(row: Row, locale: Locale, parts: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(what is wrong, the address) for each of the row's variables in turn, and for what may stand around it."""
    sound = address(row, locale, parts)
    for name in variables(row):
        given = {**parts, name: ""}
        if name == "number":
            given.pop("application", None)
        for kind, value in BENT.items():
            yield f"{name} {kind}", address(row, locale, {**given, name: value})
    yield "doubled slash before", "/" + sound
    yield "doubled slash", sound.replace("/", "//", 2)
    yield "slash behind", sound + "/"
    yield "dots behind", sound + "/../" * 3
    yield "capitals", sound.upper()
    yield "query of rubbish", sound + "?" + "&".join(f"x{i}=%ff%00" for i in range(5))
    yield "query not UTF-8", sound + "?q=%ff&number=%fe"
    yield "query NUL", sound + "?q=%00&number=%00&to=%00"
    yield "query control", sound + "?q=a%07%1b%c2%85&number=%07%1b%c2%85&to=%07&kept=%07&kind=%07"
    yield "query repeated", sound + "?" + "q=a&number=b&to=/en/&kept=c&page=2&state=d&code=e&" * 20
    yield "query long", sound + "?q=" + "x" * 4090
    yield "query longest", sound + "?q=" + "x" * 9000
    yield "query brackets", sound + "?q[]=1&q[a][b]=2&page=-1&page=1e9&page=99999999999999999999"
    yield "query half", sound + "?q=%e&=&&&;?#"
    yield "fragment", sound + "#there"
