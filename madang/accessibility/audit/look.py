"""Looks at one scene with every engine and check that fits it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from madang.accessibility.audit import browsers
from madang.accessibility.audit.fetch import Unreadable, fetch
from madang.accessibility.audit.scenes import FIRST, Scene, Stage
from madang.accessibility.engines.engine import Engine, EngineFailed, Verdict
from madang.accessibility.findings import Browser, Finding, PageResult, PageState

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Launched
    from playwright.sync_api import Page, Playwright

    from madang.accessibility.checks.site import Extract

LINKS: Final = "() => [...document.querySelectorAll('a[href], area[href]')].map(e => e.href).slice(0, 2000)"
SETTLED: Final = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))"

TOP: Final = "() => scrollTo({top: 0, behavior: 'instant'})"
"""An engine or a check may have left the page somewhere else, and what is sticky with it."""


def checks_of(browser: Browser) -> list[Any]:
    """The scripted checks for ``browser``, those that alter the page last."""
    from madang.accessibility.checks import CHECKS

    return sorted((check for check in CHECKS.values() if browser in check.browsers), key=lambda check: check.alters)


class Looker:
    """A browser of each kind that is asked for, the engines, and a stage. Of one thread."""

    def __init__(self, playwright: "Playwright", engines: Iterable[Engine]) -> None:
        self._playwright = playwright
        self._engines = list(engines)
        self._launched: dict[Browser, Launched] = {}
        self._markup: tuple[str, dict[str, Verdict | str]] = ("", {})
        self.stage = Stage()

    def close(self) -> None:
        for launched in self._launched.values():
            launched.close()
        self.stage.close()

    def warm(self) -> None:
        """Starts what takes long to start, on a page of ours, so that no page of others is thought to hang."""
        self.look(Scene(PageState("first", "en", "/"), FIRST))

    def look(self, scene: Scene) -> tuple[PageResult, tuple[str, ...]]:
        """What was seen, and the links of the page. Nothing raises: what goes wrong is a problem of this page alone."""
        state = scene.state
        try:
            if scene.pages:
                return self._compare(scene), ()
            if scene.html is None:
                page = fetch(state.url)
                return self._seen(scene, replace(state, url=page.url), page.url, page.html)
            return self._seen(scene, state, self.stage.put(scene), scene.html)
        except Unreadable as problem:
            return PageResult(state, scene.key, problems=(str(problem),)), ()
        except Exception as error:  # whatever a browser says of a page of somebody else's
            self._launched.pop(state.browser, None)
            return PageResult(state, scene.key, problems=(_told(error),)), ()

    def _seen(self, scene: Scene, state: PageState, address: str, html: str) -> tuple[PageResult, tuple[str, ...]]:
        launched = self._browser(state.browser)
        findings: list[Finding] = []
        passed: dict[str, list[str]] = {}
        problems: list[str] = []
        with browsers.context(launched, state, scene.device) as context:
            page = context.new_page()
            page.on("dialog", lambda dialog: dialog.dismiss())
            self._open(page, address, problems)
            for engine in self._engines:
                if state.browser not in engine.browsers:
                    continue
                said = self._ask(engine, page, html)
                if isinstance(said, str):
                    problems.append(said)
                    continue
                findings += said.findings
                for criterion in said.passed:
                    passed.setdefault(criterion, []).append(engine.name)
            links, own = (), None
            if scene.html is None:
                links, own = tuple(page.evaluate(LINKS)), self._extract(page, state, problems)
            self._check(page, address, state, findings, passed, problems)
        kept = {criterion: tuple(sorted(by)) for criterion, by in sorted(passed.items())}
        return PageResult(state, scene.key, tuple(findings), kept, tuple(problems), own), links

    def _extract(self, page: "Page", state: PageState, problems: list[str]) -> "Extract | None":
        from madang.accessibility.checks import extract

        try:
            return extract(page, state)
        except Exception as error:
            problems.append(f"It was not compared with the other pages: {_told(error)}")
            return None

    def _compare(self, scene: Scene) -> PageResult:
        """Opens every page of a site, one after another, and compares them."""
        from madang.accessibility.audit.sitewide import together

        pairs, problems = [], list[str]()
        with browsers.context(self._browser(scene.state.browser), scene.state, scene.device) as context:
            page = context.new_page()
            page.on("dialog", lambda dialog: dialog.dismiss())
            for each in scene.pages:
                page.goto(self.stage.put(each), wait_until="load")
                own = self._extract(page, each.state, problems)
                pairs += [(each.state, own)] if own else []
        return replace(together(scene.state, scene.key, pairs), problems=tuple(problems))

    def _browser(self, kind: Browser) -> "Launched":
        launched = self._launched.get(kind)
        if launched is None or not launched.is_connected():
            launched = self._launched[kind] = browsers.launch(self._playwright, kind)
        return launched

    def _open(self, page: "Page", address: str, problems: list[str]) -> None:
        from playwright.sync_api import TimeoutError as TooSlow

        try:
            page.goto(address, wait_until="load")
        except TooSlow:  # a picture that never comes: what stands is looked at
            page.wait_for_load_state("domcontentloaded", timeout=5_000)
            problems.append("It was not complete within 20 seconds; what stood by then was looked at.")
        page.evaluate(SETTLED)

    def _ask(self, engine: Engine, page: "Page", html: str) -> Verdict | str:
        """The verdict, or why there is none. What reads only the markup is asked once for each page."""
        if self._markup[0] != html:
            self._markup = (html, {})
        if engine.markup and engine.name in self._markup[1]:
            return self._markup[1][engine.name]
        try:
            said: Verdict | str = engine.run(page, html)
        except EngineFailed as error:
            said = f"{engine.name} was left out: {error}."
        except Exception as error:
            said = f"{engine.name} was left out: {_told(error)}"
        if engine.markup:
            self._markup[1][engine.name] = said
        return said

    def _check(
        self,
        page: "Page",
        address: str,
        state: PageState,
        findings: list[Finding],
        passed: dict[str, list[str]],
        problems: list[str],
    ) -> None:
        for check in checks_of(state.browser):
            try:
                if check.alters:
                    page.set_viewport_size({"width": state.width, "height": browsers.HEIGHT.get(state.width, 800)})
                    page.goto(address, wait_until="load")
                page.evaluate(TOP)
                said = list(check.run(page, state))
            except Exception as error:
                problems.append(f"The check {check.name} was left out: {_told(error)}")
                continue
            findings += said
            failed = {finding.criterion for finding in said}
            for criterion in check.criteria:
                if criterion not in failed:
                    passed.setdefault(criterion, []).append(f"check:{check.name}")


def _told(error: Exception) -> str:
    line = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
    return f"The browser said: {line}" + ("" if line.endswith(".") else ".")
