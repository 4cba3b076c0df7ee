"""Issued documents: the holder's, revocable, and checked by anyone who holds one."""

import datetime as dt

import pytest
from backend_kit import Backend, Person, refused

from madang.backend.numbers_in import number_in
from madang.contract import numbers

pytestmark = pytest.mark.anyio


async def issued(backend: Backend) -> tuple[Person, dict[str, object]]:
    person = await backend.newcomer("nguyen-van-an")
    application = await person.apply("alien-registration", locale="vi")
    return person, application["documents"][0]


async def verify(backend: Backend, number: object) -> dict[str, object]:
    """As anyone: without saying who."""
    response = await backend.client.post("/v1/verifications", json={"number": number})
    assert response.status_code == 200, response.text
    found: dict[str, object] = response.json()
    return found


async def verify_file(backend: Backend, pdf: bytes) -> dict[str, object]:
    headers = {"Content-Type": "application/pdf"}
    response = await backend.client.post("/v1/verifications/file", content=pdf, headers=headers)
    assert response.status_code == 200, response.text
    found: dict[str, object] = response.json()
    return found


async def test_is_read_by_its_holder_alone(backend: Backend) -> None:
    person, summary = await issued(backend)
    stranger = await backend.newcomer()
    path = f"/v1/documents/{summary['number']}"
    document = await person.get(path)
    assert document["summary"]["number"] == summary["number"]
    assert document["content"]["title"]["translation"] == "Giấy xác nhận đăng ký người nước ngoài"
    assert document["verify_url"].startswith("https://portal.example/verify/")
    assert [listed["number"] for listed in (await person.get("/v1/documents"))["items"]] == [summary["number"]]
    for who in (stranger, backend.clerk):
        refused(await who.call("GET", path), 404, "not-found")
        refused(await who.call("GET", f"{path}/pdf"), 404, "not-found")
        assert (await who.get("/v1/documents"))["items"] == []


async def test_is_found_by_its_number_however_it_is_typed(backend: Backend) -> None:
    _, summary = await issued(backend)
    number = str(summary["number"])
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in number)
    for typed in (number, number.lower(), number.replace("-", " "), number.replace("-", ""), full_width):
        found = await verify(backend, typed)
        assert (found["result"], found["by"]) == ("genuine", "number")
    document = found["document"]
    assert isinstance(document, dict)
    assert document["holder"] == "N*** V*** A***"
    assert document["purpose"]["ko"] == "은행 업무"
    assert set(document) == {"number", "title", "holder", "authority", "issued", "verifiable_until", "purpose"}


async def test_is_found_by_its_qr_code(backend: Backend) -> None:
    person, summary = await issued(backend)
    link = (await person.get(f"/v1/documents/{summary['number']}"))["verify_url"]
    for scanned in (link, link.rpartition("/")[2], link.replace("/verify/", "/th/verify/") + "?x=1"):
        found = await verify(backend, scanned)
        assert (found["result"], found["by"]) == ("genuine", "qr")
    unknown = numbers.new_secret()
    assert (await verify(backend, unknown))["result"] == "unknown"


async def test_a_wrong_character_is_told_from_an_unknown_number(backend: Backend) -> None:
    _, summary = await issued(backend)
    number = str(summary["number"])
    other = "0" if number[-1] != "0" else "1"
    for typed in (number[:-1] + other, number[:-1], number + "0", "not a number", "가나다"):
        found = await verify(backend, typed)
        assert found["result"] == "mistyped"
        assert "document" not in found
    assert (await verify(backend, numbers.new_document_number()))["result"] == "unknown"
    response = await backend.client.post("/v1/verifications", json={"number": " - "})
    refused(response, 422, "invalid")


async def test_the_file_itself_is_genuine_and_one_byte_makes_it_altered(backend: Backend) -> None:
    person, summary = await issued(backend)
    pdf = (await person.call("GET", f"/v1/documents/{summary['number']}/pdf")).content
    assert number_in(pdf) == summary["number"]
    found = await verify_file(backend, pdf)
    assert (found["result"], found["signature"], found["by"]) == ("genuine", "valid", "file")
    middle = len(pdf) // 2
    for changed in (pdf + b"\n", pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :]):
        found = await verify_file(backend, changed)
        assert (found["result"], found["signature"]) == ("altered", "invalid")
        assert found["document"]["number"] == summary["number"]  # type: ignore[index]


async def test_a_strangers_file_is_unknown(backend: Backend) -> None:
    assert (await verify_file(backend, b"%PDF-1.7 nothing of ours"))["result"] == "unknown"
    other = f"%PDF-1.7 ({numbers.new_document_number()})".encode()
    assert (await verify_file(backend, other))["result"] == "unknown"
    headers = {"Content-Type": "application/pdf"}
    response = await backend.client.post("/v1/verifications/file", content=b"GIF89a", headers=headers)
    refused(response, 415, "unsupported-media-type")
    response = await backend.client.post("/v1/verifications/file", content=b"%PDF-1.7")
    refused(response, 415, "unsupported-media-type")


