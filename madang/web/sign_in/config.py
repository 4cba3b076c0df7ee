"""What the sign-in needs to be told, taken from the settings once."""

from dataclasses import dataclass
from typing import Final

from madang.contract.messages.catalogue import Assurance
from madang.web.settings import Settings

DEMONSTRATION_PATH: Final = "/demo-sign-in"
"""Where the embedded demonstration provider is mounted when no issuer is set."""
CALLBACK_PATH: Final = "/sign-in/callback"
SIGNED_OUT_PATH: Final = "/sign-out/callback"
LEVELS: Final[tuple[Assurance, ...]] = ("low", "substantial", "high")
_WELL_KNOWN: Final[dict[str, Assurance]] = {
    **{level: level for level in LEVELS},
    **{f"http://eidas.europa.eu/LoA/{level}": level for level in LEVELS},
}
_PREFERENCE: Final[tuple[Assurance, ...]] = ("substantial", "high", "low")
"""Most services ask for substantial; whoever has stronger means is welcome, whoever has weaker may still read."""


@dataclass(frozen=True, slots=True)
class SignInConfig:
    """``acr_values``: the provider's own names of its assurance levels, weakest first, or empty for a provider that
    has none or says low, substantial and high. ``roles_claim``: name or dotted path of the claim that lists roles."""

    issuer: str
    base_url: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...]
    acr_values: tuple[str, ...]
    roles_claim: str
    session_seconds: int

    @classmethod
    def from_settings(cls, settings: Settings) -> "SignInConfig":
        base = settings.base_url.rstrip("/")
        return cls(
            issuer=settings.oidc_issuer or base + DEMONSTRATION_PATH,
            base_url=base,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            scopes=settings.oidc_scopes if "openid" in settings.oidc_scopes else ("openid", *settings.oidc_scopes),
            acr_values=settings.oidc_acr_values,
            roles_claim=settings.oidc_roles_claim,
            session_seconds=settings.session_hours * 3600,
        )

    @property
    def embedded(self) -> bool:
        """Whether the provider is the demonstration one inside this very application."""
        return self.issuer == self.base_url + DEMONSTRATION_PATH

    @property
    def redirect_uri(self) -> str:
        return self.base_url + CALLBACK_PATH

    @property
    def post_logout_redirect_uri(self) -> str:
        return self.base_url + SIGNED_OUT_PATH

    def level(self, acr: object) -> Assurance | None:
        """The contract's name of the provider's ``acr``; None for one that means nothing here."""
        if not isinstance(acr, str):
            return None
        if self.acr_values:
            return dict(zip(self.acr_values, LEVELS, strict=False)).get(acr)
        return _WELL_KNOWN.get(acr)

    def requested(self, least: Assurance | None) -> tuple[str, ...]:
        """The ``acr_values`` to send, most wanted first; ``least`` is what a step-up needs."""
        named = dict(zip(LEVELS, self.acr_values, strict=False)) if self.acr_values else {}
        if least is not None:
            wanted: tuple[Assurance, ...] = LEVELS[LEVELS.index(least) :]
            return tuple(named.get(level, level) for level in wanted if level in named or not named)
        return tuple(named[level] for level in _PREFERENCE if level in named)

    def suffices(self, level: Assurance | None, least: Assurance | None) -> bool:
        """Whether a sign-in that reached ``level`` may be accepted."""
        if least is not None:
            return level is not None and LEVELS.index(level) >= LEVELS.index(least)
        return level is not None or not self.acr_values
