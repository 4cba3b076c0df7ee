"""An early word: the register that a service needs holds nothing about the person who begins."""

from dataclasses import dataclass

from starlette.requests import Request

from madang.contract.messages.catalogue import Service
from madang.i18n.text import Text
from madang.web.clients import BackendError, identity
from madang.web.page import Public
from madang.web.portal import portal
from madang.web.state.sessions import Session


@dataclass(frozen=True, slots=True)
class RegisterGap:
    """That there is one is private; who keeps the register is not."""

    holder: Public[Text]
    upload: Public[bool]
    """The person may attach the document instead, and a clerk reads it."""


async def register_gap(request: Request, session: Session, service: Service) -> RegisterGap | None:
    """The first register that ``service`` looks up and that holds nothing about this person; None when there is none,
    or when it is not known: a word that may be wrong is not said, and nobody is kept from applying."""
    shared = [needed for needed in service.inputs if needed.source == "shared" and not needed.by]
    if not shared:
        return None
    p = portal(request)
    try:
        holds = (await identity.person(p.backend, session)).holds
    except BackendError:
        return None
    missing = [needed for needed in shared if holds is not None and needed.evidence not in holds]
    if not missing:
        return None
    upload = bool(service.processing_time.manual_days) and all(
        needed.fallback == "upload" and needed.consent == "required" for needed in missing
    )
    return RegisterGap(p.shelf.authority(missing[0].holder).name, upload)
