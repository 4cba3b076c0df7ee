"""Calls of the verification group: is this document genuine? Asked by anyone, without sign-in."""

from madang.contract.messages.documents import Verification, VerificationRequest
from madang.web.clients.http import Backend


async def number(backend: Backend, message: VerificationRequest) -> Verification:
    """By the number as typed, or by the code of the QR link. Raises Invalid."""
    result: Verification = await backend.call("verify", body=message)
    return result


async def file(backend: Backend, content: bytes) -> Verification:
    """By the PDF itself: its signature and the register. Raises UnsupportedMediaType, TooLarge."""
    result: Verification = await backend.call("verify_file", body=content)
    return result
