/* The desk's queue renews itself while somebody sits before it, says politely who has come, and never moves the focus.
   Without this script "Look again" does it. */
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const PAUSE = 8000;
  /** An empty chair keeps nobody signed in. */
  const LEFT = 10 * 60 * 1000;
  const NAME = "madang-desk-renews";

  const begin = () => {
    const setting = one("p[data-renew]:not([role])"), tell = one("[data-renew-tell]");
    if (!setting || !tell) return;
    const words = tell.dataset;
    let here = Date.now(), asking = false;
    const box = one("input", setting);
    setting.hidden = false;
    try { box.checked = localStorage.getItem(NAME) !== "no"; } catch { /* nothing is kept here */ }
    box.addEventListener("change", () => {
      try { localStorage.setItem(NAME, box.checked ? "yes" : "no"); } catch { /* nothing is kept here */ }
    });
    ["keydown", "pointerdown", "pointermove", "focusin"].forEach((type) => {
      addEventListener(type, () => { here = Date.now(); }, { passive: true });
    });
    const waiting = (root) => new Map(all("[data-waits]", root).map((item) => [item.dataset.waits, item.dataset.who]));
    const callers = (root) => Number(one("[data-by-code]", root)?.dataset.byCode ?? 0);
    let known = waiting(document), calling = callers(document);

    const put = (old, fresh) => {
      if (old.isEqualNode(fresh)) return;
      const focused = old.contains(document.activeElement) ? document.activeElement.dataset.ref : "";
      old.replaceChildren(...[...fresh.childNodes].map((node) => document.importNode(node, true)));
      if (!focused) return;
      const again = all("[data-ref]", old).find((each) => each.dataset.ref === focused);
      const heading = one("h2", old);
      heading?.setAttribute("tabindex", "-1");
      (again ?? heading)?.focus({ preventScroll: true });
    };
    const renew = async () => {
      if (asking || !box.checked || document.visibilityState !== "visible" || Date.now() - here > LEFT) return;
      asking = true;
      try {
        const answer = await fetch(words.renew, { headers: { "X-Requested-With": "fetch" } });
        if (answer.redirected) { location.reload(); return; }
        if (!answer.ok) return;
        const made = new DOMParser().parseFromString(await answer.text(), "text/html");
        all("[data-renews]").forEach((old) => {
          const fresh = all("[data-renews]", made).find((each) => each.dataset.renews === old.dataset.renews);
          if (fresh) put(old, fresh);
        });
        const now = waiting(made), more = callers(made), said = [];
        now.forEach((who, name) => { if (!known.has(name)) said.push(words.came.replace("{who}", who)); });
        if (more > calling) said.push(words.called);
        known = now;
        calling = more;
        if (said.length) tell.textContent = said.join(" ");
      } catch { /* the next time */ } finally { asking = false; }
    };
    setInterval(renew, PAUSE);
    document.addEventListener("visibilitychange", renew);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
