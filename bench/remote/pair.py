"""A citizen who reads Vietnamese and an agent who reads Korean, each with a browser, over the real portal."""

import json
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Browser, Page

from bench.remote import hands

AGENT = "baek-noeul"
FRAME = """
window.seen = [];
window.sockets = [];
window.WebSocket = class extends WebSocket { constructor(...rest) { super(...rest); sockets.push(this); } };
addEventListener("load", () => {
  const frame = document.querySelector("[data-frame]");
  if (!frame) return;
  const now = () => performance.timeOrigin + performance.now();
  const text = (body, ref) => (body.querySelector("[data-ref=" + ref + "]") || {textContent: ""}).textContent;
  let watching = null;
  const watch = () => {
    const body = frame.contentDocument && frame.contentDocument.body;
    if (!body || body === watching) return;
    watching = body;
    const look = () => seen.push({
      at: now(), empty: !body.childElementCount, note: text(body, "bench-note"),
      number: text(body, "bench-number") || (body.querySelector("h1") || {textContent: ""}).textContent,
    });
    look();
    new MutationObserver(look).observe(body, {subtree: true, childList: true, characterData: true});
  };
  frame.addEventListener("load", watch);
  watch();
});
"""
"""In the agent's page: what the frame shows, each time that it changes."""
REGION = """
window.heard = [];
window.sockets = [];
window.WebSocket = class extends WebSocket { constructor(...rest) { super(...rest); sockets.push(this); } };
new MutationObserver((changes) => changes.forEach((change) => {
  const region = change.target.nodeType === 1 ? change.target : change.target.parentElement;
  if (region && region.closest("[role=status]") && region.textContent) {
    heard.push({at: performance.timeOrigin + performance.now(), text: region.textContent});
  }
})).observe(document, {subtree: true, childList: true, characterData: true});
"""
"""In the citizen's page: what a live region says, each time that it changes."""


class Pair:
    """``wire``: every text that reached the agent over a socket, from the first session on."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.base = base
        self.wire: list[tuple[float, str]] = []
        self._contexts = [browser.new_context(locale="vi"), browser.new_context(locale="ko")]
        for context, script in zip(self._contexts, (REGION, FRAME), strict=True):
            context.add_init_script(hands.WATCH)
            context.add_init_script(script)
        self.citizen, self.agent = (context.new_page() for context in self._contexts)
        self.violations = [hands.violations(page) for page in (self.citizen, self.agent)]
        self.agent.on("websocket", lambda socket: socket.on("framereceived", self._received))
        for page in (self.citizen, self.agent):
            page.set_default_timeout(15000)
        self._sign_in()

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _received(self, frame: Any) -> None:
        self.wire.append((0.0, frame if isinstance(frame, str) else frame.decode("utf-8", "replace")))

    def _sign_in(self) -> None:
        self.agent.goto(f"{self.base}/ko/desk")
        if "/desk" not in self.agent.url or "sign-in" in self.agent.url:
            self._press(self.agent, f"person:{AGENT}")

    def _press(self, page: Page, ref: str) -> None:
        with page.expect_navigation():
            page.locator(f'[data-ref="{ref}"]').first.click()

    def meet(self, level: str = "point", path: str = "/vi/bench/1") -> None:
        """From asking to both looking at ``path``."""
        self.citizen.goto(f"{self.base}{path}")
        self.citizen.goto(f"{self.base}/vi/help/support?from={path}")
        self._press(self.citizen, "support-code")
        code = self.citizen.locator(".digits span[aria-hidden]").inner_text()
        self.agent.goto(f"{self.base}/ko/desk")
        self.agent.fill("#code", code)
        self._press(self.agent, "enter-code")
        self.citizen.goto(f"{self.base}/vi/help/support/agree")
        self.citizen.locator(f'[data-ref="level:{level}"]').check()
        self._press(self.citizen, "support-yes")
        hands.waited(self.agent, lambda: self.shown()["number"])

    def looks(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.agent.evaluate("window.seen")
        return found

    def shown(self) -> dict[str, Any]:
        """What the agent's frame shows now."""
        looks = self.looks()
        return looks[-1] if looks else {"number": "", "note": "", "empty": True, "at": 0.0}

    def names(self, since: int = 0) -> Sequence[str]:
        """The types of what reached the agent."""
        return [str(json.loads(text)["type"]) for _, text in self.wire[since:]]
