"""Calls of the issuance group: issued documents, their PDF, their revocation."""

from madang.contract.messages.documents import Document, DocumentList, DocumentSummary, Revocation
from madang.web.clients.caller import Caller
from madang.web.clients.errors import Impossible, NotFound
from madang.web.clients.http import Backend


async def listed(backend: Backend, session: Caller) -> DocumentList:
    """This person's documents, newest first."""
    found: DocumentList = await backend.call("documents", session=session)
    return found


async def document(backend: Backend, session: Caller, number: str) -> Document:
    """One document with its content. Raises NotFound, also when it is somebody else's."""
    found: Document = await backend.call("document", session=session, params={"number": number})
    return found


async def pdf(backend: Backend, session: Caller, number: str) -> bytes:
    """The signed PDF, byte for byte. Raises NotFound."""
    content: bytes = await backend.call("document_pdf", session=session, params={"number": number})
    return content


async def revoke(backend: Backend, session: Caller, number: str, message: Revocation) -> DocumentSummary:
    """The document, revoked. Raises Impossible, Invalid, NotFound.

    Revoking twice is no error: the wish is fulfilled. (A clerk may not read the document that was, so to a clerk it is
    Impossible.)"""
    try:
        revoked: DocumentSummary = await backend.call(
            "revoke", session=session, params={"number": number}, body=message
        )
    except Impossible as refused:
        try:
            revoked = (await document(backend, session, number)).summary
        except NotFound:
            raise refused from None
        if revoked.state != "revoked":
            raise
    return revoked
