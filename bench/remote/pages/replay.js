/* rrweb's replayer, live: an event is shown the moment it comes. window.seen: when each was. */
"use strict";
(() => {
  window.seen = [];
  window.streamed = [];
  const now = () => performance.timeOrigin + performance.now();
  let replayer = null;
  const start = () => {
    replayer = new rrweb.Replayer([], { liveMode: true, root: document.body, mouseTail: false });
    replayer.startLive();
    replayer.on("event-cast", (event) => {
      if (event.type === 3 && event.data.source === 5) window.seen.push({ kind: "value", at: now(), text: event.data.text });
    });
    replayer.on("fullsnapshot-rebuilded", () => {
      const shown = replayer.iframe.contentDocument.querySelector("[data-ref=bench-number]");
      window.seen.push({ kind: "page", at: now(), text: shown ? shown.textContent : "" });
    });
  };
  const socket = new WebSocket("ws://" + location.host + "/bench/wire");
  socket.addEventListener("message", (message) => {
    const event = JSON.parse(message.data);
    window.streamed.push(event);
    if (!replayer) start();
    replayer.addEvent(event);
  });
})();
