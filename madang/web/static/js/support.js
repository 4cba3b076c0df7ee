/* Remote support, the citizen's side: loaded only while a session lives. Says what the agent does in words, shows where,
   and tells the agent's twin of focus, scroll and shared fields. Without it the same session goes on by forms. */
"use strict";
(() => {
  const { one, all, own, find, ref, say, hush, voices, aloud, fill, show, bring, unmark, caption, guide } = window.madangSupport;
  const bar = () => one("[data-support]");
  if (!bar()) return;
  const ended = new Set(["ended", "expired"]);
  let number = Number(bar().dataset.number);
  let socket = null, wait = 50, asking = false, closing = false, standing = number;

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

  // Without this script a suggestion is answered together with all that was typed; with it, by itself.
  const apart = () => all("[data-support-offer] button[form]").forEach((button) => {
    button.removeAttribute("form");
    button.name = "accepted";
    button.value = button.value.split(":")[0];
  });

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
      apart();
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
    const guardian = message.guardian ? "in" : message.guardian_asks ? "asks" : "";
    const other = old.guardian !== guardian;
    const kept = old.recording !== (message.recording ? "on" : "");
    const changed = other || kept || old.support !== message.state || old.level !== message.level;
    if (ended.has(message.state)) { closing = true; unmark(); hush(); }
    if (one("[data-support-auto]") && old.support !== message.state) {
      location.assign(message.state === "matched" ? old.agree : location.href);
      return;
    }
    if (other && one("[data-support-invited]")) { location.reload(); return; }
    if (!changed) return;
    await refresh();
    say(((kept && one("[data-support-recorded]")) || (other && one("[data-support-guardian]")) || one("[data-support] b"))?.textContent);
  };
  const take = (message) => {
    switch (message.type) {
      case "ping": send({ type: "pong" }); break;
      case "state": status(message); break;
      case "guide": guide(message); break;
      case "again": standing = -1; here(); break;
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
    if (closing || socket || asking) return;
    asking = true;
    let answer;
    try {
      answer = await fetch(bar().dataset.ticket, { method: "POST", body: new URLSearchParams({ page: number }) });
    } catch { retry(); return; } finally { asking = false; }
    if (answer.status === 404) { closing = true; refresh(); return; }
    if (!answer.ok) { retry(); return; }
    const { ticket } = await answer.json();
    const address = new URL("/support/socket?ticket=" + encodeURIComponent(ticket), location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const made = socket = new WebSocket(address, "madang.support.1");
    made.addEventListener("open", () => {
      wait = 50;
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
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("madang-support") : null;
  tabs?.addEventListener("message", (event) => { standing = event.data; });
  tabs?.postMessage(number);
  let turning = false;
  const here = async () => {
    if (document.visibilityState !== "visible" || closing) return;
    if (number === standing) { connect(); return; }
    if (turning) return;
    turning = true;
    try {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const fresh = one("[data-support]", page);
      if (!fresh) { refresh(); return; }
      number = standing = Number(fresh.dataset.number);
      tabs?.postMessage(number);
    } catch { return; } finally { turning = false; }
    const old = socket;
    socket = null;
    old?.close();
    connect();
  };
  document.addEventListener("visibilitychange", here);
  addEventListener("focus", here);
  addEventListener("pageshow", (event) => { if (event.persisted) { standing = -1; here(); } });

  /* Stop: at once over the connection, and by the form where there is none. The page and what is typed on it stay. */
  const stop = async () => {
    send({ type: "stop" });
    closing = true;
    unmark();
    hush();
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
  apart();
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
