/* At a kiosk: asks whether somebody is still there, and clears the screen when nobody answers. Nothing that leads out of
   the portal is followed, nothing is downloaded or filled in by the browser, and Back shows no visit before this one. */
"use strict";
(() => {
  const root = document.documentElement, first = root.dataset.kioskFirst;
  const clear = () => root.classList.add("cleared");
  const leave = () => { clear(); location.replace(first); };

  /* Each entry of the browser's history bears the visit that made it; the mark goes when somebody has finished. */
  let visit = sessionStorage.getItem("visit");
  if (!visit) sessionStorage.setItem("visit", visit = crypto.randomUUID());
  const foreign = () => history.state?.visit !== sessionStorage.getItem("visit");
  const mark = () => { if (foreign()) history.replaceState({ ...history.state, visit }, "", location.href); };
  if (performance.getEntriesByType("navigation")[0]?.type === "back_forward" && foreign()) return leave();
  mark();
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    clear();
    if (foreign()) leave(); else location.reload();
  });

  const stays = (link) => new URL(link.href).origin === location.origin && !link.hasAttribute("download")
    || link.dataset.ref === "provider-out";
  ["click", "auxclick", "contextmenu"].forEach((kind) => document.addEventListener(kind, (event) => {
    const link = event.target.closest?.("a[href]");
    if (kind !== "click" || (link && !stays(link))) event.preventDefault();
  }, true));

  const start = () => {
    document.querySelectorAll("form, input:not([type=password]), textarea, select").forEach((field) => { field.autocomplete = "off"; });
    /* A number is read and not called from here: it is no link, and an agent can still point at it. */
    document.querySelectorAll("a[href^='tel:']").forEach((link) => {
      const number = document.createElement("span");
      if (link.dataset.ref) number.dataset.ref = link.dataset.ref;
      number.append(...link.childNodes);
      link.replaceWith(number);
    });
    const dialog = document.querySelector("dialog[data-kiosk]");
    if (!dialog) return;
    const quiet = Number(dialog.dataset.kiosk) * 1000, wait = Number(dialog.dataset.wait) * 1000;
    const bar = dialog.querySelector("progress"), here = dialog.querySelector("[data-here]");
    const form = dialog.querySelector("form");
    let last = Date.now(), asked = 0, over = false;

    /* What is the person's goes from the screen at once; the rest when the portal answers, however long that takes. */
    const finish = async () => {
      over = true;
      clear();
      try {
        const answer = await fetch(form.action, { method: "POST", redirect: "manual", signal: AbortSignal.timeout(10000) });
        if (answer.type === "opaqueredirect") {
          sessionStorage.clear();
          return location.replace(dialog.dataset.after);
        }
      } catch { /* not reached: asked again */ }
      setTimeout(finish, 3000);
    };
    document.addEventListener("submit", (event) => {
      if (event.target.action !== form.action) return;
      event.preventDefault();
      if (!over) finish();
    }, true);

    /* A device that slept counted nothing: who wakes it is perhaps another. */
    const touched = () => {
      const now = Date.now();
      if (!over && now - last >= quiet + wait) return void finish();
      last = dialog.open ? now - quiet : now;
      if (dialog.open) asked = now;
    };
    ["pointerdown", "keydown", "input", "wheel", "scroll", "focusin"].forEach((kind) => {
      addEventListener(kind, touched, { capture: true, passive: true });
    });
    const stay = () => { last = Date.now(); asked = 0; if (dialog.open) dialog.close(); };
    here.addEventListener("click", stay);
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });

    const reads = () => window.speechSynthesis?.speaking || document.querySelector("[data-pace]:not([hidden])");
    const tick = () => {
      if (over) return;
      mark();
      if (!dialog.open) {
        if (reads()) last = Date.now();
        if (Date.now() - last < quiet) return;
        asked = last + quiet;
        dialog.querySelector("[data-live]").textContent = dialog.querySelector("[data-told]").textContent;
        dialog.showModal();
        here.focus();
      }
      asked ||= Date.now();
      const left = asked + wait - Date.now();
      bar.value = Math.max(0, left / 1000);
      if (left <= 0) finish();
    };
    setInterval(tick, 500);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
