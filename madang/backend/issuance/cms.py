"""The CMS structure of a PAdES B-B signature, prepared once per signer: only digest and signature differ.

pyHanko builds it; what varies is then filled in by hand, for building it anew takes longer than everything else in a
certificate. The same template tells, when a document is checked, whether its structure is ours byte for byte.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

_DIGEST: Final = bytes(range(0xA0, 0xC0))
"""Stands for the document's digest in the template; thirty-two bytes that occur nowhere else."""


def _wrap(tag: int, content: bytes) -> bytes:
    """DER: tag, length, content."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


class CmsTemplate:
    """``chain``: the signer's certificate first. Embedded are all but the root: who checks has that already. Not to
    be made inside a running event loop."""

    def __init__(self, chain: tuple[x509.Certificate, ...]) -> None:
        from asn1crypto import algos, cms
        from asn1crypto import x509 as asn1_x509
        from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as translate
        from pyhanko.sign.signers import ExternalSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        elliptic = isinstance(chain[0].public_key(), ec.EllipticCurvePublicKey)
        certificates: list[asn1_x509.Certificate] = [translate(certificate) for certificate in chain]
        store = SimpleCertificateStore.from_certs(certificates)  # type: ignore[no-untyped-call]
        signer = ExternalSigner(
            signing_cert=certificates[0],
            cert_registry=store,
            signature_value=b"\x00",
            signature_mechanism=algos.SignedDigestAlgorithm(
                {"algorithm": "sha256_ecdsa" if elliptic else "sha256_rsa"}
            ),
            embed_roots=False,
        )
        content: cms.ContentInfo = asyncio.run(signer.async_sign(_DIGEST, "sha256", use_pades=True))
        signed = content["content"]
        info = signed["signer_infos"][0]
        attributes = info["signed_attrs"].dump()
        if attributes.count(_DIGEST) != 1 or info["unsigned_attrs"].native:
            raise RuntimeError("pyHanko's CMS structure is not what this template was written for")
        # [0] IMPLICIT in the structure, SET OF when signed (RFC 5652, 5.4): one byte differs.
        self._attributes = attributes.split(_DIGEST)
        self._info_head = b"".join(info[name].dump() for name in ("version", "sid", "digest_algorithm"))
        self._info_tail = info["signature_algorithm"].dump()
        self._head = b"".join(
            signed[name].dump() for name in ("version", "digest_algorithms", "encap_content_info", "certificates")
        )
        self._type = content["content_type"].dump()
        self.reserve = len(self.fill(_DIGEST, bytes(160 if elliptic else 1024)))
        """Bytes that any CMS of this signer fits into."""

    @staticmethod
    def key(certificate: x509.Certificate) -> bytes:
        """What a template is found by: its signer's certificate as DER."""
        return certificate.public_bytes(Encoding.DER)

    def signed_part(self, digest: bytes) -> bytes:
        """What the key signs, for the SHA-256 ``digest`` of the document."""
        return b"\x31" + digest.join(self._attributes)[1:]

    def fill(self, digest: bytes, signature: bytes) -> bytes:
        """The whole CMS as DER."""
        attributes = digest.join(self._attributes)
        info = _wrap(0x30, self._info_head + attributes + self._info_tail + _wrap(0x04, signature))
        return _wrap(0x30, self._type + _wrap(0xA0, _wrap(0x30, self._head + _wrap(0x31, info))))

    def make(self, digest: bytes, sign: Callable[[bytes], bytes]) -> bytes:
        """The signed CMS as DER; ``sign`` makes the raw signature."""
        return self.fill(digest, sign(self.signed_part(digest)))
