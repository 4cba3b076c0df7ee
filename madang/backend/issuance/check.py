"""Whether a PDF carries our signature, over the whole of it, unchanged.

Three gates, and each must open: pyHanko's validator (integrity, chain, usage of the certificate, nothing appended); the
byte range, which must leave out nothing but the signature; and the CMS structure, which must be byte for byte what our
signer writes, so that not even a byte that no signature covers can be changed.
"""

import datetime as dt
import hashlib
import io

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from madang.backend.issuance.cms import build_template
from madang.backend.issuance.protocol import MAXIMUM_PDF, SignatureState


class Trust:
    """The signers whose documents are genuine: ``chains`` of certificates, the signer's first. Keep the chains of
    former keys for as long as their documents can be verified."""

    def __init__(self, chains: tuple[tuple[x509.Certificate, ...], ...]) -> None:
        from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as translate

        self.templates = {chain[0].public_bytes(Encoding.DER): build_template(chain) for chain in chains}
        self.roots = [translate(chain[-1]) for chain in chains]
        self.others = [translate(certificate) for chain in chains for certificate in chain[:-1]]


def check_signature(pdf: bytes, trust: Trust) -> SignatureState:
    """``valid``: signed by us and unchanged. ``none``: a PDF without a signature. ``invalid``: everything else,
    whatever is wrong with it. Never raises: what breaks a parser is no document of ours. Not to be called inside a
    running event loop."""
    if len(pdf) > MAXIMUM_PDF:
        return "invalid"
    try:
        return _check(pdf, trust)
    except Exception:
        # pyHanko and asn1crypto raise assorted errors on damaged files; all of them mean the same here.
        return "invalid"


def _check(pdf: bytes, trust: Trust) -> SignatureState:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    reader = PdfFileReader(io.BytesIO(pdf))
    signatures = reader.embedded_signatures
    if not signatures:
        return "none"
    signature = signatures[0]
    if len(signatures) != 1 or not _is_whole_and_ours(pdf, signature, trust):
        return "invalid"
    moment = signature.self_reported_timestamp
    if moment is None or moment > dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5):
        return "invalid"
    # As of the signing time: the register vouches for the time, and a document outlives its signer's certificate.
    context = ValidationContext(trust_roots=trust.roots, other_certs=trust.others, moment=moment, allow_fetching=False)
    usage = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False)
    status = validate_pdf_signature(signature, signer_validation_context=context, key_usage_settings=usage)
    good = status.bottom_line and status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    return "valid" if good else "invalid"


def _is_whole_and_ours(pdf: bytes, signature: "object", trust: Trust) -> bool:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    assert isinstance(signature, EmbeddedPdfSignature)  # noqa: S101 - narrows a type for the checker
    zero, start, end, rest = (int(number) for number in signature.byte_range)
    if zero != 0 or not 0 < start < end or end + rest != len(pdf):
        return False
    template = trust.templates.get(signature.signer_cert.dump())
    if template is None:
        return False
    digest = hashlib.sha256(pdf[:start] + pdf[end:]).digest()
    cms = template.fill(digest, signature.signer_info["signature"].native)
    room = end - start - 2
    return pdf[start:end] == b"<" + cms.hex().encode("ascii").ljust(room, b"0") + b">"
