"""Every setting of the portal: one frozen dataclass, read once from the environment and passed down.

Each field says in its metadata which ``MADANG_`` variable it is and what it means; ``docs/configuration.md`` is made
from that, and a test keeps it true. A wrong one raises ``SettingsError``: one sentence that says how to mend it.
"""

# ruff: noqa: RUF009 -- setting is dataclasses.field with our metadata

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from madang.contract.endpoints import Group
from madang.web import setting_readers as readers
from madang.web.data_folder import own_secret, prepare_data
from madang.web.setting_field import setting
from madang.web.setting_readers import SettingsError, is_loopback
from madang.web.setting_rules import GROUPS, check
from madang.web.setting_support import SupportSettings

LOG_LEVELS: Final = ("debug", "info", "warning", "error")

__all__ = ["Settings", "SettingsError"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(SupportSettings):
    """What the operator decided. Make it with ``Settings.from_environment``; tests may use ``dataclasses.replace``."""

    host: str = setting("127.0.0.1", "HOST", "Address to listen on; `0.0.0.0` for all.", readers.text)
    port: int = setting(8000, "PORT", "Port to listen on.", readers.number(1, 65535))
    base_url: str = setting(
        "",
        "BASE_URL",
        "Address the public uses. It must be https unless it is this machine.",
        readers.address("http", "https"),
        shown="`http://` + host + `:` + port",
    )
    allowed_hosts: tuple[str, ...] = setting(
        (),
        "ALLOWED_HOSTS",
        "Host names that are answered, beside that of the base URL.",
        readers.hosts,
    )
    trusted_proxies: tuple[readers.Network, ...] = setting(
        (),
        "TRUSTED_PROXIES",
        "Addresses or networks of proxies whose `X-Forwarded-For` is believed.",
        readers.networks,
    )
    workers: int = setting(1, "WORKERS", "Worker processes; one that dies is started again.", readers.number(1, 64))
    data: Path = setting(
        Path("var"),
        "DATA",
        "Folder of everything that is written: database, sessions, keys, snapshots.",
        readers.path,
        shown="`var`",
    )
    secret_keys: tuple[str, ...] = setting(
        (),
        "SECRET_KEYS",
        "Keys of 32 characters or more, newest first: the first signs and seals, all are accepted.",
        readers.keys,
        secret=True,
        shown="made at first start in `secret` in the data folder",
    )
    database_url: str = setting(
        "",
        "DATABASE_URL",
        "Database of the embedded backend: `postgresql://...`.",
        readers.database,
        secret=True,
        shown="SQLite in the data folder",
    )
    redis_url: str = setting(
        "",
        "REDIS_URL",
        "Redis or Valkey for sessions and limits, needed once several machines serve the portal.",
        readers.address("redis", "rediss", "unix"),
        secret=True,
        shown="SQLite in the data folder",
    )
    backend_urls: Mapping[Group, str] = setting(
        MappingProxyType({}),
        "BACKEND_URL",
        "Address of the backend. `MADANG_BACKEND_URL_` and the name of an API group ("
        + ", ".join(group.upper() for group in GROUPS)
        + ") sets that group's own.",
        readers.address("http", "https"),
        shown="embedded",
    )
    backend_secrets: tuple[str, ...] = setting(
        (),
        "BACKEND_SECRET",
        "Key shared with the backends: it signs who calls. Several while it is changed, the new one first.",
        readers.keys,
        secret=True,
        shown="from the secret keys",
    )
    oidc_issuer: str = setting(
        "",
        "OIDC_ISSUER",
        "Issuer of the OpenID Connect provider.",
        readers.address("http", "https"),
        shown="the demonstration provider",
    )
    oidc_client_id: str = setting("madang", "OIDC_CLIENT_ID", "The portal's client id there.", readers.text)
    oidc_client_secret: str = setting(
        "", "OIDC_CLIENT_SECRET", "The portal's client secret there.", readers.text, secret=True, shown="none"
    )
    oidc_scopes: tuple[str, ...] = setting(("openid", "profile"), "OIDC_SCOPES", "Scopes to ask for.", readers.words)
    oidc_acr_values: tuple[str, ...] = setting(
        (),
        "OIDC_ACR_VALUES",
        "Assurance levels to ask for, weakest first: that for `low`, `substantial` and `high`.",
        readers.words,
    )
    oidc_roles_claim: str = setting(
        "roles",
        "OIDC_ROLES_CLAIM",
        "The claim that lists a person's roles; dots lead into it, as in `realm_access.roles`.",
        readers.claim,
    )
    demonstration: bool = setting(
        False,
        "DEMONSTRATION",
        "Whether a public address may run with the demonstration people and key.",
        readers.flag,
    )
    session_idle_minutes: int = setting(
        15, "SESSION_IDLE_MINUTES", "A session ends after so many minutes without use.", readers.number(2, 240)
    )
    session_hours: int = setting(
        8, "SESSION_HOURS", "A session ends after so many hours in any case.", readers.number(1, 24)
    )
    signing_key: Path | None = setting(
        None,
        "SIGNING_KEY",
        "PEM file of the key that signs documents.",
        readers.existing,
        shown="a demonstration key, made at first start",
    )
    signing_certificate: Path | None = setting(
        None,
        "SIGNING_CERTIFICATE",
        "PEM file of its certificate and chain.",
        readers.existing,
        shown="that of the demonstration key",
    )
    former_certificates: tuple[Path, ...] = setting(
        (),
        "FORMER_CERTIFICATES",
        "PEM files of earlier signing certificates and their chains, whose documents stay genuine.",
        readers.existing_all,
    )
    issuers: int = setting(1, "ISSUERS", "Processes that typeset documents, in each worker.", readers.number(1, 32))
    catalogue: Path | None = setting(
        None,
        "CATALOGUE",
        "Folder of the services and forms that the embedded backend publishes.",
        readers.existing,
        shown="the bundled one",
    )
    catalogue_seconds: int = setting(
        60, "CATALOGUE_SECONDS", "How often the portal asks for a new catalogue.", readers.number(1, 86400)
    )
    form_kib: int = setting(256, "FORM_KIB", "Largest form that is accepted, in KiB.", readers.number(16, 10240))
    upload_mib: int = setting(10, "UPLOAD_MIB", "Largest upload that is accepted, in MiB.", readers.number(1, 100))
    client_requests: int = setting(
        600, "CLIENT_REQUESTS", "Requests a minute from one client, cached pages apart.", readers.number(1, 1000000)
    )
    in_flight: int = setting(
        32, "IN_FLIGHT", "Requests a worker handles at once; more are asked to come back.", readers.number(1, 10000)
    )
    page_cache_mib: int = setting(
        32, "PAGE_CACHE_MIB", "Memory of a worker for cached pages, in MiB.", readers.number(1, 4096)
    )
    kiosk_key: str = setting(
        "",
        "KIOSK_KEY",
        "What is typed at `/en/kiosk/device` to make a device a kiosk, or an ordinary one again.",
        readers.passphrase,
        secret=True,
        shown="none: there are no kiosks",
    )
    kiosk_seconds: int = setting(
        90, "KIOSK_SECONDS", "Seconds without a touch after which a kiosk asks who is there.", readers.number(20, 900)
    )
    voice: str = setting(
        "",
        "VOICE",
        "Path of `espeak-ng`, which reads pages aloud where a device has no voice; `off` for none.",
        readers.program,
        shown="where the system has it",
    )
    log_level: str = setting(
        "info",
        "LOG_LEVEL",
        "`debug`, `info`, `warning` or `error`; debug may log personal data.",
        readers.choice(*LOG_LEVELS),
    )
    metrics_token: str = setting(
        "",
        "METRICS_TOKEN",
        "Bearer token for `/metrics`.",
        readers.key,
        secret=True,
        shown="this machine alone may read them",
    )
    security_contact: str = setting(
        "",
        "SECURITY_CONTACT",
        "Where weaknesses are reported: `mailto:...` or `https://...`.",
        readers.text,
        shown="the help page",
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "data", self.data.absolute())
        if not self.base_url:
            named = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104  (compared, not bound)
            named = f"[{named}]" if ":" in named else named
            object.__setattr__(self, "base_url", f"http://{named}:{self.port}")

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def is_local(self) -> bool:
        """Whether the public address is this very machine."""
        return is_loopback(urlsplit(self.base_url).hostname or "")

    @property
    def hosts(self) -> frozenset[str]:
        """Every Host header that is answered, in lower case, with its port where one is written."""
        parts = urlsplit(self.base_url)
        port = f":{parts.port}" if parts.port else ""
        default = f":{443 if self.is_https else 80}"  # which browsers leave out
        names = {parts.netloc.lower(), parts.netloc.lower().removesuffix(default), *self.allowed_hosts}
        return frozenset(
            names | {f"{name}{port}" for name in ("127.0.0.1", "localhost", "[::1]")} if self.is_local else names
        )

    @property
    def assertion_keys(self) -> tuple[str, ...]:
        """Keys of the assertions to the backend, newest first."""
        return self.backend_secrets or self.derived_keys("backend")

    @property
    def support_works(self) -> bool:
        """Whether remote support is offered: several workers share live sessions through Redis alone."""
        return self.support and (bool(self.redis_url) or self.workers == 1)

    @property
    def backend_database(self) -> str:
        """URL of the embedded backend's database."""
        return self.database_url or f"sqlite:///{self.data / 'madang.sqlite'}"

    def derived_keys(self, purpose: str) -> tuple[str, ...]:
        """A key of 64 hex digits for one purpose from each secret key: no two purposes ever share one."""
        label = b"madang/" + purpose.encode()
        return tuple(hmac.new(key.encode(), label, hashlib.sha256).hexdigest() for key in self.secret_keys)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Reads every ``MADANG_`` variable. Makes the data folder, and the secret in it when none is given.

        Raises ``SettingsError`` at the first one that is unknown, malformed or at odds with another."""
        settings = cls(**read_environment(cls, environ))
        check(settings)
        prepare_data(settings.data)
        return settings if settings.secret_keys else replace(settings, secret_keys=(own_secret(settings.data),))


def contents_of(variable: str, path: str) -> str:
    """The secret in a file, as container platforms hand them over, without its last line end."""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise SettingsError(
            f"{variable} names {path}, which cannot be read; correct the path or its permissions."
        ) from None


def read_environment(cls: type[Settings], environ: Mapping[str, str]) -> dict[str, Any]:
    """The values that ``environ`` sets, by field name. An empty variable counts as not set."""
    given = {name: value for name, value in environ.items() if name.startswith("MADANG_")}
    values: dict[str, Any] = {}
    for known in fields(cls):
        variable, read = known.metadata["variable"], known.metadata["read"]
        value, source = given.pop(variable, ""), given.pop(f"{variable}_FILE", "") if known.metadata["secret"] else ""
        if value and source:
            raise SettingsError(f"{variable} and {variable}_FILE are both set; keep one of them.")
        value = contents_of(f"{variable}_FILE", source) if source else value
        if known.name == "backend_urls":
            urls = {group: given.pop(f"{variable}_{group.upper()}", "") or value for group in GROUPS}
            values[known.name] = MappingProxyType({group: read(variable, url) for group, url in urls.items() if url})
        elif value:
            values[known.name] = read(variable, value)
    if given:
        raise SettingsError(f"{min(given)} is not a setting; docs/configuration.md lists them all.")
    return values
