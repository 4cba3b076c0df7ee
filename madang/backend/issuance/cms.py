"""The CMS structure of a PAdES B-B signature, prepared once per signer: only digest and signature differ.

pyHanko builds it; what varies is then filled in by hand, for building it anew takes longer than everything else in a
certificate. The same template tells, when a document is checked, whether its structure is ours byte for byte.
"""

import asyncio
import os
from collections.abc import Callable
from typing import Final

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

_DIGEST: Final = bytes(range(0xA0, 0xC0))
"""Stands for the document's digest in the template; thirty-two bytes that occur nowhere else."""


def _wrap(tag: int, content: bytes) -> bytes:
    """DER: tag, length, content."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


class CmsTemplate(msgspec.Struct, frozen=True):
    """Pieces of DER around what differs. ``attributes``: what stands before and after the digest in the signed
    attributes; ``reserve``: bytes that any CMS of this signer fits into."""

    attributes: tuple[bytes, bytes]
    content_type: bytes
    signed_data: bytes
    info_head: bytes
    info_tail: bytes
    reserve: int = 0

    def signed_part(self, digest: bytes) -> bytes:
        """What the key signs, for the SHA-256 ``digest`` of the document: the attributes as a SET OF, while in the
        structure they are [0] IMPLICIT (RFC 5652, 5.4); one byte differs."""
        return b"\x31" + digest.join(self.attributes)[1:]

    def fill(self, digest: bytes, signature: bytes) -> bytes:
        """The whole CMS as DER."""
        attributes = digest.join(self.attributes)
        info = _wrap(0x30, self.info_head + attributes + self.info_tail + _wrap(0x04, signature))
        return _wrap(0x30, self.content_type + _wrap(0xA0, _wrap(0x30, self.signed_data + _wrap(0x31, info))))

    def make(self, digest: bytes, sign: Callable[[bytes], bytes]) -> bytes:
        """The signed CMS as DER; ``sign`` makes the raw signature."""
        return self.fill(digest, sign(self.signed_part(digest)))


def build_template(chain: tuple[x509.Certificate, ...]) -> CmsTemplate:
    """The template of a signer, made by pyHanko. ``chain``: the signer's certificate first; all but the root are
    embedded, for who checks has that already. Not to be called inside a running event loop."""
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
        signature_mechanism=algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa" if elliptic else "sha256_rsa"}),
        embed_roots=False,
    )
    content: cms.ContentInfo = asyncio.run(signer.async_sign(_DIGEST, "sha256", use_pades=True))
    signed = content["content"]
    info = signed["signer_infos"][0]
    before, found, after = info["signed_attrs"].dump().partition(_DIGEST)
    if not found or _DIGEST in after or info["unsigned_attrs"].native:
        raise RuntimeError("pyHanko's CMS structure is not what this template was written for")
    whole = ("version", "digest_algorithms", "encap_content_info", "certificates")
    template = CmsTemplate(
        attributes=(before, after),
        content_type=content["content_type"].dump(),
        signed_data=b"".join(signed[name].dump() for name in whole),
        info_head=b"".join(info[name].dump() for name in ("version", "sid", "digest_algorithm")),
        info_tail=info["signature_algorithm"].dump(),
    )
    return msgspec.structs.replace(template, reserve=len(template.fill(_DIGEST, bytes(160 if elliptic else 1024))))


def build_template_apart(chain: tuple[x509.Certificate, ...]) -> CmsTemplate:
    """``build_template`` in a process of its own, so that this one never carries pyHanko (20 MiB). Only for a process
    without other threads. Raises ChildProcessError."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        status = 1
        try:
            os.close(reader)
            with os.fdopen(writer, "wb") as out:
                out.write(msgspec.msgpack.encode(build_template(chain)))
            status = 0
        finally:
            os._exit(status)
    os.close(writer)
    with os.fdopen(reader, "rb") as source:
        made = source.read()
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise ChildProcessError("the signature's structure could not be built")
    return msgspec.msgpack.decode(made, type=CmsTemplate)
