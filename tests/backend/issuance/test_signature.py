"""A signature that every change breaks, however small and wherever."""

import datetime as dt
import io
import os
import random
import stat
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import serialize_key_and_certificates
from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as translate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from madang.backend.issuance.check import Trust, check_signature
from madang.backend.issuance.compose import compose
from madang.backend.issuance.identity import Identity, IdentityError, ensure_identity, load_identity
from madang.backend.issuance.revision import RevisionError
from madang.backend.issuance.sign import PdfSigner
from madang.i18n.locales import LOCALES, Locale
from tests.backend.issuance.samples import NUMBER, URL, certificate


@pytest.fixture(scope="module")
def trust(identity: Identity) -> Trust:
    return Trust((identity.chain,))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_signed_document_is_valid(locale: Locale, signed: dict[Locale, bytes], trust: Trust) -> None:
    assert check_signature(signed[locale], trust) == "valid"


def test_the_validator_alone_agrees(signed: dict[Locale, bytes], identity: Identity) -> None:
    """pyHanko with nothing of ours between: valid, trusted, the whole file, certified against any change."""
    root = translate(identity.chain[-1])
    reader = PdfFileReader(io.BytesIO(signed["vi"]))
    (signature,) = reader.embedded_signatures
    status = validate_pdf_signature(signature, signer_validation_context=ValidationContext(trust_roots=[root]))
    assert status.bottom_line
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    attributes = {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]}
    assert {"content_type", "message_digest", "signing_certificate_v2"} == attributes - {"cms_algorithm_protection"}


