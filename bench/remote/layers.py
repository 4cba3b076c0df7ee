"""What leaks of the bench's page when one of the two layers is taken away: 0 with either alone."""

from dataclasses import replace
from typing import Any

import httpx

from bench.houses import BASE
from bench.remote.house import furnish
from bench.remote.seeds import SeededPage, from_json, seeded, told


async def alone(app: Any, portal: Any) -> tuple[int, int, int]:
    """Secrets that are in the twins: without the cover, without the mask, without both (what they keep back)."""
    from madang.remote_support import mirror
    from madang.web.page import mask
    from madang.web.support import twin
    from madang.web.support.cover import Cover

    furnish(app)
    frame = await shell_of(app)
    seeds = seeded()
    page = SeededPage(1, "", seeds.kinds)
    address = f"/vi/bench/1?who={'&who='.join(secrets.address for secrets in seeds.kinds)}"
    frame = replace(frame, path=address, here=address, canonical=address)
    cover, shared = Cover.of(page, frame), twin.shared_controls(page)

    def leaked(masked: bool, covered: bool) -> int:
        found = []
        for locale in ("ko", "vi"):
            content, around = (mask(page), mask(frame)) if masked else (page, frame)
            template = portal.environments[locale].get_template(f"pages/{page.template}")
            html = template.render(page=content, shell=twin.anonymous(around, locale) if masked else around)
            made = mirror.reflect(html, cover.over(html) if covered else str, shared)
            found.append([made.title, made.html, [vars_of(each) for each in made.elements.values()], [*made.elements]])
        return len(told(from_json(found), seeds))

    return leaked(True, False), leaked(False, True), leaked(False, False)


def vars_of(element: Any) -> dict[str, Any]:
    import msgspec

    plain: dict[str, Any] = msgspec.to_builtins(element)
    return plain


async def shell_of(app: Any) -> Any:
    """The shell around a page, as the portal makes it."""
    from madang.web import render

    caught: list[Any] = []
    original = render.shell

    def shell(*arguments: Any, **named: Any) -> Any:
        caught.append(original(*arguments, **named))
        return caught[-1]

    render.shell = shell
    try:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=BASE) as client:
            await client.get("/vi/bench/1")
    finally:
        render.shell = original
    return caught[-1]
