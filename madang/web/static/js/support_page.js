/* Remote support on the page: the agent's words into a live region and aloud, and where they are meant. Loaded before
   support.js, which speaks with the server. */
"use strict";
window.madangSupport = (() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  const tag = (lang) => ({ zh: "zh-Hans" })[lang] ?? lang; // a voice for Chinese wants to know which script
  let timer;

  /* Words: into the one polite live region, at most one sentence in 1.5 s, none of them lost. */
  const region = document.createElement("div");
  region.className = "vh";
  region.setAttribute("role", "status");
  document.body.append(region);
  const queue = [];
  let free = 0, speaking = null;
  const next = () => {
    const item = queue.shift();
    speaking = null;
    if (!item) return;
    region.lang = tag(item.lang);
    region.textContent = "";
    region.append(document.createTextNode(item.text));
    free = Date.now() + 1500;
    if (queue.length) speaking = setTimeout(next, 1500);
  };
  const say = (text, lang = document.documentElement.lang) => {
    if (!text) return;
    if (queue.length > 5) queue.splice(0, queue.length - 5);
    queue.push({ text, lang });
    if (!speaking) {
      const rest = free - Date.now();
      if (rest <= 0) next();
      else speaking = setTimeout(next, rest);
    }
  };

  /* Reading aloud: offered only where the device has a voice for the language. */
  const voice = () => {
    const lang = document.documentElement.lang.slice(0, 2);
    return "speechSynthesis" in window && speechSynthesis.getVoices().find((each) => each.lang.slice(0, 2) === lang);
  };
  const aloud = (text) => {
    const speech = new SpeechSynthesisUtterance(text);
    speech.voice = voice();
    speech.lang = speech.voice.lang;
    speech.rate = 0.85;
    speechSynthesis.cancel();
    speechSynthesis.speak(speech);
  };
  const voices = () => {
    const found = Boolean(voice());
    all("[data-support-aloud]").forEach((button) => { button.hidden = !found; });
    all("[data-support-read]").forEach((button) => { button.hidden = !found || !one("[data-support-said]"); });
  };
  if ("speechSynthesis" in window) speechSynthesis.addEventListener?.("voiceschanged", voices);

  /* Elements are named by data-ref. What belongs to the banner itself is nobody's business but the citizen's. */
  const own = (element) => Boolean(element.closest("[data-support]"));
  const find = (ref) => all("[data-ref]").find((element) => element.dataset.ref === ref && !own(element));
  const ref = (element) => {
    const named = element?.closest?.("[data-ref]");
    return named && !own(named) ? named.dataset.ref : null;
  };
  /* What the agent does. Focus is taken only while the citizen presses nothing: what they type goes where they began it,
     and an Enter that was meant for the old place sets nothing off in the new one. */
  let marked = null, pressed = 0, guarded = 0, going;
  addEventListener("keydown", (event) => {
    const early = Date.now() < guarded && (event.key === "Enter" || event.key === " ");
    if (early) { event.preventDefault(); event.stopPropagation(); }
    else pressed = Date.now();
  }, true);
  const take = (element) => {
    clearTimeout(going);
    const rest = pressed + 1000 - Date.now();
    if (rest > 0) { going = setTimeout(take, rest, element); return; }
    element.focus({ preventScroll: true });
    guarded = Date.now() + 700;
  };
  const unmark = () => { marked?.classList.remove("beside-mark"); marked = null; };
  const label = (element) => {
    const box = /^(radio|checkbox)$/.test(element.type);
    return (box && element.closest("label")) || element;
  };
  const show = (element, passing) => {
    unmark();
    marked = label(element);
    marked.classList.add("beside-mark");
    clearTimeout(timer);
    if (passing) timer = setTimeout(unmark, 4000);
  };
  const bring = (element) => {
    const fold = element.closest("details:not([open])");
    if (fold && !element.matches("summary")) fold.open = true;
    label(element).scrollIntoView({ block: "center", behavior: quiet.matches ? "auto" : "smooth" });
  };
  const fill = (element, text, checked) => {
    if (checked === null || checked === undefined) {
      if (!("value" in element) || /^(password|hidden|file|submit|button)$/.test(element.type)) return false;
      element.value = text;
      if (element.value !== text) return false;
    } else {
      if (!/^(radio|checkbox)$/.test(element.type)) return false;
      element.checked = checked;
    }
    element.dispatchEvent(new Event("input", { bubbles: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };
  const logged = (said) => {
    const log = one("[data-support-log]");
    if (!log) return;
    one("[data-support-nothing]")?.remove();
    const item = document.createElement("li"), name = document.createElement("b"), text = document.createElement("p");
    item.className = "from-" + said.who;
    const who = one(".beside-who span");
    if (who && said.who === "agent") name.append(who.cloneNode(true));
    text.lang = tag(said.lang);
    text.textContent = said.text;
    item.append(name, text);
    log.append(item);
  };
  const caption = (said) => {
    if (said.who === "citizen") return;
    logged(said);
    const now = one("[data-support-now]");
    if (!now) return;
    let line = one("[data-support-said]", now);
    if (!line) {
      line = document.createElement("p");
      line.className = "beside-said";
      line.dataset.supportSaid = "";
      now.prepend(line);
    }
    line.lang = tag(said.lang);
    line.textContent = said.text;
    voices();
  };
  const guide = (message) => {
    const element = find(message.ref);
    say(message.said.text, message.said.lang);
    caption(message.said);
    if (!element) return;
    if (message.kind === "open") {
      const link = element.closest("a[href]");
      if (link && link.origin === location.origin) location.assign(link.href);
      return;
    }
    bring(element);
    if (message.kind === "fill") fill(element, message.value ?? "", message.checked);
    if (message.kind !== "scroll-to") show(element, message.kind === "point");
    if (message.kind === "move-focus") take(element);
  };

  return { one, all, own, find, ref, say, hush: () => { queue.length = 0; clearTimeout(going); }, voices, aloud, fill, show, bring, unmark, caption, guide };
})();
