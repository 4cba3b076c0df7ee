"""The settings of remote support: part of ``Settings``."""

# ruff: noqa: RUF009 -- setting is dataclasses.field with our metadata

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from madang.remote_support.phrasebook import PhrasesInvalid, load
from madang.web import setting_readers as readers
from madang.web.setting_field import setting
from madang.web.setting_operator import OperatorSettings
from madang.web.setting_readers import SettingsError

LONGEST_RECORDING: Final = 365
"""Days."""


def _phrases(name: str, value: str) -> Path:
    """A folder of phrases that can be used: a wrong one is told at the start, and not to an agent on the telephone."""
    folder = readers.existing(name, value)
    try:
        load(folder)
    except PhrasesInvalid as error:
        raise SettingsError(f"{name}: {error}") from None
    return folder


def _recording(name: str, value: str) -> int:
    """Days that a recording is kept; 0 for ``off``."""
    if value.lower() == "off":
        return 0
    if not re.fullmatch(r"[0-9]{1,3}", value) or not 1 <= int(value) <= LONGEST_RECORDING:
        raise SettingsError(
            f"{name} is {value!r}; set it to off, or to how many days a recording is kept, 1 to {LONGEST_RECORDING}."
        )
    return int(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportSettings(OperatorSettings):
    """What the operator decided about remote support. ``MADANG_SUPPORT=no`` leaves nothing of it but its telephone
    number."""

    support: bool = setting(True, "SUPPORT", "Whether agents may help citizens on their pages.", readers.flag)
    support_telephone: str = setting(
        "110", "SUPPORT_TELEPHONE", "Number that a citizen calls to read the code out.", readers.text
    )
    support_agency: str = setting(
        "정부민원안내콜센터", "SUPPORT_AGENCY", "Name of the agency that the agents work for.", readers.text
    )
    support_code_minutes: int = setting(
        3, "SUPPORT_CODE_MINUTES", "How long a code can be entered.", readers.number(1, 15)
    )
    support_consent_minutes: int = setting(
        5, "SUPPORT_CONSENT_MINUTES", "How long a citizen may think about letting an agent in.", readers.number(1, 30)
    )
    support_grace_seconds: int = setting(
        120,
        "SUPPORT_GRACE_SECONDS",
        "A citizen whose connection is lost may come back for so long.",
        readers.number(10, 900),
    )
    support_idle_minutes: int = setting(
        15,
        "SUPPORT_IDLE_MINUTES",
        "Remote support in which nobody does anything ends after so many minutes.",
        readers.number(1, 60),
    )
    support_minutes: int = setting(
        60, "SUPPORT_MINUTES", "Remote support ends after so many minutes in any case.", readers.number(5, 240)
    )
    support_connections: int = setting(
        4000,
        "SUPPORT_CONNECTIONS",
        "Connections of remote support that a worker holds, two for each session.",
        readers.number(2, 20000),
    )
    support_phrases: Path | None = setting(
        None, "SUPPORT_PHRASES", "Folder of phrases of your own, beside those of the phrasebook.", _phrases
    )
    support_recording: int = setting(
        0,
        "SUPPORT_RECORDING",
        "`off`, or for how many days the recording of a session is kept whose citizen has agreed to that, too.",
        _recording,
        shown="`off`",
    )
    translate_url: str = setting(
        "",
        "TRANSLATE_URL",
        "A translation service with LibreTranslate's interface, for what is written in a chat.",
        readers.address("http", "https"),
    )
    translate_key: str = setting("", "TRANSLATE_KEY", "Its key.", readers.text, secret=True, shown="none")
    sms_url: str = setting(
        "",
        "SMS_URL",
        "A gateway of text messages: it is posted JSON, `to` and `text`. A backend that runs apart has its own.",
        readers.address("http", "https"),
    )
    sms_key: str = setting("", "SMS_KEY", "Its key, sent as a bearer token.", readers.text, secret=True, shown="none")
