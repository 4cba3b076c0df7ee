"""Files of a question page: stored with the draft at once, so that neither an error nor a language loses them."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from madang.contract.messages.drafts import Draft
from madang.forms.errors import Code, FieldError
from madang.forms.model import FormDefinition
from madang.web.clients import Invalid, TooLarge, UnsupportedMediaType, drafts
from madang.web.portal import portal, signed_in

LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Held:
    """``posted`` names the stored files beside what was typed; ``stay``: a file was added or removed, not Continue."""

    posted: dict[str, list[str]]
    errors: tuple[FieldError, ...]
    stay: bool
    changed: bool
    """The draft's files are no longer those that were read before."""


async def store(
    request: Request,
    draft: Draft,
    form: FormDefinition,
    fields: Sequence[str],
    form_data: FormData,
    posted: dict[str, list[str]],
) -> Held:
    """Stores each posted file, removes the one asked to be removed, and says what the page now holds."""
    p, session = portal(request), await signed_in(request)
    result = dict(posted)
    errors: list[FieldError] = []
    stay, changed = False, False
    for name in fields:
        if form.fields[name].type != "files":
            continue
        held = [file for file in posted.get(name, []) if file]
        if removed := posted.get(f"{name}-remove"):
            stay = changed = True
            held = [file for file in held if file not in removed]
            for file in removed:
                await drafts.delete_file(p.backend, session, draft.id, file)
        for upload in form_data.getlist(f"{name}-upload"):
            if not isinstance(upload, UploadFile) or not upload.filename:
                continue
            try:
                content = await upload.read(LARGEST + 1)
                if len(content) > LARGEST:
                    errors.append(FieldError(name, name, "file-too-large", {"name": upload.filename}))
                    continue
                stored = await drafts.store_file(
                    p.backend, session, draft.id, upload.filename, upload.content_type or "", content
                )
                held.append(stored.id)
                changed = True
            except (TooLarge, UnsupportedMediaType, Invalid) as refused:
                code: Code = "file-too-large" if isinstance(refused, TooLarge) else "file-type"
                errors.append(FieldError(name, name, code, {"name": upload.filename}))
        if posted.get(f"{name}-add"):
            stay = True
        result[name] = held
    return Held(result, tuple(errors), stay, changed)