async def test_a_signed_file_that_the_register_lost_is_unknown_but_its_signature_is_valid(backend: Backend) -> None:
    from sqlalchemy import delete

    from madang.backend.tables import documents

    person, summary = await issued(backend)
    pdf = (await person.call("GET", f"/v1/documents/{summary['number']}/pdf")).content
    gone = delete(documents).where(documents.c.number == summary["number"])
    await backend.house.database.write(lambda connection: connection.execute(gone))
    found = await verify_file(backend, pdf)
    assert (found["result"], found["signature"]) == ("unknown", "valid")


async def test_the_holder_revokes(backend: Backend) -> None:
    person, summary = await issued(backend)
    stranger = await backend.newcomer()
    path = f"/v1/documents/{summary['number']}/revocation"
    refused(await stranger.call("POST", path, json={}), 404, "not-found")
    revoked = await person.call("POST", path, json={})
    assert (revoked.status_code, revoked.json()["state"]) == (200, "revoked")
    assert revoked.json() == (await person.get("/v1/documents"))["items"][0]
    refused(await person.call("POST", path, json={}), 409, "not-possible")
    found = await verify(backend, summary["number"])
    assert found["result"] == "revoked"
    assert found["document"]["revoked"]  # type: ignore[index]
    assert found["document"]["revoked_because"] == "holder"  # type: ignore[index]


async def test_a_clerk_revokes_and_says_why(backend: Backend) -> None:
    person, summary = await issued(backend)
    path = f"/v1/documents/{summary['number']}/revocation"
    for said in ({"reason": "  "}, {"code": "other"}):
        problem = refused(await backend.clerk.call("POST", path, json=said), 422, "invalid")
        assert problem["fields"] == [{"field": "reason", "code": "missing"}]
    problem = refused(await backend.clerk.call("POST", path, json={"code": "holder"}), 422, "invalid")
    assert problem["fields"] == [{"field": "code", "code": "option"}]
    words = "다른 사람의 생년월일이 적혀 있었습니다"
    assert (await backend.clerk.call("POST", path, json={"code": "error", "reason": words})).status_code == 200
    mine = (await person.get(f"/v1/documents/{summary['number']}"))["summary"]
    assert (mine["revoked_because"], mine["revoked_note"]) == ("error", words)
    found = await verify(backend, summary["number"])
    assert found["document"]["revoked_because"] == "error"  # type: ignore[index]
    assert words not in str(found), "a clerk's words may be about the holder"


async def test_a_portal_that_knows_no_codes_yet_still_revokes(backend: Backend) -> None:
    _, summary = await issued(backend)
    path = f"/v1/documents/{summary['number']}/revocation"
    assert (await backend.clerk.call("POST", path, json={"reason": "잘못 발급됨"})).status_code == 200
    assert (await verify(backend, summary["number"]))["document"]["revoked_because"] == "other"  # type: ignore[index]


async def test_after_its_last_day_it_is_expired(backend: Backend) -> None:
    person, summary = await issued(backend)
    last = dt.date.fromisoformat(str(summary["verifiable_until"]))
    seoul = dt.timezone(dt.timedelta(hours=9))
    evening = dt.datetime.combine(last, dt.time(23, 50), seoul)
    backend.clock.ahead = evening - dt.datetime.now(dt.UTC)
    assert (await verify(backend, summary["number"]))["result"] == "genuine"
    backend.clock.ahead += dt.timedelta(minutes=20)
    assert (await verify(backend, summary["number"]))["result"] == "expired"
    assert (await person.get("/v1/documents"))["items"][0]["state"] == "expired"


async def test_a_validity_that_the_law_gives_ends_it_first(backend: Backend) -> None:
    person = await backend.newcomer("takasaki-rin")
    (summary,) = (await person.apply("local-tax"))["documents"]
    assert summary["valid_until"] < summary["verifiable_until"]
    seoul = dt.timezone(dt.timedelta(hours=9))
    evening = dt.datetime.combine(dt.date.fromisoformat(summary["valid_until"]), dt.time(23, 50), seoul)
    backend.clock.ahead = evening - dt.datetime.now(dt.UTC)
    assert (await verify(backend, summary["number"]))["result"] == "genuine"
    backend.clock.ahead += dt.timedelta(minutes=20)
    assert (await verify(backend, summary["number"]))["result"] == "expired"
    assert (await person.get("/v1/documents"))["items"][0]["state"] == "expired"


def test_a_number_is_found_in_compressed_and_in_wide_text() -> None:
    import zlib

    number = numbers.new_document_number()
    assert number_in(b"%PDF-1.7 stream\n" + zlib.compress(number.encode("utf-16-be")) + b"endstream") == number
    assert number_in(b"%PDF-1.7 (" + number[:-1].encode() + b"?)") == ""
    assert number_in(b"stream\n" * 10_000 + zlib.compress(b"0" * 50_000_000)) == ""
