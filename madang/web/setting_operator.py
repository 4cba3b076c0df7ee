"""The settings that say who runs the portal: part of ``Settings``."""

import re
from dataclasses import dataclass

from madang.web import setting_readers as readers
from madang.web.setting_field import setting
from madang.web.setting_readers import SettingsError


def _email(name: str, value: str) -> str:
    if not re.fullmatch(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]+", value):
        raise SettingsError(f"{name} is {value!r}, which is no email address; write one as in help@example.org.")
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorSettings:
    """Who answers for the portal. Without a name the statement says that nobody does yet."""

    operator: str = setting(
        "", "OPERATOR", "Agency that runs the portal, as its accessibility statement names it.", readers.text
    )
    operator_email: str = setting(
        "", "OPERATOR_EMAIL", "Address to which people may write about accessibility, beside the form.", _email
    )
