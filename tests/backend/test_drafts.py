"""Drafts and their files: owner-only, versioned, bounded, and gone after 30 days."""

import datetime as dt
import struct
import zlib
from urllib.parse import quote

import anyio
import pytest
from backend_kit import ANSWERS, Backend, refused

from madang.backend.files import kind, safe_name
from madang.backend.identifiers import new_opaque

pytestmark = pytest.mark.anyio
PDF = b"%PDF-1.7\n%%EOF\n"


def png() -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


async def test_creating_twice_is_creating_once(backend: Backend) -> None:
    person = await backend.newcomer()
    draft = await person.draft()
    again = await person.draft(id=draft["id"], answers={"purpose": "other"})
    assert again["answers"] == draft["answers"]
    assert again["idempotency_key"] == draft["idempotency_key"]


async def test_created_many_times_at_once_it_is_one(backend: Backend) -> None:
    person = await backend.newcomer()
    name, created = new_opaque(), []

    async def create() -> None:
        created.append(await person.draft(id=name))

    async with anyio.create_task_group() as together:
        for _ in range(8):
            together.start_soon(create)
    assert len({draft["idempotency_key"] for draft in created}) == 1
    assert [draft["id"] for draft in (await person.get("/v1/drafts"))["items"]] == [name]
    assert len((await person.get("/v1/drafts"))["items"]) == 1


async def test_a_draft_is_its_owners_alone(backend: Backend) -> None:
    mine, theirs = await backend.newcomer(), await backend.newcomer()
    draft = await theirs.draft()
    path = f"/v1/drafts/{draft['id']}"
    save = {"version": 1, "answers": {}, "locale": "ko"}
    refused(await mine.call("GET", path), 404, "not-found")
    refused(await mine.call("PUT", path, json=save), 404, "not-found")
    refused(await mine.call("DELETE", path), 404, "not-found")
    refused(await mine.call("POST", f"{path}/files", content=PDF), 404, "not-found")
    refused(await mine.send(draft), 404, "not-found")
    taken = {"id": draft["id"], "service": "entry-exit", "form": "entry-exit@1", "locale": "ko"}
    refused(await mine.call("POST", "/v1/drafts", json=taken), 403, "forbidden")
    assert (await theirs.get(path))["version"] == 1


async def test_a_save_counts_and_a_stale_one_is_shown_the_current(backend: Backend) -> None:
    person = await backend.newcomer()
    draft = await person.draft(answers={})
    path = f"/v1/drafts/{draft['id']}"
    saved = await person.call("PUT", path, json={"version": 1, "answers": {"kind": "full"}, "locale": "th"})
    assert (saved.status_code, saved.json()["version"], saved.json()["locale"]) == (200, 2, "th")
    stale = await person.call("PUT", path, json={"version": 1, "answers": {"kind": "abstract"}, "locale": "ko"})
    assert refused(stale, 409, "stale-draft")["draft"]["answers"] == {"kind": "full"}
    assert (await person.get(path))["answers"] == {"kind": "full"}


async def test_lists_one_service_last_changed_first(backend: Backend) -> None:
    person = await backend.newcomer()
    first, second = await person.draft(), await person.draft()
    other = await person.draft("entry-exit")
    await person.call("PUT", f"/v1/drafts/{first['id']}", json={"version": 1, "answers": {}, "locale": "ko"})
    listed = [draft["id"] for draft in (await person.get("/v1/drafts"))["items"]]
    assert listed == [first["id"], other["id"], second["id"]]
    listed = [draft["id"] for draft in (await person.get("/v1/drafts?service=entry-exit"))["items"]]
    assert listed == [other["id"]]
    assert (await person.get("/v1/drafts?service=none"))["items"] == []


async def test_twenty_may_be_open(backend: Backend) -> None:
    person = await backend.newcomer()
    drafts = [await person.draft() for _ in range(20)]
    body = {"id": new_opaque(), "service": "entry-exit", "form": "entry-exit@1", "locale": "ko"}
    refused(await person.call("POST", "/v1/drafts", json=body), 409, "not-possible")
    assert (await person.call("DELETE", f"/v1/drafts/{drafts[0]['id']}")).status_code == 204
    assert (await person.call("POST", "/v1/drafts", json=body)).status_code == 201


