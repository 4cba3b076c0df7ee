"""Signs a typeset document: PAdES B-B, certifying (no change allowed afterwards), still PDF/UA-1."""

import datetime as dt
import hashlib

from madang.backend.issuance.cms import CmsTemplate, build_template
from madang.backend.issuance.identity import Identity
from madang.backend.issuance.revision import prepare


class PdfSigner:
    """One per process; preparing it takes tens of milliseconds, each signature then well under one."""

    def __init__(self, identity: Identity, template: CmsTemplate | None = None) -> None:
        self._identity = identity
        self._template = template or build_template(identity.chain)

    def sign(self, pdf: bytes, description: str, moment: dt.datetime | None = None) -> bytes:
        """``pdf`` (from ``compose``) with its signature. ``description`` names the field for screen readers; ``moment``
        (aware) is the signing time written into it, now by default. Raises RevisionError."""
        prepared = prepare(pdf, description, self._template.reserve, moment or dt.datetime.now(dt.UTC))
        digest = hashlib.sha256()
        for part in prepared.signed_parts():
            digest.update(part)
            part.release()
        return prepared.fill(self._template.make(digest.digest(), self._identity.sign))
