/* The forms of the desk's session page: each goes over the connection while there is one, and posts when there is none. */
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const FIELDS = {
    highlight: ["ref"], point: ["ref"], "scroll-to": ["ref"], "move-focus": ["ref"], open: ["ref"],
    suggest: ["ref", "value"], fill: ["ref", "value"], phrase: ["phrase", "ref"], chat: ["text"], stop: [],
  };
  const FIGURES = ["minutes", "days", "amount", "time"];

  /** The message that a form means, as the server reads it from a post. */
  const message = (data) => {
    const type = data.get("do"), made = { type };
    if (!FIELDS[type]) return null;
    FIELDS[type].forEach((name) => { if (data.get(name)) made[name] = data.get(name); });
    if (["suggest", "fill"].includes(type) && data.get("checked")) made.checked = data.get("checked") === "true";
    const figures = FIGURES.filter((name) => data.get(name));
    if (figures.length) made.words = Object.fromEntries(figures.map((name) => [name, data.get(name).trim()]));
    if (type === "chat" && !made.text?.trim()) return null;
    return made;
  };

  /** desk: the page's part; word, say: its sentences and its voice; send(message): false when there is no connection. */
  window.madangTools = ({ desk, word, say, send, mark, language }) => {
    const sent = (form, button) => { // madang.js holds back a second post: nothing was posted here
      delete form.dataset.sent;
      button?.removeAttribute("aria-disabled");
    };
    desk.addEventListener("submit", (event) => {
      const form = event.target, button = event.submitter;
      if (form.matches("[data-act]") && button?.formMethod !== "get") {
        const made = message(new FormData(form, button));
        if (!made || !send(made)) return;
        event.preventDefault();
        sent(form, button);
        if (made.type === "chat") form.reset();
        if (made.ref) mark(made.ref, "twin-marked");
      }
      if (form.matches("[data-notes]")) {
        event.preventDefault();
        const body = new URLSearchParams(new FormData(form));
        fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } })
          .then((answer) => { if (answer.ok) say(word("kept")); else throw new Error(answer.statusText); })
          .catch(() => form.submit())
          .finally(() => sent(form, button));
      }
    });

    // Firefox leaves a long box where it is when any of it is in the window, be its label above: Tab brings both.
    desk.addEventListener("keyup", (event) => {
      if (event.key === "Tab") event.target.labels?.[0]?.scrollIntoView({ block: "nearest" });
    });

    /* In whose language the page is looked at. */
    all("[data-whose-link]", desk).forEach((link) => link.addEventListener("click", (event) => {
      if (!send({ type: "language", whose: link.dataset.whoseLink })) return;
      event.preventDefault();
      language(link.dataset.whoseLink);
      all("[data-whose-link]", desk).forEach((other) => other.removeAttribute("aria-current"));
      link.setAttribute("aria-current", "true");
    }));

    /* The phrasebook narrows as one types; Enter says how many are left. */
    const search = one("[data-phrase-search]", desk), found = one("[data-found]", desk);
    const narrow = () => {
      const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      all("[data-situation]", desk).forEach((situation) => {
        const title = one("summary", situation).textContent.toLowerCase();
        let here = 0;
        all("[data-phrase]", situation).forEach((phrase) => {
          const text = title + " " + phrase.textContent.toLowerCase();
          phrase.hidden = !wanted.every((part) => text.includes(part));
          if (!phrase.hidden) here += 1;
        });
        situation.hidden = !here;
        situation.open = wanted.length > 0 && here > 0;
        count += here;
      });
      found.textContent = wanted.length ? word("found", "", String(count)) : "";
    };
    if (search) {
      search.addEventListener("input", narrow);
      search.form.addEventListener("submit", (event) => {
        if (all("[data-phrase]", desk).length < 100) return; // the page holds only what was searched for before
        event.preventDefault();
        narrow();
      });
    }
  };
})();