async def test_after_thirty_days_it_is_gone(backend: Backend) -> None:
    person = await backend.newcomer()
    draft = await person.draft()
    await person.call("POST", f"/v1/drafts/{draft['id']}/files", content=PDF)
    backend.clock.ahead = dt.timedelta(days=29)
    assert len((await person.get("/v1/drafts"))["items"]) == 1
    backend.clock.ahead = dt.timedelta(days=31)
    refused(await person.call("GET", f"/v1/drafts/{draft['id']}"), 404, "not-found")
    refused(await person.send(draft), 404, "not-found")
    assert (await person.get("/v1/drafts"))["items"] == []
    fresh = await person.draft()
    backend.clock.ahead = dt.timedelta(0)
    refused(await person.call("GET", f"/v1/drafts/{draft['id']}"), 404, "not-found")
    assert [kept["id"] for kept in (await person.get("/v1/drafts"))["items"]] == [fresh["id"]]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"service": "no-such"}, "service"),
        ({"form": "resident-register@99"}, "form"),
        ({"form": "entry-exit@1"}, "form"),
        ({"id": "short"}, "id"),
        ({"locale": "de"}, "locale"),
        ({"surplus": 1}, "surplus"),
    ],
)
async def test_what_cannot_be_created_is_named(backend: Backend, changes: dict[str, object], field: str) -> None:
    person = await backend.newcomer()
    body = {
        "id": new_opaque(),
        "service": "resident-register",
        "form": "resident-register@1",
        "locale": "ko",
    } | changes
    problem = refused(await person.call("POST", "/v1/drafts", json=body), 422, "invalid")
    assert [found["field"] for found in problem["fields"]] == [field]


async def test_answers_are_bounded(backend: Backend) -> None:
    person = await backend.newcomer()
    draft = await person.draft()
    body = {"version": 1, "answers": {"other": "가" * 22_000}, "locale": "ko"}
    refused(await person.call("PUT", f"/v1/drafts/{draft['id']}", json=body), 413, "too-large")
    assert (await person.get(f"/v1/drafts/{draft['id']}"))["answers"] == ANSWERS["resident-register"]


async def test_files_are_kept_with_the_draft(backend: Backend) -> None:
    person = await backend.newcomer()
    draft = await person.draft()
    path = f"/v1/drafts/{draft['id']}/files"
    name = {"X-File-Name": quote("등록증 앞면.PNG"), "Content-Type": "image/png"}
    stored = await person.call("POST", path, content=png(), headers=name)
    assert stored.status_code == 201
    file = stored.json()
    expected = {"name": "등록증 앞면.png", "media_type": "image/png", "size": len(png())}
    assert {key: file[key] for key in expected} == expected
    assert (await person.get(f"/v1/drafts/{draft['id']}"))["files"] == [file]
    assert (await person.call("DELETE", f"{path}/{file['id']}")).status_code == 204
    refused(await person.call("DELETE", f"{path}/{file['id']}"), 404, "not-found")
    assert "files" not in await person.get(f"/v1/drafts/{draft['id']}")


async def test_ten_files_and_ten_megabytes(backend: Backend) -> None:
    person = await backend.newcomer()
    draft = await person.draft()
    path = f"/v1/drafts/{draft['id']}/files"
    refused(await person.call("POST", path, content=PDF + b" " * 10 * 1024 * 1024), 413, "too-large")
    for _ in range(10):
        assert (await person.call("POST", path, content=PDF)).status_code == 201
    problem = refused(await person.call("POST", path, content=PDF), 422, "invalid")
    assert problem["fields"] == [{"field": "files", "code": "too-many"}]


async def test_other_kinds_of_files_are_refused(backend: Backend) -> None:
    person = await backend.newcomer()
    draft = await person.draft()
    zipped = b"PK\x05\x06" + b"\0" * 18
    for content in (b"", b"GIF89a", b"<svg>", b"MZ", zipped, PDF + zipped, b"\xff\xd8\xff" + b"%PDF-1.7"):
        response = await person.call("POST", f"/v1/drafts/{draft['id']}/files", content=content)
        refused(response, 415, "unsupported-media-type")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PDF, "application/pdf"),
        (png(), "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypisom", None),
        (b"RIFF\0\0\0\0WEBP", "image/webp"),
        (b"RIFF\0\0\0\0WAVE", None),
        (PDF + b"PK\x05\x06" + b"\0" * 18 + b"x" * 65_535, None),
    ],
)
def test_a_files_own_bytes_say_its_kind(content: bytes, expected: str | None) -> None:
    assert kind(content) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Temp\\a.pdf", "a.pdf"),
        ("%00%0d%0aX: 1", "_X_ 1.pdf"),
        ("...", "file.pdf"),
        ("", "file.pdf"),
        ("a" * 300, "a" * 116 + ".pdf"),
        ("invoice.exe", "invoice.exe.pdf"),
        (quote("계약\u202efdp.서"), "계약_fdp.서.pdf"),
        ("%ff%fe", "__.pdf"),
    ],
)
def test_a_files_name_is_made_safe(given: str, expected: str) -> None:
    assert safe_name(given, "application/pdf") == expected
