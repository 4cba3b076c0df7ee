/* Somebody whom the citizen trusts: waits for the citizen's yes, then sees the page live. Without it the pages are
   loaded anew, and what is written is posted. The frame is desk_frame.js's. */
"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const asked = (box) => fetch(box.dataset.ticket, { method: "POST", headers: { Accept: "application/json" } });

  const wait = (box) => {
    let timer = 0;
    const look = async () => {
      try {
        const answer = await asked(box);
        if (answer.ok || answer.status === 404) { clearInterval(timer); location.reload(); }
      } catch { /* the next time */ }
    };
    timer = setInterval(look, 3000);
  };

  const beside = (box) => {
    const words = Object.fromEntries(all("[data-word]", box).map((item) => [item.dataset.word, item.textContent]));
    const tell = one("[data-tell]", box), title = one("[data-title]", box), cover = one("[data-blank]", box);
    const said = one("[data-said]", box), frame = window.madangFrame(one("[data-frame]", box), () => {});
    let socket = null, tries = 0, elements = {}, sent = null, state = box.dataset.guardianBeside;
    const say = (text) => { if (text) tell.textContent = text; };

    const blank = () => {
      frame.blank();
      elements = {};
      title.textContent = "";
      cover.hidden = false;
    };
    const line = (message) => {
      if (one("[data-id=\"" + CSS.escape(message.id) + "\"]", said)) return;
      const item = document.createElement("li"), who = document.createElement("b"), text = document.createElement("span");
      item.className = "from-" + message.who;
      item.dataset.id = message.id;
      who.textContent = words["who:" + message.who];
      text.lang = message.lang === "zh" ? "zh-Hans" : message.lang;
      text.textContent = message.text;
      item.append(who, " ", text);
      said.append(item);
      said.parentElement.scrollTop = said.parentElement.scrollHeight;
      if (message.who === "guardian" && sent !== null) {
        if (one("#say", box).value.trim() === sent) one("#say", box).value = "";
        sent = null;
      }
    };
    const send = (message) => {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    };
    const heard = {
      ping: () => send({ type: "pong" }),
      blank,
      said: line,
      state: (message) => {
        if (["ended", "expired"].includes(message.state)) { location.reload(); return; }
        const text = words["state:" + message.state];
        one("[data-state]", box).textContent = cover.textContent = text;
        const recorded = one("[data-recorded]", box);
        if (recorded.hidden === Boolean(message.recording)) say(words[message.recording ? "recorded" : "unrecorded"]);
        recorded.hidden = !message.recording;
        if (message.state !== state) say(text);
        // After a hand-over there is another agent, and there are two other words.
        if (state === "matched" && message.state !== state) { location.reload(); return; }
        state = message.state;
        if (state !== "viewing") blank();
      },
      page: (message) => {
        elements = message.elements ?? {};
        if (title.textContent !== message.title) say(message.title);
        title.textContent = message.title;
        title.lang = message.lang;
        cover.hidden = true;
        frame.show(message);
      },
      fragment: (message) => {
        frame.part(message);
        elements = { ...elements, ...message.elements };
      },
      seen: (message) => frame.seen(message.event, elements[message.event.ref]),
      refused: (message) => { sent = null; say(words[message.why] ?? words.refused); },
    };

    const again = (lost) => {
      blank();
      one("[data-plain]", box).hidden = false;
      if (lost) say(words.lost);
      setTimeout(connect, Math.min(5000, 250 * 2 ** tries++));
    };
    const connect = async () => {
      try {
        const answer = await asked(box);
        if (answer.status === 404 || answer.status === 409) { blank(); location.reload(); return; }
        if (!answer.ok) throw new Error(answer.statusText);
        const { ticket } = await answer.json();
        const url = new URL("/support/socket", location.href);
        url.protocol = url.protocol.replace("http", "ws");
        url.searchParams.set("ticket", ticket);
        socket = new WebSocket(url, "madang.support.1");
      } catch { again(false); return; }
      socket.addEventListener("open", () => {
        said.replaceChildren(); // what was said comes again, with its name
        one("[data-plain]", box).hidden = true;
        send({ type: "hello" });
      });
      socket.addEventListener("message", (event) => {
        tries = 0;
        const message = JSON.parse(event.data);
        heard[message.type]?.(message);
      });
      socket.addEventListener("close", () => again(true));
    };
    one("[data-write]", box).addEventListener("submit", (event) => {
      const text = one("#say", box).value.trim();
      if (!text || !send({ type: "chat", text })) return;
      sent = text;
      event.preventDefault();
    });
    connect();
  };

  all("[data-guardian-asking]").forEach(wait);
  all("[data-guardian-beside]").forEach(beside);
})();
