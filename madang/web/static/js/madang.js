/* Small comforts, hooked by data-*. Nothing here is needed for a task: every page works without it.
   Listeners sit on the document, so that what htmx swaps in works, too. */
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /** Says a sentence to screen readers, in the page's one polite live region. */
  const say = (text) => {
    const region = one("[data-say]");
    if (!region) return;
    region.textContent = "";
    setTimeout(() => { region.textContent = text; }, 100);
  };

  /* What the script alone can do is shown by the script alone. */
  const reveal = (root) => {
    if (navigator.clipboard) all("[data-copy]", root).forEach((button) => { button.hidden = false; });
    all("[data-print]", root).forEach((button) => { button.hidden = false; });
    all("[data-count]", root).forEach((box) => count(box, false));
  };

  /* The error summary takes focus; its links lead to the control and show its label, too. */
  const errors = (root) => {
    const summary = one("[data-errors]", root);
    if (!summary || summary.dataset.seen) return; // a later swap elsewhere must not take the focus back
    summary.dataset.seen = "true";
    summary.focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-errors] a[href^='#']");
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    const label = control.closest("fieldset")?.querySelector("legend") ?? control.labels?.[0] ?? control;
    label.scrollIntoView();
    control.focus({ preventScroll: true });
  });

  /* A form is sent once. Its button is not disabled: its name would not be sent, and focus would be lost. */
  const release = (form) => {
    delete form.dataset.sent;
    all("[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    form.dataset.sent = "true";
    event.submitter?.setAttribute("aria-disabled", "true");
    setTimeout(() => release(form), 10000); // an answer that never comes must not lock the form
  }, true);
  addEventListener("pageshow", () => all("form[data-sent]").forEach(release));
  document.addEventListener("htmx:finally:request", () => all("form[data-sent]").forEach(release));

  /* Menus close on Escape, on a press outside and when focus leaves. */
  const close = (menu, back) => {
    menu.open = false;
    if (back) one("summary", menu).focus();
  };
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.("[data-menu][open]");
    if (menu) close(menu, true);
  });
  const outside = (event) => {
    all("[data-menu][open]").filter((menu) => !menu.contains(event.target)).forEach((menu) => close(menu, false));
  };
  document.addEventListener("click", outside);
  document.addEventListener("focusin", outside);

  /* Copy a number, print a page. */
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      try {
        await navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent.trim());
        say(copy.dataset.done);
        one("[aria-hidden]", copy)?.replaceChildren(copy.dataset.done);
      } catch { copy.hidden = true; } // not allowed here: the number can still be read and selected
    }
    if (event.target.closest("[data-print]")) print();
  });

  /* Characters left: shown at once, said only when the typing pauses. */
  let pause;
  const count = (box, typed) => {
    const area = one("textarea", box), shown = one("[data-left]", box);
    if (!area || !shown) return;
    const left = Number(box.dataset.count) - [...area.value].length;
    shown.textContent = shown.dataset.left.replace("{n}", left.toLocaleString(document.documentElement.lang));
    clearTimeout(pause);
    if (typed && left < 50) pause = setTimeout(() => say(shown.textContent), 1500);
  };
  document.addEventListener("input", (event) => {
    const box = event.target.closest?.("[data-count]");
    if (box) count(box, true);
  });

  /* A file may be dropped on its box; the file control itself shows what it holds. */
  const over = (event, on) => {
    const box = event.target.closest?.("[data-drop]");
    if (!box || !event.dataTransfer?.types.includes("Files")) return null;
    event.preventDefault();
    box.classList.toggle("over", on);
    return box;
  };
  document.addEventListener("dragover", (event) => over(event, true));
  document.addEventListener("dragleave", (event) => over(event, false));
  document.addEventListener("drop", (event) => {
    const input = one("input[type=file]", over(event, false) ?? document.createElement("p"));
    if (!input || !event.dataTransfer.files.length) return;
    if (!input.multiple && event.dataTransfer.files.length > 1) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });

  /* The session: a warning that is heard, one press to go on, and a plain word when it is over. */
  const session = (dialog) => {
    const stay = one("[data-stay]", dialog), failed = one("[data-failed]", dialog), live = one("[data-live]", dialog);
    const notices = all("[data-at]", dialog).sort((a, b) => a.dataset.at - b.dataset.at);
    const full = Number(dialog.dataset.session) * 1000;
    const tabs = "BroadcastChannel" in window ? new BroadcastChannel("madang-session") : null;
    let ends = Date.now() + full, said = null, over = false;

    const renew = (milliseconds, tell) => {
      if (over) return;
      ends = Date.now() + milliseconds;
      said = null;
      failed.hidden = true;
      live.textContent = "";
      if (dialog.open) dialog.close();
      if (tell) tabs?.postMessage(milliseconds);
    };
    const finish = () => {
      over = true;
      dialog.classList.add("over");
      one("[data-warn]", dialog).hidden = true;
      one("[data-over]", dialog).hidden = false;
      const title = one("[data-over] h2", dialog);
      title.id = "session-over";
      dialog.setAttribute("aria-labelledby", "session-over");
      if (!dialog.open) dialog.showModal();
      title.focus();
    };
    const tick = () => {
      const left = (ends - Date.now()) / 1000;
      if (over) return;
      if (left <= 0) return finish();
      const notice = notices.find((item) => left <= Number(item.dataset.at));
      if (!notice || notice === said) return;
      said = notice;
      if (!dialog.open) { dialog.showModal(); stay.focus(); }
      live.textContent = notice.textContent;
    };
    stay.addEventListener("click", async () => {
      failed.hidden = true;
      try {
        const answer = await fetch(dialog.dataset.extend, { method: "POST", headers: { Accept: "application/json" } });
        if (answer.status === 401 || answer.status === 403) return finish();
        if (!answer.ok) throw new Error(answer.statusText);
        const json = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
        renew(json.expires_in ? json.expires_in * 1000 : full, true);
      } catch { failed.hidden = false; live.textContent = failed.textContent; }
    });
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (!over) stay.click(); });
    tabs?.addEventListener("message", (event) => renew(event.data, false));
    tabs?.postMessage(full); // this page has just been loaded, so the other tabs' clocks start again, too
    document.addEventListener("visibilitychange", tick); // a phone that slept counts no seconds
    setInterval(tick, 1000);
  };

  const start = () => {
    reveal(document);
    errors(document);
    all("[data-session]").forEach(session);
  };
  document.addEventListener("htmx:after:swap", () => { reveal(document); errors(document); });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
