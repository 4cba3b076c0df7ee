/* The desk's session page, live: one connection, one frame, one list of elements, one polite voice. Without it every
   form of the page posts, and the frame shows the page that stood when it was loaded. */
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const LEVELS = ["view", "point", "suggest", "assist"];
  const LANG = { zh: "zh-Hans" };
  const QUIET = 1500;

  const start = (desk) => {
    const words = Object.fromEntries(all("[data-word]", desk).map((item) => [item.dataset.word, item.textContent]));
    const word = (name, element = "", value = "") =>
      (words[name] ?? "").split("{element}").join(element).split("{value}").join(value);
    /** The same as nodes: what stands on the citizen's page is in its own language. */
    const nodes = (name, filled) => (words[name] ?? "").split(/\{(\w+)\}/).map((part, at) => {
      if (at % 2 === 0) return part;
      const span = document.createElement("span");
      span.lang = LANG[lang] ?? lang;
      span.textContent = filled[part] ?? "";
      return span;
    });
    const list = one("[data-elements]", desk), tell = one("[data-tell]", desk), seen = one("[data-seen]", desk);
    const said = one("[data-said]", desk), connection = one("[data-connection]", desk);
    if (!list) return; // the session is over
    let elements = {}, lang = "", level = desk.dataset.level, state = desk.dataset.desk, socket = null, tries = 0;
    let ends = 0, spoken = 0, waiting = null, whose = desk.dataset.whose, opened = false;

    /* The voice: at most one sentence in a second and a half; of what the citizen does only the last counts, of what
       must be known (a state, a refusal, words) nothing is left out. */
    const queue = [];
    const speak = () => {
      clearTimeout(waiting);
      const pause = spoken + QUIET - Date.now();
      if (!queue.length) return;
      if (pause > 0) { waiting = setTimeout(speak, pause); return; }
      spoken = Date.now();
      tell.replaceChildren(...queue.splice(0).flatMap((item) => [...item.said, " "]));
      waiting = setTimeout(speak, QUIET);
    };
    const say = (said, passing = false) => {
      if (passing && !one("[data-announce]", desk).checked) return;
      if (passing) for (let at = queue.length; at--;) if (queue[at].passing) queue.splice(at, 1);
      queue.push({ said: [said].flat(), passing });
      if (!passing) one("[data-told]", desk).textContent = said; // for the eye, what the voice says
      speak();
    };
    const note = (name, element, value) => {
      const item = document.createElement("li");
      item.append(...nodes(name, { element, value }));
      seen.prepend(item);
      seen.hidden = false;
      while (seen.children.length > 5) seen.lastChild.remove();
      say(nodes(name, { element, value }), true);
    };

    /* Elements: what a screen reader would say of each. */
    const called = (ref) => {
      const element = elements[ref];
      return element ? (element.name || word("role:" + element.role)) : "";
    };
    const described = (element) => {
      const ticked = ["radio", "checkbox"].includes(element.role);
      const held = element.value && (ticked ? " (" + word("chosen") + ")" : ": " + element.value);
      const wrong = element.error ? " – " + word("error") + " " + element.error : "";
      return element.name + (held || "") + " – " + (words["role:" + element.role] ?? words["role:element"]) + wrong;
    };
    const fill = () => {
      const chosen = list.value;
      const groups = { yes: [], no: [] };
      Object.entries(elements).filter(([, element]) => element.name || element.shared).forEach(([ref, element]) => {
        // A language is named in itself, and an option has one language: its role would be read in the wrong one.
        const tongue = ref.split("language:")[1];
        const option = new Option(tongue ? element.name : described(element), ref, ref === chosen, ref === chosen);
        option.lang = LANG[tongue ?? lang] ?? tongue ?? lang;
        groups[frame.inside(ref) ? "yes" : "no"].push(option);
      });
      all("[data-inside]", list).forEach((group) => {
        group.replaceChildren(...groups[group.dataset.inside]);
        group.hidden = !group.children.length;
      });
      list.hidden = list.previousElementSibling.hidden = !list.options.length; // an empty list says nothing to anybody
      one("[data-none]", desk).hidden = !list.hidden;
      choose();
    };
    const replace = (ref, changes) => {
      if (!elements[ref]) return;
      elements[ref] = { ...elements[ref], ...changes };
      const option = [...list.options].find((item) => item.value === ref);
      if (option) option.textContent = described(elements[ref]);
    };

    const show = (box, shown) => {
      box.hidden = !shown;
      all("input, select", box).forEach((control) => { control.disabled = !shown; });
    };
    const choose = () => {
      if (!opened) return; // the server's own form still stands
      const ref = list.value, element = elements[ref], can = element?.shared === true;
      const ticked = can && ["radio", "checkbox"].includes(element.role), options = (can && element.options) || [];
      show(one("[data-by-text]", desk), can && !ticked && !options.length);
      show(one("[data-by-choice]", desk), options.length > 0);
      show(one("[data-by-tick]", desk), ticked);
      one("[data-suggest]", desk).hidden = !can;
      one("[data-private]", desk).hidden = !element || can;
      one("[data-of]", desk).textContent = can ? element.name : "";
      one("#value-choice").replaceChildren(...options.map((value, at) => new Option(element.labels?.[at] ?? value, value)));
      all("[data-chosen]", desk).forEach((field) => { field.value = ref; });
      all("[data-of-element]", desk).forEach((button) => { button.disabled = !element; });
      frame.mark(ref, "twin-chosen");
      allow();
    };
    const allow = () => {
      const held = LEVELS.indexOf(level), element = elements[list.value];
      all("[data-needs]", desk).forEach((button) => {
        const fits = element && (button.value !== "open" || element.role === "link");
        button.disabled = state !== "viewing" || LEVELS.indexOf(button.dataset.needs) > held || !fits;
      });
    };
    const frame = window.madangFrame(one("[data-frame]", desk), (ref) => {
      if (!elements[ref] || ![...list.options].some((option) => option.value === ref)) return;
      list.value = ref;
      choose();
      say(described(elements[ref]), true);
    });
    list.addEventListener("change", choose);

    /* What the server says. */
    const stateNow = (message) => {
      const before = state, allowed = level;
      state = message.state;
      level = message.level;
      one("[data-state]", desk).textContent = words["state:" + state] ?? "";
      one("[data-blank]", desk).textContent = words["state:" + state] ?? "";
      one("[data-level-name]", desk).textContent = words["level:" + level];
      if (message.seconds != null) ends = Date.now() + message.seconds * 1000;
      one("[data-guardian]", desk).hidden = !message.guardian;
      const recorded = one("[data-recorded]", desk);
      if (recorded.hidden === Boolean(message.recording)) say(words[message.recording ? "recorded" : "unrecorded"]);
      recorded.hidden = !message.recording;
      one("[data-matched]", desk)?.toggleAttribute("hidden", state !== "matched");
      const over = ["ended", "expired"].includes(state);
      // Of a heading that gets the focus and a sentence that is announced, a voice may say one only: the sentence has both.
      const then = over ? one("[data-ended] h2", desk)?.textContent : "";
      if (state !== before) say([words["state:" + state], then].filter(Boolean).join(". "));
      if (level !== allowed) say(word("level", "", words["level:" + level]));
      if (state !== "viewing") blank();
      allow();
      if (over) end();
    };
    const blank = () => {
      frame.blank();
      elements = {};
      one("[data-blank]", desk).hidden = false;
      one("[data-title]", desk).textContent = "";
      fill();
    };
    const end = () => {
      const box = one("[data-ended]", desk);
      box.hidden = false;
      one("h2", box).focus(); // before the pressed button goes: where focus falls back to the page, a voice stops
      all("[data-live]", desk).forEach((part) => { part.hidden = true; });
      one("[data-ref=end]", desk)?.remove();
      socket?.close();
    };
    const page = (message) => {
      lang = message.lang;
      elements = message.elements ?? {};
      const title = one("[data-title]", desk), fresh = title.textContent !== message.title;
      title.textContent = message.title;
      title.lang = LANG[lang] ?? lang;
      one("[data-blank]", desk).hidden = true;
      frame.show(message);
      fill();
      if (fresh) note("page", message.title);
    };
    const part = (message) => {
      frame.part(message).forEach((ref) => { delete elements[ref]; });
      elements = { ...elements, ...message.elements };
      fill();
      note("part");
    };
    const small = (event) => {
      const known = elements[event.ref], name = called(event.ref);
      frame.seen(event, known);
      if (event.type === "focus" && known) note("focus", described(known));
      if (event.type === "value" && known) {
        const ticked = ["radio", "checkbox"].includes(known.role), at = known.options?.indexOf(event.value) ?? -1;
        const shown = at >= 0 ? known.labels?.[at] ?? event.value : event.value ?? "";
        replace(event.ref, { value: ticked ? (event.checked ? "checked" : "") : shown });
        if (ticked) note(event.checked ? "ticked" : "unticked", name);
        else note(shown ? "value" : "cleared", name, shown);
      }
      if ((event.type === "toggle" || event.type === "dialog") && known) note(event.open ? "opened" : "closed", name);
      if (event.type === "invalid" && known) note(event.invalid ? "invalid" : "valid", name);
    };
    const line = (message) => {
      if (one("[data-id=\"" + CSS.escape(message.id) + "\"]", said)) return;
      const item = document.createElement("li"), who = document.createElement("b"), text = document.createElement("span");
      item.className = "from-" + message.who;
      item.dataset.id = message.id;
      who.textContent = words["who:" + message.who];
      text.textContent = message.text;
      text.lang = LANG[message.lang] ?? message.lang;
      item.append(who, " ", text);
      if (message.source) {
        const source = document.createElement("small");
        source.textContent = message.source;
        source.lang = LANG[message.source_lang] ?? message.source_lang;
        item.append(" ", source);
      }
      said.append(item);
      said.parentElement.scrollTop = said.parentElement.scrollHeight;
    };
    const heard = {
      ping: () => send({ type: "pong" }),
      state: stateNow,
      blank,
      page,
      fragment: part,
      seen: (message) => small(message.event),
      said: line,
      answered: (message) => say(word(message.accepted ? "accepted" : "declined")),
      refused: (message) => say(words["refused:" + message.why] ?? words["refused:form"]),
    };

    /* The connection. */
    const send = (message) => {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    };
    const live = (on) => {
      connection.textContent = words[on ? "live" : "lost"];
      all("[data-plain]", desk).forEach((part) => { part.hidden = on; });
      all("[data-scripted]", desk).forEach((part) => { part.hidden = false; });
    };
    const again = () => {
      if (["ended", "expired"].includes(state)) return;
      if (opened) blank(); // what cannot be withdrawn any more is not shown either
      live(false);
      setTimeout(connect, Math.min(5000, 50 * 2 ** tries++));
    };
    const connect = async () => {
      try {
        const answer = await fetch(desk.dataset.ticket, { method: "POST", headers: { Accept: "application/json" } });
        if (answer.status === 404 || answer.redirected) { location.assign(desk.dataset.home); return; }
        const { ticket } = await answer.json();
        const url = new URL("/support/socket", location.href);
        url.protocol = url.protocol.replace("http", "ws");
        url.searchParams.set("ticket", ticket);
        socket = new WebSocket(url, "madang.support.1");
      } catch { again(); return; }
      socket.addEventListener("open", () => {
        tries = 0;
        opened = true;
        live(true);
        send({ type: "hello" });
        if (whose === "citizen") send({ type: "language", whose });
      });
      socket.addEventListener("message", (event) => {
        const message = JSON.parse(event.data);
        heard[message.type]?.(message);
      });
      socket.addEventListener("close", again);
    };
    window.madangTools({ desk, word, say, send, mark: frame.mark, language: (name) => { whose = name; } });
    setInterval(() => {
      const shown = one("[data-time-left]", desk);
      if (!ends || !shown) return;
      shown.parentElement.hidden = false;
      shown.textContent = word("minutes", "", String(Math.max(0, Math.ceil((ends - Date.now()) / 60000))));
    }, 5000);
    connect();
  };

  const begin = () => all("[data-desk]").forEach(start);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
