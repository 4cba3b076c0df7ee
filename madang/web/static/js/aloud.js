/* Reads a block of the page aloud, and shows which words it is at. Loaded only for who has switched it on. The device's
   own voice for the page's language, else the server's; without either there are no buttons. */
"use strict";
(() => {
  const said = document.querySelector("div[data-aloud]");
  const main = document.querySelector("main");
  if (!said || !main) return;
  const words = said.dataset, language = document.documentElement.lang.toLowerCase();
  const SPEEDS = [["slow", 0.7], ["usual", 1], ["fast", 1.5]];
  const speech = window.speechSynthesis, audio = window.AudioContext;
  let speed = Math.min(2, Math.max(0, Number(recall() ?? 1)));
  let turn = 0, button = null, source = null, context = null;

  function recall() { try { return localStorage.getItem("madang-speed"); } catch { return null; } }
  const remember = () => { try { localStorage.setItem("madang-speed", speed); } catch { return; } };
  const tell = (text) => {
    const region = document.querySelector("[data-say]");
    if (region) region.textContent = text;
  };

  const voice = () => {
    const all = speech?.getVoices() ?? [], base = language.split("-")[0];
    const fits = all.filter((each) => each.lang.toLowerCase().replace("_", "-").split("-")[0] === base);
    return fits.find((each) => each.localService) ?? fits[0];
  };

  /* The page's letters in one string, so that what is said can be found in it and shown, without touching the page. */
  const letters = () => {
    const nodes = [], walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    let text = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest("script,style,button,select,textarea,noscript")) continue;
      for (let at = 0; at < node.data.length; at += 1) {
        if (/[\s\u200b\u2060\u00ad]/.test(node.data[at])) continue;
        nodes.push([node, at]);
        text += node.data[at];
      }
    }
    return { nodes, text };
  };
  const bare = (text) => text.replace(/[\s\u200b\u2060\u00ad]/g, "");

  const marked = (range) => {
    document.querySelector("[data-spoken]")?.removeAttribute("data-spoken");
    if (window.CSS?.highlights) {
      if (range) CSS.highlights.set("aloud", new Highlight(range)); else CSS.highlights.delete("aloud");
    } else range?.startContainer.parentElement.setAttribute("data-spoken", "");
  };
  const show = (page, from, length) => {
    if (from < 0 || !page.nodes[from + length - 1]) return marked(null);
    const range = document.createRange(), last = page.nodes[from + length - 1];
    range.setStart(...page.nodes[from]);
    range.setEnd(last[0], last[1] + 1);
    marked(range);
    const box = range.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight) {
      range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
    }
  };

  const name = (element, text) => { element.querySelector("[data-word]").textContent = text; };
  const stop = () => {
    turn += 1;
    speech?.cancel();
    try { source?.stop(); } catch { source = null; }
    source = null;
    marked(null);
    if (!button) return;
    name(button, words.listenWord);
    button.parentElement.querySelectorAll("[data-pace]").forEach((each) => { each.hidden = true; });
    button = null;
  };

  /** Says one part with the device's voice; resolves when it is over. at: told the letters of each word. */
  const local = (text, own, at) => new Promise((done, failed) => {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = document.documentElement.lang;
    utterance.voice = own;
    utterance.rate = SPEEDS[speed][1];
    utterance.onboundary = (event) => {
      if (event.name && event.name !== "word") return;
      const word = event.charLength || (text.slice(event.charIndex).match(/^\S+/) ?? [""])[0].length;
      at(bare(text.slice(0, event.charIndex)).length, bare(text.slice(event.charIndex, event.charIndex + word)).length);
    };
    utterance.onend = done;
    utterance.onerror = (event) => (["canceled", "interrupted"].includes(event.error) ? done() : failed(event));
    speech.speak(utterance);
  });

  const served = async (token, part, mine) => {
    const body = new URLSearchParams({ said: token, part, speed: SPEEDS[speed][0] });
    const answer = await fetch(words.aloud, { method: "POST", body });
    if (!answer.ok) throw new Error(answer.status);
    context ??= new audio();
    const sound = await context.decodeAudioData(await answer.arrayBuffer());
    if (mine !== turn) return;
    await context.resume();
    await new Promise((done) => {
      source = context.createBufferSource();
      source.buffer = sound;
      source.connect(context.destination);
      source.onended = done;
      source.start();
    });
  };

  const read = async (pressed, first = 0) => {
    stop();
    const mine = turn, parts = pressed.dataset.listen.split("\n"), own = voice(), page = letters();
    button = pressed;
    name(button, words.stopWord);
    pace(button);
    const before = document.createRange();
    before.setStart(main, 0);
    before.setEndBefore(button.parentElement);
    const heading = bare(parts[0]), here = bare(before.toString()).length;
    let from = Math.max(0, page.text.lastIndexOf(heading, here));
    try {
      for (const [part, text] of parts.entries()) {
        const sentence = bare(text), found = page.text.indexOf(sentence, from);
        if (found >= 0) from = found + sentence.length;
        if (part < first) continue;
        button.dataset.part = part;
        show(page, found, sentence.length);
        if (own) await local(text, own, (at, length) => found >= 0 && length && show(page, found + at, length));
        else await served(pressed.dataset.said, part, mine);
        if (mine !== turn) return;
      }
      stop();
    } catch {
      if (mine !== turn) return;
      stop();
      tell(words.failedWord);
    }
  };

  /* Slower and faster stand beside the button that is at work. The part that is being said is said again. */
  const pace = (pressed) => {
    const known = pressed.parentElement.querySelectorAll("[data-pace]");
    known.forEach((each) => { each.hidden = false; });
    if (known.length) return;
    for (const [step, text] of [[-1, words.slowerWord], [1, words.fasterWord]]) {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "link";
      made.textContent = text;
      made.dataset.pace = step;
      made.dataset.ref = pressed.dataset.ref + ":pace:" + step;
      pressed.parentElement.append(made);
    }
  };

  document.addEventListener("click", (event) => {
    const pressed = event.target.closest("[data-listen]"), paced = event.target.closest("[data-pace]");
    if (pressed) {
      if (pressed === button) stop(); else read(pressed);
    } else if (paced) {
      const next = speed + Number(paced.dataset.pace), of = paced.parentElement.querySelector("[data-listen]");
      if (next < 0) return tell(words.slowestWord);
      if (next > 2) return tell(words.fastestWord);
      speed = next;
      remember();
      read(of, Number(of.dataset.part ?? 0));
    }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && button) stop(); });
  addEventListener("pagehide", stop);

  const reveal = () => {
    const can = Boolean(voice());
    document.querySelectorAll("[data-listen]").forEach((each) => { each.hidden = !can && !(audio && each.dataset.said); });
  };
  speech?.addEventListener?.("voiceschanged", reveal);
  document.addEventListener("htmx:after:swap", reveal);
  reveal();
})();
