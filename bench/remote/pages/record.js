/* rrweb's recorder as a live session would use it: every event is sent the moment it is emitted. The configuration is
   the query of this script's address. */
"use strict";
(() => {
  const socket = new WebSocket("ws://" + location.host + "/bench/wire");
  const waiting = [];
  const emit = (event) => {
    const text = JSON.stringify(event);
    if (socket.readyState === 1) socket.send(text);
    else waiting.push(text);
  };
  socket.addEventListener("open", () => waiting.splice(0).forEach((text) => socket.send(text)));
  /* What its guide names for privacy, all of it: every text and every input masked, media blocked, the head slimmed. */
  const tight = {
    maskAllInputs: true,
    maskTextSelector: "*",
    maskInputOptions: {
      color: true, date: true, "datetime-local": true, email: true, month: true, number: true, range: true,
      search: true, tel: true, text: true, time: true, url: true, week: true, textarea: true, select: true,
      password: true,
    },
    blockSelector: "img, image, svg, video, object, picture, embed, map, audio, link[rel=icon]",
    slimDOMOptions: "all",
  };
  rrweb.record({ emit, ...(document.currentScript.src.endsWith("?tight") ? tight : {}) });
})();
