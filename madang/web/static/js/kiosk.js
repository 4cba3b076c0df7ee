/* At a kiosk: asks whether somebody is still there, and clears the screen when nobody answers. Nothing that leads out of
   the portal is followed, and no page comes back from the browser's memory. */
"use strict";
(() => {
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (link && new URL(link.href).origin !== location.origin) event.preventDefault();
  }, true);

  const start = () => {
    const dialog = document.querySelector("dialog[data-kiosk]");
    if (!dialog) return;
    const quiet = Number(dialog.dataset.kiosk) * 1000, wait = Number(dialog.dataset.wait) * 1000;
    const bar = dialog.querySelector("progress"), here = dialog.querySelector("[data-here]");
    let last = Date.now(), asked = 0, over = false;

    const touched = () => { if (!dialog.open) last = Date.now(); };
    ["pointerdown", "keydown", "input", "wheel", "scroll", "focusin"].forEach((kind) => {
      addEventListener(kind, touched, { capture: true, passive: true });
    });
    const stay = () => { last = Date.now(); asked = 0; if (dialog.open) dialog.close(); };
    here.addEventListener("click", stay);
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });

    /* What is the person's goes from the screen at once; the rest when the portal answers, however long that takes. */
    const finish = async () => {
      over = true;
      document.documentElement.classList.add("cleared");
      try {
        const answer = await fetch(dialog.dataset.alive, { cache: "no-store" });
        if (!answer.ok) throw new Error(answer.statusText);
        dialog.querySelector("form").submit();
      } catch { setTimeout(finish, 3000); }
    };
    const reads = () => window.speechSynthesis?.speaking || [...document.querySelectorAll("audio")].some((it) => !it.paused);
    const tick = () => {
      if (over) return;
      if (!dialog.open) {
        if (reads()) touched();
        if (Date.now() - last < quiet) return;
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
