"""name: family and given, or a single one; in any script (registry) or as in the passport.

What a name may hold is wide on purpose: letters and marks of every script, spaces, apostrophes, hyphens, dots,
middle dots, commas, slashes and brackets all stand in real names (``S/O``, ``@``, ``A/L``, ``Jr.``). Digits and
pictures do not.
"""

import re
import unicodedata
from typing import Any, Final

from madang.forms.characters import forbidden, is_tidy, tidy
from madang.forms.controls import PARTS, Posted, Raw, one
from madang.forms.errors import Code, FieldError
from madang.forms.fields.base import Context, Known, Parsed, fault, malformed
from madang.forms.model import Field
from madang.forms.values import Display, Name
from madang.i18n.digits import fold
from madang.i18n.locales import Locale

LONGEST: Final = 200
_SIGNS: Final = frozenset(" '’‘ʼʻ`´-‐‑–.,·・･‧•/@()（）\u200c\u200d")  # the marks found in names
_PASSPORT: Final = re.compile(r"[A-Z](?:[A-Z]|[ '-](?=[A-Z]))*'?")


def _name_text(typed: str, *, passport: bool) -> str:
    if passport:
        return re.sub(r"\s+", " ", fold(tidy(typed))).upper()
    return re.sub(r"[ \u3000\u00a0]+", " ", tidy(typed))


def _unfit(text: str) -> str:
    """The characters that no name has, at most five; a name without a letter is all unfit."""
    bad = dict.fromkeys(
        character
        for character in text
        if character not in _SIGNS and not unicodedata.category(character).startswith(("L", "M"))
    )
    if not bad and not any(unicodedata.category(character).startswith("L") for character in text):
        bad = dict.fromkeys(text)
    return " ".join(list(bad)[:5])


class NameField:
    def controls(self, name: str, field: Field, posted: Posted) -> tuple[str, ...]:
        return tuple(f"{name}-{part}" for part in PARTS["name"])

    def missing(self, field: Field) -> Code:
        return "enter"

    def parse(self, name: str, field: Field, posted: Posted, context: Context) -> Parsed:
        passport = field.kind == "passport"
        family, given, single = (
            _name_text(one(posted, f"{name}-{part}"), passport=passport) for part in ("family", "given", "single")
        )
        if one(posted, f"{name}-has-single"):
            # Who says "only one name" and wrote it into either of the other two has said all there is to say.
            single = single or (family if not given else given if not family else "")
            if single:
                return Parsed({"single": single})
            return Parsed(errors=(fault(name, "enter", "single"),)) if family or given or field.required else Parsed()
        if not family and not given:
            return Parsed({"single": single} if single else None)
        if not family:
            return Parsed(errors=(fault(name, "family-name", "family"),))
        if not given:
            return Parsed(errors=(fault(name, "given-name", "given"),))
        return Parsed({"family": family, "given": given})

    def check(self, name: str, field: Field, answer: Any, context: Context) -> tuple[FieldError, ...]:
        if not isinstance(answer, dict) or sorted(answer) not in (["family", "given"], ["single"]):
            return malformed(name, field, context)
        errors: list[FieldError] = []
        for part in ("family", "given", "single"):
            if part in answer:
                errors += self._check_part(name, part, answer[part], field, context)
        return tuple(errors)

    def _check_part(self, name: str, part: str, text: Any, field: Field, context: Context) -> tuple[FieldError, ...]:
        if not isinstance(text, str) or not text:
            return malformed(name, field, context)
        if bad := forbidden(text):
            return (fault(name, "characters", part, characters=bad),)
        if not is_tidy(text):
            return malformed(name, field, context)
        if len(text) > LONGEST:
            return (fault(name, "too-long", part, max=LONGEST, count=len(text)),)
        if field.kind == "passport":
            return () if _PASSPORT.fullmatch(text) else (fault(name, "passport-characters", part),)
        if bad := _unfit(text):
            return (fault(name, "name-characters", part, characters=bad),)
        return ()

    def raw_of(self, name: str, field: Field, answer: Any, locale: Locale) -> Raw:
        raw: Raw = {f"{name}-{part}": (text,) for part, text in answer.items()}
        if "single" in answer:
            raw[f"{name}-has-single"] = ("true",)
        return raw

    def shown(self, field: Field, answer: Any, known: Known) -> Display:
        return Name(**answer, kind="passport" if field.kind == "passport" else "registry")
