"""Who signs: the private key and its certificates, the operator's own or a demonstration's made at first start."""

import datetime as dt
import fcntl
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates
from cryptography.x509.oid import NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
_YEARS: Final = dt.timedelta(days=3652)


class IdentityError(ValueError):
    """The key or the certificate cannot be used; the message says how to mend it."""


@dataclass(frozen=True)
class Identity:
    """``chain``: the signer's certificate first, then those above it."""

    key: Key
    chain: tuple[x509.Certificate, ...]

    def sign(self, data: bytes) -> bytes:
        """The raw signature of ``data`` with SHA-256: PKCS #1 v1.5, or ECDSA as DER."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


def load_identity(key: Path, certificate: Path, passphrase: bytes | None = None) -> Identity:
    """Reads a PEM key and a PEM chain, or a PKCS #12 file (``.p12`` or ``.pfx``) as ``key``. Raises IdentityError."""
    try:
        raw = key.read_bytes()
        if key.suffix.lower() in {".p12", ".pfx"}:
            private, leaf, others = load_key_and_certificates(raw, passphrase)
            chain = ((leaf, *others)) if leaf else ()
        else:
            private = load_pem_private_key(raw, passphrase)
            chain = tuple(x509.load_pem_x509_certificates(certificate.read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise IdentityError(f"The signing key {key} or certificate {certificate} cannot be read: {error}") from error
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise IdentityError(f"The signing key {key} must be an RSA or an elliptic-curve key.")
    if not chain or chain[0].public_key() != private.public_key():
        raise IdentityError(f"The first certificate of {certificate} does not belong to the signing key {key}.")
    return Identity(private, chain)


def load_chains(certificates: Iterable[Path]) -> tuple[tuple[x509.Certificate, ...], ...]:
    """The chains of PEM files, one a file, the signer's certificate first. Raises IdentityError."""
    chains = []
    for path in certificates:
        try:
            chains.append(tuple(x509.load_pem_x509_certificates(path.read_bytes())))
        except (OSError, ValueError) as error:
            raise IdentityError(f"The certificate {path} cannot be read: {error}") from error
    return tuple(chains)


def ensure_identity(key: Path, certificate: Path, passphrase: bytes | None = None) -> Identity:
    """The identity of the two files; when both are missing a demonstration's is made there first, once, however many
    processes ask at the same time. Raises IdentityError."""
    # One of two files: another process may be between writing them, and is waited for.
    if key.suffix.lower() not in {".p12", ".pfx"} and not (key.exists() and certificate.exists()):
        key.parent.mkdir(parents=True, exist_ok=True)
        certificate.parent.mkdir(parents=True, exist_ok=True)
        with (key.parent / ".signing.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not key.exists() and not certificate.exists():
                _make_demonstration(key, certificate)
    return load_identity(key, certificate, passphrase)


def _make_demonstration(key: Path, certificate: Path) -> None:
    """A self-made authority signs one P-256 certificate; the authority's own key is forgotten at once."""
    authority, signer = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    above = _name("Madang Demonstration Authority (not real)")
    root = _certificate(above, above, authority, authority, is_authority=True)
    leaf = _certificate(_name("Madang Demonstration Issuer (not real)"), above, signer, authority, is_authority=False)
    secret = signer.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(certificate, leaf.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM), 0o644)
    _write(key, secret, 0o600)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "KR"), x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signed_by: ec.EllipticCurvePrivateKey,
    *,
    is_authority: bool,
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + _YEARS)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=0 if is_authority else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(issuer_key, critical=False)
        .sign(signed_by, hashes.SHA256())
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    """Whole or not at all: a process that dies half-way leaves no broken file."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    partial.rename(path)
