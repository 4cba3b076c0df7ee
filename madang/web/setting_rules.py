"""What settings must be together: each may be valid alone and still unsafe or at odds with another."""

from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, get_args
from urllib.parse import urlsplit

from madang.contract.endpoints import Group
from madang.web.setting_readers import SettingsError, is_loopback, is_own_network

if TYPE_CHECKING:
    from madang.web.settings import Settings

GROUPS: Final[tuple[Group, ...]] = get_args(Group)


def check(settings: "Settings") -> None:
    """Refuses settings that are each valid, but not together or not safe."""
    parts = urlsplit(settings.base_url)
    if parts.path not in {"", "/"} or parts.query or parts.fragment or parts.username or not parts.hostname:
        raise SettingsError("MADANG_BASE_URL is only scheme, host and port, such as https://www.example.org.")
    if not settings.is_https and not settings.is_local:
        raise SettingsError(
            "MADANG_BASE_URL is http but not this machine; set it to an address that begins with https://."
        )
    if 0 < len(settings.backend_urls) < len(GROUPS):
        absent = min(set(GROUPS) - set(settings.backend_urls))
        raise SettingsError(
            f"The API group {absent} has no backend; set MADANG_BACKEND_URL_{absent.upper()} or MADANG_BACKEND_URL."
        )
    if settings.backend_urls and settings.database_url:
        raise SettingsError("MADANG_DATABASE_URL is the embedded backend's; unset it or MADANG_BACKEND_URL.")
    for name, url in (
        ("MADANG_OIDC_ISSUER", settings.oidc_issuer),
        *(("MADANG_BACKEND_URL", u) for u in settings.backend_urls.values()),
    ):
        if name == "MADANG_OIDC_ISSUER" and url.startswith("http://") and not is_loopback(urlsplit(url).hostname or ""):
            raise SettingsError(f"{name} is http but not this machine; set it to an address that begins with https://.")
    if settings.translate_key and not settings.translate_url:
        raise SettingsError("MADANG_TRANSLATE_KEY is the key of MADANG_TRANSLATE_URL; set that, too.")
    translator = urlsplit(settings.translate_url)
    if translator.scheme == "http" and not is_own_network(translator.hostname or ""):
        raise SettingsError(
            "MADANG_TRANSLATE_URL is http but not in your own network; set it to an address that begins with https://."
        )
    if (settings.signing_key is None) != (settings.signing_certificate is None):
        raise SettingsError("Set both MADANG_SIGNING_KEY and MADANG_SIGNING_CERTIFICATE, or neither.")
    if not settings.is_local and not settings.demonstration:
        if not settings.oidc_issuer:
            raise SettingsError(
                "A public address needs MADANG_OIDC_ISSUER; or set MADANG_DEMONSTRATION=yes to show made-up people."
            )
        if not settings.backend_urls and settings.signing_key is None:
            raise SettingsError(
                "A public address needs MADANG_SIGNING_KEY; or set MADANG_DEMONSTRATION=yes to sign without worth."
            )
    for name, wanted, package, extra in (
        ("MADANG_REDIS_URL", bool(settings.redis_url), "redis", "redis"),
        ("MADANG_DATABASE_URL", settings.database_url.startswith("postgresql"), "psycopg", "postgresql"),
    ):
        if wanted and find_spec(package) is None:
            raise SettingsError(f"{name} needs a driver that is not installed: pip install 'madang[{extra}]'.")
    if settings.redis_url and not settings.is_local and not settings.secret_keys:
        raise SettingsError(
            "With MADANG_REDIS_URL several machines share sessions; give them all the same MADANG_SECRET_KEYS."
        )
    if settings.session_idle_minutes > settings.session_hours * 60:
        raise SettingsError("MADANG_SESSION_IDLE_MINUTES is longer than MADANG_SESSION_HOURS; make it shorter.")
    if settings.security_contact and not settings.security_contact.startswith(("mailto:", "https://")):
        raise SettingsError("MADANG_SECURITY_CONTACT must begin with mailto: or https://.")