def test_poppler_agrees(signed: dict[Locale, bytes], tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(signed["ja"])
    try:
        told = subprocess.run(["pdfsig", tmp_path / "a.pdf"], capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        pytest.skip("poppler-utils is not installed")
    assert "Signature is Valid" in told
    assert "Total document signed" in told


def flips(pdf: bytes, count: int) -> list[tuple[int, int]]:
    """(position, bit): spread over the file, with the signature's own string, its padding and the end favoured."""
    chance = random.Random(count)
    start, end = pdf.index(b"/Contents<0") if b"/Contents<0" in pdf else pdf.index(b"/Contents<3"), pdf.rindex(b"0>")
    places = [chance.randrange(len(pdf)) for _ in range(count // 2)]
    places += [chance.randrange(start, end + 2) for _ in range(count - len(places))]
    return [(place, 1 << chance.randrange(8)) for place in places]


def test_one_flipped_bit_is_never_valid(signed: dict[Locale, bytes], trust: Trust) -> None:
    _never_valid(signed["th"], trust, 24)


@pytest.mark.full
def test_three_hundred_flipped_bits_are_never_valid(signed: dict[Locale, bytes], trust: Trust) -> None:
    for locale in ("ko", "vi"):
        _never_valid(signed[locale], trust, 300)


def _never_valid(pdf: bytes, trust: Trust, count: int) -> None:
    for place, bit in flips(pdf, count):
        broken = bytearray(pdf)
        broken[place] ^= bit
        assert check_signature(bytes(broken), trust) != "valid", (place, bit)


def test_the_letter_case_and_the_padding_of_the_signature_count(signed: dict[Locale, bytes], trust: Trust) -> None:
    pdf = signed["ko"]
    at = pdf.rindex(b"/Contents<") + 10
    end = pdf.index(b">", at)
    capital = next(place for place in range(at, end) if pdf[place : place + 1] in b"abcdef")
    for place, value in ((capital, pdf[capital] ^ 0x20), (end - 1, ord("1")), (end - 2, ord(" "))):
        assert check_signature(pdf[:place] + bytes((value,)) + pdf[place + 1 :], trust) == "invalid"


def test_nothing_may_be_added_afterwards(signed: dict[Locale, bytes], trust: Trust) -> None:
    pdf = signed["en"]
    assert check_signature(pdf + b"\n", trust) == "invalid"
    assert check_signature(pdf + b"%" + bytes(2000), trust) == "invalid"
    assert check_signature(b"\n" + pdf, trust) == "invalid"
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    writer.set_info(writer.add_object(writer.root.raw_get("/ViewerPreferences").get_object()))
    out = io.BytesIO()
    writer.write(out)
    assert check_signature(out.getvalue(), trust) == "invalid"


def test_what_is_not_ours(signed: dict[Locale, bytes], trust: Trust, tmp_path: Path) -> None:
    other = ensure_identity(tmp_path / "key.pem", tmp_path / "chain.pem")
    unsigned = compose(certificate("ko"), NUMBER, URL)
    foreign = PdfSigner(other).sign(unsigned, "전자서명")
    assert check_signature(unsigned, trust) == "none"
    assert check_signature(foreign, trust) == "invalid"
    assert check_signature(foreign, Trust((other.chain,))) == "valid"
    for rubbish in (b"", b"%PDF-1.7", b"\x89PNG", signed["ko"][:-600], signed["ko"][:2000], bytes(30 * 1024 * 1024)):
        assert check_signature(rubbish, trust) == "invalid"


def test_a_former_key_stays_trusted_when_it_is_named(
    signed: dict[Locale, bytes], identity: Identity, tmp_path: Path
) -> None:
    new = ensure_identity(tmp_path / "key.pem", tmp_path / "chain.pem")
    assert check_signature(signed["zh"], Trust((new.chain,))) == "invalid"
    assert check_signature(signed["zh"], Trust((new.chain, identity.chain))) == "valid"


def test_a_signature_from_the_future_is_not_believed(identity: Identity, trust: Trust) -> None:
    signer, pdf, now = PdfSigner(identity), compose(certificate("ko"), NUMBER, URL), dt.datetime.now(dt.UTC)
    assert check_signature(signer.sign(pdf, "서명", now - dt.timedelta(minutes=30)), trust) == "valid"
    assert check_signature(signer.sign(pdf, "서명", now + dt.timedelta(days=1)), trust) == "invalid"
    assert check_signature(signer.sign(pdf, "서명", now - dt.timedelta(days=2)), trust) == "invalid"


def test_the_demonstration_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    key, chain = tmp_path / "deep" / "key.pem", tmp_path / "deep" / "chain.pem"
    first = ensure_identity(key, chain)
    again = ensure_identity(key, chain)
    assert first.chain == again.chain
    assert stat.S_IMODE(os.stat(key).st_mode) == 0o600
    assert "not real" in first.chain[0].subject.rfc4514_string()
    assert [path.name for path in key.parent.iterdir() if path.suffix == ".part"] == []


def test_the_operators_own_keys(tmp_path: Path) -> None:
    """RSA as PEM and elliptic as PKCS #12; the demonstration's maker lends the certificates."""
    from madang.backend.issuance import identity as module

    pdf = compose(certificate("ko"), NUMBER, URL)
    for private in (rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())):
        name = module._name("Operator")
        own = module._certificate(name, name, private, private, is_authority=False)  # type: ignore[arg-type]
        key, chain = tmp_path / "own.pem", tmp_path / "own.crt"
        key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        chain.write_bytes(own.public_bytes(Encoding.PEM))
        found = load_identity(key, chain)
        assert check_signature(PdfSigner(found).sign(pdf, "서명"), Trust((found.chain,))) == "valid"
        packed = tmp_path / "own.p12"
        locked = BestAvailableEncryption(b"secret")
        packed.write_bytes(serialize_key_and_certificates(b"own", private, own, None, locked))
        assert load_identity(packed, packed, b"secret").chain == (own,)
        with pytest.raises(IdentityError, match="cannot be read"):
            load_identity(packed, packed, b"wrong")


def test_a_wrong_pair_is_refused_with_a_sentence(tmp_path: Path) -> None:
    ensure_identity(tmp_path / "a.pem", tmp_path / "a.crt")
    ensure_identity(tmp_path / "b.pem", tmp_path / "b.crt")
    with pytest.raises(IdentityError, match="does not belong"):
        load_identity(tmp_path / "a.pem", tmp_path / "b.crt")
    with pytest.raises(IdentityError, match="cannot be read"):
        ensure_identity(tmp_path / "a.pem", tmp_path / "missing.crt")


def test_only_the_typesetters_own_pdf_is_signed(signer: PdfSigner, signed: dict[Locale, bytes]) -> None:
    for pdf in (b"", b"%PDF-1.7\n%%EOF", signed["ko"]):
        with pytest.raises(RevisionError):
            signer.sign(pdf, "서명")
