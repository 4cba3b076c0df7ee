"""Another language amid an errand on the telephone: what was typed, and whether errors stood, goes along."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from madang.forms.errors import FieldError
from madang.forms.model import Answers, FormDefinition
from madang.forms.parse import page_fields, page_of
from madang.forms.raw import raw_from
from madang.i18n.locales import is_locale
from madang.web.links import in_locale
from madang.web.portal import portal, signed_in
from madang.web.questions import Raw
from madang.web.views.phone_errand import judged


async def switched(request: Request, posted: dict[str, list[str]]) -> Response | None:
    """The same page in the language that was pressed; None when none was. Raises 400 for a language we have not."""
    wanted = posted.get("switch")
    if wanted is None:
        return None
    if not is_locale(wanted[0]):
        raise HTTPException(400)
    who, typed = await signed_in(request), {"posted": posted, "judged": "judged" in posted}
    await portal(request).stash.keep(who.subject, _place(request), typed)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(in_locale(request.url.path, wanted[0]) + query, 303)


async def typed_before(
    request: Request, form: FormDefinition, step: str, answers: Answers
) -> tuple[Raw | None, tuple[FieldError, ...]]:
    """What was typed on this page before its language was changed, once, and its errors where some stood."""
    typed = await portal(request).stash.take((await signed_in(request)).subject, _place(request))
    if typed is None:
        return None, ()
    if typed["judged"]:
        result = await judged(request, form, step, typed["posted"], answers)
        return result.raw, result.errors
    return raw_from(page_fields(form, page_of(form, step)), typed["posted"]), ()


def _place(request: Request) -> str:
    """The page, whatever its language."""
    return f"typed{in_locale(request.url.path, 'en')}"
