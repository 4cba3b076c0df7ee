"""One signing identity for the session, and the signed certificate of each language."""

from pathlib import Path

import pytest

from madang.backend.issuance.compose import compose
from madang.backend.issuance.identity import Identity, ensure_identity
from madang.backend.issuance.sign import PdfSigner
from madang.i18n.locales import LOCALES, Locale
from tests.backend.issuance.samples import NUMBER, URL, certificate


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    ensure_identity(folder / "key.pem", folder / "chain.pem")
    return folder


@pytest.fixture(scope="session")
def identity(keys: Path) -> Identity:
    return ensure_identity(keys / "key.pem", keys / "chain.pem")


@pytest.fixture(scope="session")
def signer(identity: Identity) -> PdfSigner:
    return PdfSigner(identity)


@pytest.fixture(scope="session")
def signed(signer: PdfSigner) -> dict[Locale, bytes]:
    return {locale: signer.sign(compose(certificate(locale), NUMBER, URL), "발급기관의 전자서명") for locale in LOCALES}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
