"""Whether words lead out of the session: addresses of the web and of mail, names on messengers."""

import re
import unicodedata
from typing import Final

from madang.i18n.digits import fold

_DOT: Final = r"(?:\s*[\[({<]\s*(?:\.|dot|점|点|點|ドット|จุด|chấm)\s*[\])}>]\s*|\s+(?:dot|점|ドット|จุด|chấm)\s+)"
_AT: Final = (
    r"(?:\s*[\[({<]\s*(?:@|at|골뱅이|アットマーク|แอท|a còng)\s*[\])}>]\s*|\s*(?:골뱅이|アットマーク|a còng)\s*)"
)
_ENDING: Final = (
    "com|net|org|info|biz|edu|gov|mil|int|name|pro|app|dev|page|web|site|online|shop|store|club|xyz|top|link|click|live"
    "|work|works|world|today|space|cloud|tech|email|chat|help|support|services|center|agency|team|group|zone|fun|icu|vip"
    "|win|bid|loan|download|mobi|asia|tel|kr|jp|cn|hk|tw|th|vn|sg|my|ph|id|la|kh|mm|np|bd|lk|mn|uz|kz|ru|ua|uk|us|ca|au"
    "|nz|de|fr|nl|ch|be|es|se|fi|dk|pl|cz|eu|br|mx|io|ai|co|cc|tv|gg|ly|ws|pw|tk|ml|ga|cf|gq|su|sh|fm|kakao"
)
_LOCAL_ENDING: Final = "한국|닷컴|닷넷|中国|公司|网络|香港|台灣|台湾|コム|みんな|ไทย|คอม"
_WORDLIKE: Final = frozenset(
    ("my", "us", "ca", "be", "id", "co", "pro", "name", "web", "work", "works", "live", "help", "support", "today")
)
"""Endings that are also words: after a full stop without a space they are a sentence, unless a path follows."""
_HOST: Final = re.compile(
    rf"(?<![\w.@-])((?:[\w-]+\.)+)((?:{_ENDING})(?![a-z0-9-])|(?:{_LOCAL_ENDING})(?!\w))(\s*/\s*[\w?#])?", re.I
)
_CERTAIN: Final = (
    re.compile(r"\b\w{2,24}\s*:\s*/\s*/\s*\S"),
    re.compile(r"\b(?:mailto|tel|sms|javascript|data|file|intent|kakaotalk|line|tg|zalo|weixin)\s*:\s*[^\s:]", re.I),
    re.compile(r"\bwww\s?\d?\s?\.\s?\w", re.I),
    re.compile(r"(?<![\w.-])(?:[\w-]+\.)+[a-z]{2,24}/\w", re.I),
    re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+|/)"),
    re.compile(r"(?<![\w.+-])[\w.+-]+\s?@\s?[\w-]+\s?\.\s?\w{2,}"),
    re.compile(r"(?<![\w@])@[a-z0-9_][a-z0-9_.]{2,}", re.I),
    re.compile(r"\b(?:t\.me|wa\.me|bit\.ly|line\.me|m\.me|zalo\.me|open\.kakao)\b", re.I),
)
_MESSENGER: Final = (
    r"(?:kakao\s?talk|kakao|카카오톡|카카오|카톡|톡|カカオトーク|カカオ|telegram|텔레그램|テレグラム|电报|whats\s?app|왓츠앱|ワッツアップ"
    r"|line|라인|ライン|ไลน์|we\s?chat|위챗|微信|weixin|ウィーチャット|วีแชท|zalo|잘로|viber|skype|스카이프|signal|시그널|qq"
    r"|instagram|insta|인스타그램|인스타|face\s?book|페이스북|messenger|메신저|discord|디스코드|เฟซบุ๊ก|เฟส)"
)
_ID: Final = r"(?:\s*(?:id|i\.d\.|아이디|ＩＤ|号|号码|账号|帐号|ไอดี|user\s?name|account|계정|アカウント|tài khoản))"
_HANDLE: Final = re.compile(
    rf"(?<![a-z]){_MESSENGER}(?:"
    rf"{_ID}?\s*[:=@~]\s*[a-z0-9][\w.-]{{2,}}"
    rf"|{_ID}\s*(?:[는은가이はがも是คือ]|is|là)?\s*[a-z0-9][\w.-]{{2,}}"
    r"|\s+(?=[\w.-]*[a-z])(?=[\w.-]*[\d_])[a-z0-9][\w.-]{3,}"
    r")",
    re.I | re.ASCII,
)


def leads_out(text: str) -> bool:
    """Whether the text holds an address or a messenger's name, plain, full-width or with its dots spelt out."""
    folded = unicodedata.normalize("NFKC", fold(text))
    dotted = re.sub(_AT, "@", re.sub(_DOT, ".", folded, flags=re.I), flags=re.I)
    variants = {
        folded,
        dotted,
        re.sub(r"(?<=\w)\s?\.\s?(?=(?:com|net|org|co|kr|vn|th|cn|jp)\b)", ".", dotted, flags=re.I),
    }
    return any(_holds(variant) for variant in variants)


def _holds(text: str) -> bool:
    if any(pattern.search(text) for pattern in _CERTAIN) or _HANDLE.search(text):
        return True
    return any(
        match[2].lower() not in _WORDLIKE or match[3] is not None or match[1].count(".") > 1
        for match in _HOST.finditer(text)
    )
