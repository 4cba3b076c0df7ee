"""Files that a citizen brings: known kinds only, by their own first bytes, kept with the draft in the database."""

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from sqlalchemy import Connection, delete, func, insert, select, update

from madang.backend.door import check_text
from madang.backend.drafts import KEPT, own_open
from madang.backend.identifiers import new_opaque, opaque
from madang.backend.problems import Refusal, invalid
from madang.backend.routing import Call, Handler
from madang.backend.tables import drafts, files
from madang.contract.messages.drafts import StoredFile

MOST: Final = 10
_HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_ENDING: Final = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/heic": ".heic",
    "image/webp": ".webp",
}
_ZIP_TRAILER: Final = 22 + 65_535
"""A ZIP archive ends with a record of 22 bytes and a comment of up to 65,535: it may follow any other file."""
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u202a-\u202e\u2066-\u2069\ufeff]+')


def kind(content: bytes) -> str | None:
    """The media type by the file's own bytes; None when it is not one of ours, or could be read as two kinds at
    once."""
    if b"PK\x05\x06" in content[-_ZIP_TRAILER:] or content[:4] == b"PK\x03\x04":
        return None
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if b"%PDF-" in content[:1024]:
        return None
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return "image/heic"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None


def safe_name(given: str, media_type: str) -> str:
    """A name that is safe in any file system and header, of at most 120 characters, with the kind's own ending."""
    name = unicodedata.normalize("NFC", unquote(given, errors="replace"))
    name = re.split(r"[/\\]", name)[-1]
    name = _UNSAFE.sub("_", name.replace("\ufffd", "_")).strip(" .")
    ending = _ENDING[media_type]
    stem, _, suffix = name.rpartition(".")
    if stem and suffix.lower() in {ending[1:], "jpeg", "heif"}:
        name = stem
    return (name[: 120 - len(ending)].strip(" .") or "file") + ending


async def store(call: Call) -> StoredFile:
    """Keeps a file with the draft in the address, and the draft for another 30 days."""
    media_type = kind(call.content)
    if media_type is None:
        raise Refusal("unsupported-media-type")
    given = call.request.headers.get("x-file-name", "")
    check_text(given, "X-File-Name")
    stored = StoredFile(new_opaque(), safe_name(given[:1000], media_type), media_type, len(call.content))

    def work(connection: Connection) -> StoredFile:
        row = own_open(connection, call, call.now)
        count = select(func.count()).select_from(files).where(files.c.draft == row["id"])
        if connection.execute(count).scalar_one() >= MOST:
            raise invalid(("files", "too-many"))
        connection.execute(
            insert(files).values(
                id=stored.id,
                draft=row["id"],
                name=stored.name,
                media_type=stored.media_type,
                size=stored.size,
                created=call.now,
                content=call.content,
            )
        )
        connection.execute(update(drafts).where(drafts.c.id == row["id"]).values(expires=call.now + KEPT))
        return stored

    return await call.house.database.write(work)


async def remove(call: Call) -> None:
    def work(connection: Connection) -> None:
        row = own_open(connection, call, call.now)
        gone = delete(files).where(files.c.id == opaque(call.path["file"]), files.c.draft == row["id"])
        if connection.execute(gone).rowcount == 0:
            raise Refusal("not-found")

    await call.house.database.write(work)


HANDLERS: Final[dict[str, Handler]] = {"store_file": store, "delete_file": remove}
