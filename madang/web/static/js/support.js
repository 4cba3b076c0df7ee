/* Remote support, the citizen's side: loaded only while a session lives. Says what the agent does in words, shows where,
   and tells the agent's twin of focus, scroll and shared fields. Without it the same session goes on by forms. */
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const bar = () => one("[data-support]");
  if (!bar()) return;
  const ended = new Set(["ended", "expired"]);
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  let number = Number(bar().dataset.number);
  let socket = null, wait = 500, closing = false, standing = number, timer;

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
    region.lang = item.lang;
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
  const shared = (element) => (bar()?.dataset.shared ?? "").split(" ").includes(element.name);

  const send = (message) => {
    if (socket?.readyState !== 1) return false;
    socket.send(JSON.stringify(message));
    return true;
  };

  /* What the page tells of itself: at most one message of a kind at a time. */
  const held = new Map();
  const tell = (message, key = message.type + message.ref) => {
    if (number !== standing) return;
    if (held.has(key)) { held.set(key, message); return; }
    if (!send(message)) return;
    held.set(key, null);
    setTimeout(() => {
      const last = held.get(key);
      held.delete(key);
      if (last) tell(last, key);
    }, 80);
  };
  const focused = () => tell({ type: "focus", ref: ref(document.activeElement) }, "focus");
  const value = (element) => {
    if (!element.dataset?.ref || !shared(element) || /^(password|hidden|file)$/.test(element.type)) return;
    const box = element.type === "radio" || element.type === "checkbox";
    const name = element.dataset.ref;
    if (box) tell({ type: "value", ref: name, value: element.value.slice(0, 2000), checked: element.checked });
    else tell({ type: "value", ref: name, value: element.value.slice(0, 2000) });
  };
  const group = (element) => {
    const whole = element.type === "radio" && element.name ? all("input[type=radio]") : [element];
    whole.filter((each) => each === element || (each.name === element.name && each.form === element.form)).forEach(value);
  };
  const scrolled = () => {
    const edge = bar()?.getBoundingClientRect().bottom ?? 0;
    const top = all("[data-ref]").find((each) => {
      const box = each.getBoundingClientRect();
      return box.height && box.bottom > Math.max(0, edge) && !own(each);
    });
    if (!top) return;
    const box = top.getBoundingClientRect();
    const past = Math.max(-10, Math.min(1000, -box.top / box.height));
    const zoom = Math.max(0.1, Math.min(20, window.visualViewport?.scale ?? 1));
    tell({ type: "scroll", ref: top.dataset.ref, past: Math.round(past * 1000) / 1000, zoom: Math.round(zoom * 100) / 100 }, "scroll");
  };
  document.addEventListener("focusin", focused);
  document.addEventListener("focusout", () => setTimeout(focused));
  document.addEventListener("input", (event) => group(event.target));
  document.addEventListener("change", (event) => group(event.target));
  document.addEventListener("scroll", scrolled, { passive: true, capture: true });
  addEventListener("resize", scrolled);
  document.addEventListener("toggle", (event) => {
    const element = event.target;
    const name = ref(one("summary", element)) ?? ref(element);
    if (!name) return;
    tell({ type: element.tagName === "DIALOG" ? "dialog" : "toggle", ref: name, open: element.open });
  }, true);
  new MutationObserver((changes) => changes.forEach(({ target }) => {
    if (target.dataset.ref && !own(target)) {
      tell({ type: "invalid", ref: target.dataset.ref, invalid: target.getAttribute("aria-invalid") === "true" });
    }
  })).observe(document.body, { subtree: true, attributeFilter: ["aria-invalid"] });
  const everything = () => {
    all("input[data-ref], select[data-ref], textarea[data-ref]").forEach(value);
    all("details[open] > summary[data-ref]").forEach((each) => { if (!own(each)) tell({ type: "toggle", ref: each.dataset.ref, open: true }); });
    focused();
    scrolled();
  };

  /* What the agent does. */
  let marked = null;
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
    text.lang = said.lang;
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
    line.lang = said.lang;
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
    if (message.kind === "move-focus") element.focus({ preventScroll: true });
    if (message.kind === "fill") fill(element, message.value ?? "", message.checked);
    if (message.kind !== "scroll-to") show(element, message.kind === "point");
  };

  /* The banner is always the server's: fetched anew when something of it has changed. */
  let fetching = null, again = false;
  const refresh = async () => {
    if (fetching) { again = true; return; }
    const old = bar();
    fetching = fetch(old.dataset.banner, { headers: { "X-Requested-With": "fetch" } });
    try {
      const answer = await fetching;
      const made = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = one("[data-support]", made);
      if (!answer.ok || !fresh) return;
      fresh.dataset.shared = old.dataset.shared;
      fresh.dataset.number = number;
      const inside = old.contains(document.activeElement) && document.activeElement.dataset.ref;
      old.replaceWith(document.adoptNode(fresh));
      if (inside) (all("[data-ref]", fresh).find((each) => each.dataset.ref === inside) ?? one("button, a", fresh))?.focus();
      voices();
    } catch { /* the connection will tell */ } finally {
      fetching = null;
      if (again) { again = false; refresh(); }
    }
  };
  const lost = (is) => {
    const line = one("[data-support-lost]");
    if (!line || line.hidden === !is) return;
    line.hidden = !is;
    if (is) say(line.textContent.trim());
  };
  const status = async (message) => {
    const old = bar().dataset;
    standing = message.page;
    const changed = old.support !== message.state || old.level !== message.level;
    if (ended.has(message.state)) { closing = true; unmark(); queue.length = 0; }
    if (one("[data-support-auto]") && old.support !== message.state) {
      location.assign(message.state === "matched" ? old.agree : location.href);
      return;
    }
    if (!changed) return;
    await refresh();
    say(one("[data-support] b")?.textContent);
  };
  const take = (message) => {
    switch (message.type) {
      case "ping": send({ type: "pong" }); break;
      case "state": status(message); break;
      case "guide": guide(message); break;
      case "said":
        if (message.who !== "citizen") { say(message.text, message.lang); caption(message); }
        break;
      case "suggestion":
        if (!find(message.ref)) break;
        say(message.said.text, message.said.lang);
        caption(message.said);
        refresh();
        break;
    }
  };

  /* The connection. One ticket each; after a loss soon, then less often. */
  const connect = async () => {
    if (closing || socket) return;
    let answer;
    try {
      answer = await fetch(bar().dataset.ticket, { method: "POST", body: new URLSearchParams({ page: number }) });
    } catch { retry(); return; }
    if (answer.status === 404) { closing = true; refresh(); return; }
    if (!answer.ok) { retry(); return; }
    const { ticket } = await answer.json();
    const address = new URL("/support/socket?ticket=" + encodeURIComponent(ticket), location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const made = socket = new WebSocket(address, "madang.support.1");
    made.addEventListener("open", () => {
      wait = 500;
      lost(false);
      send({ type: "hello", page: number });
      everything();
    });
    made.addEventListener("message", (event) => { if (made === socket) take(JSON.parse(event.data)); });
    made.addEventListener("close", () => {
      if (made !== socket) return;
      socket = null;
      retry();
    });
  };
  const retry = () => {
    if (closing) return;
    lost(true);
    setTimeout(connect, wait);
    wait = Math.min(wait * 2, 8000);
  };

  /* Of several open pages the agent sees the one that the citizen looks at: coming back to it, it is asked for again. */
  const here = async () => {
    if (document.visibilityState !== "visible" || closing) return;
    if (number === standing) { connect(); return; }
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const fresh = one("[data-support]", page);
      if (!fresh) { refresh(); return; }
      number = standing = Number(fresh.dataset.number);
    } catch { return; }
    const old = socket;
    socket = null;
    old?.close();
    connect();
  };
  document.addEventListener("visibilitychange", here);
  addEventListener("pageshow", (event) => { if (event.persisted) { standing = -1; here(); } });

  /* Stop: at once over the connection, and by the form where there is none. The page and what is typed on it stay. */
  const stop = async () => {
    send({ type: "stop" });
    closing = true;
    unmark();
    window.speechSynthesis?.cancel();
    try {
      const answer = await fetch(bar().dataset.stop, { method: "POST", headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      socket?.close();
      await refresh();
      say(one("[data-support] b")?.textContent);
      one("[data-support] a")?.focus();
    } catch { one("[data-support-stop]")?.submit(); }
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-support-stop]") && bar().dataset.level && one("[data-support-lost]")) {
      event.preventDefault();
      stop();
    }
    if (form.matches("[data-support-offer]")) {
      const accepted = event.submitter?.value === "yes";
      const { supportOffer, value: text, checked } = form.dataset;
      const element = find(form.dataset.for);
      if (accepted && !(element && fill(element, text, checked === undefined ? null : checked === "true"))) return;
      if (!send({ type: "answer", suggestion: supportOffer, accepted })) return;
      event.preventDefault();
      form.remove();
      if (accepted) {
        show(element, true);
        bring(element);
        element.focus({ preventScroll: true });
        say(one("[data-support-filled]")?.textContent.trim());
      } else one("[data-support] a, [data-support] button")?.focus();
    }
  }, true);
  let presses = [];
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat || !one("[data-support-lost]")) return;
    presses = [...presses.filter((time) => event.timeStamp - time < 2000), event.timeStamp];
    if (presses.length >= 3) { presses = []; stop(); }
  });
  document.addEventListener("click", (event) => {
    const code = event.target.closest("[data-support-aloud]");
    if (code) aloud(document.getElementById(code.dataset.supportAloud).textContent);
    if (event.target.closest("[data-support-read]")) aloud(one("[data-support-said]").textContent);
  });

  all("[data-support-auto]").forEach((line) => { line.hidden = false; });
  voices();
  if (!ended.has(bar().dataset.support)) connect();
})();
