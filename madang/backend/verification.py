"""The verification group: is this document genuine? By number, by the QR code's secret, or by the file itself; for
anyone."""

import hashlib
import re
from typing import Final, Literal

import anyio.to_thread
import msgspec
from sqlalchemy import ColumnElement, Connection, select

from madang.backend.documents import state
from madang.backend.numbers_in import number_in
from madang.backend.problems import Refusal, invalid
from madang.backend.routing import Call, Handler
from madang.backend.tables import documents
from madang.contract import numbers
from madang.contract.messages.documents import Verification, VerifiedDocument
from madang.i18n.names import masked_name
from madang.i18n.text import Text

_COLUMNS: Final = tuple(
    documents.c[name]
    for name in (
        "number", "title", "holder", "authority", "issued", "verifiable_until", "valid_until", "revoked",
        "revoked_because", "purpose", "sha256",
    )
)  # fmt: skip
_LINK: Final = re.compile(r"/verify/([0-9A-Za-z-]{16,40})/?(?:[?#].*)?$")


async def by_number(call: Call) -> Verification:
    """By what was typed or scanned: a number, the secret, or the whole link of the QR code."""
    typed = call.message.number.strip()
    link = _LINK.search(typed)
    plain = numbers.fold(link[1] if link else typed)
    if not plain:
        raise invalid(("number", "enter"))
    if len(plain) == numbers.SECRET_LENGTH and set(plain) <= set(numbers.ALPHABET):
        return await _registered(call, documents.c.secret == plain, "qr")
    if not numbers.is_document_number(plain):
        return Verification("mistyped", call.now, "number")
    return await _registered(call, documents.c.number == numbers.group(plain), "number")


async def by_file(call: Call) -> Verification:
    """By the file: its hash in the register, and its signature. A file that was changed still names its number, so what
    the register says about that number is shown beside the warning."""
    if not call.content.startswith(b"%PDF-"):
        raise Refusal("unsupported-media-type")
    sha256 = hashlib.sha256(call.content).hexdigest()
    found = await _registered(call, documents.c.sha256 == sha256, "file")
    signature = await call.house.desk.signature(call.content)
    if found.document is not None:
        return msgspec.structs.replace(found, signature=signature)
    number = await anyio.to_thread.run_sync(number_in, call.content)
    if number:
        named = await _registered(call, documents.c.number == number, "file")
        if named.document is not None:
            return msgspec.structs.replace(named, result="altered", signature=signature)
    return Verification("unknown", call.now, "file", signature=signature)


async def _registered(call: Call, condition: ColumnElement[bool], by: Literal["number", "qr", "file"]) -> Verification:
    def work(connection: Connection) -> Verification:
        row = connection.execute(select(*_COLUMNS).where(condition)).mappings().first()
        if row is None:
            return Verification("unknown", call.now, by)
        document = VerifiedDocument(
            number=row["number"],
            title=msgspec.convert(row["title"], Text),
            holder=masked_name(row["holder"]),
            authority=msgspec.convert(row["authority"], Text),
            issued=row["issued"],
            verifiable_until=row["verifiable_until"],
            valid_until=row["valid_until"],
            revoked=row["revoked"],
            revoked_because=row["revoked_because"],
            purpose=None if row["purpose"] is None else msgspec.convert(row["purpose"], Text),
        )
        return Verification(state(row, call.now), call.now, by, document)

    return await call.house.database.read(work)


HANDLERS: Final[dict[str, Handler]] = {"verify": by_number, "verify_file": by_file}
