async (m) => {
  // What moves, flashes or runs out. Watches for a third of a second.
  const rows = [], pause = /pause|stop|hide|freeze|정지|멈춤|멈추|숨기|停止|一時停止|止める|暂停|停止|หยุด|ซ่อน|dừng|ẩn/i;
  const stoppable = m.all("button, [role=button], input[type=checkbox], input[type=button]").some(b => m.exposed(b) && pause.test(m.name(b)));
  const longer = /extend|more time|stay (signed|logged)|keep me|continue|연장|계속|시간 늘|延長|続ける|延长|继续|เพิ่มเวลา|ต่อเวลา|ใช้งานต่อ|gia hạn|thêm (thời gian|giờ)|tiếp tục/i;
  const extendable = m.all("button, a[href], input[type=submit], input[type=button]").some(b => longer.test(m.name(b)) && !b.disabled);
  for (const e of m.all("marquee, blink")) m.say(rows, "2.2.2", "failed", e, "It moves and nothing stops it: let it stand still.");
  const seconds = t => typeof t === "number" ? t / 1000 : parseFloat(String(t)) / 1000 || 0;
  for (const a of document.getAnimations()) {
    const e = a.effect?.target, timing = a.effect?.getComputedTiming?.();
    if (!e || !timing || a.playState !== "running" || !e.checkVisibility()) continue;
    const b = m.box(e), frames = a.effect.getKeyframes(), moved = Object.keys(Object.assign({}, ...frames)).filter(k => !["offset", "easing", "composite", "computedOffset"].includes(k));
    if (b.width < 2 || b.height < 2 || !moved.length) continue;
    const lasts = seconds(timing.activeDuration === Infinity ? 1e9 : timing.activeDuration), busy = e.closest("[role=progressbar], [aria-busy=true], [role=status]") && b.width < 100;
    const once = seconds(timing.duration);
    if (once > 0 && moved.some(k => /^(opacity|color|backgroundColor|visibility|filter|fill)$/.test(k))) {
      let turns = 0, last = 0;
      const key = ["opacity", "visibility", "backgroundColor", "color", "filter", "fill"].find(k => moved.includes(k)) || moved[0];
      const level = v => v === undefined ? null : key === "opacity" ? +v * 255 : key === "visibility" ? (v === "visible" ? 255 : 0) : key === "filter" ? (parseFloat(/([\d.]+)/.exec(v)?.[1]) || 0) * 100 : m.colour(v).slice(0, 3).reduce((s, x, i) => s + x * [0.2126, 0.7152, 0.0722][i], 0);
      const levels = frames.map(f => level(f[key])).filter(v => v !== null);
      for (let i = 1; i < levels.length; i++) { const d = Math.sign(Math.round((levels[i] - levels[i - 1]) / 26)); if (d && d !== last) { turns++; last = d; } }
      const runs = Math.min(timing.iterations === Infinity ? 1e6 : timing.iterations, Math.max(1, 1 / once));
      const alternate = /alternate/.test(timing.direction) || timing.iterations > 1;
      const perSecond = Math.max(1, turns) / 2 * (alternate && turns === 1 ? (/alternate/.test(timing.direction) ? 1 : 2) : 1) / once;
      if (turns && perSecond > 3 && timing.iterations > 2 && (turns > 1 || runs > 3) ) m.say(rows, "2.3.1", b.width * b.height > 21000 ? "failed" : "cantTell", e, `It flashes ${perSecond.toFixed(0)} times a second: three are the most.`);
    }
    if (lasts > 5 && !busy && !stoppable) m.say(rows, "2.2.2", "failed", e, "It moves for more than five seconds and nothing stops it.");
  }
  const code = m.scripts(), whole = m.all("script:not([src])");
  const timers = [...code.matchAll(/set(Timeout|Interval)\s*\(([\s\S]{0,600}?)(?:,\s*([\d_ *]+)\s*\))/g)];
  for (const [text, kind, body, delay] of timers) {
    const ms = delay.replace(/_/g, "").split("*").reduce((p, v) => p * (parseFloat(v) || 1), 1), where = whole.find(s => s.textContent.includes(text.slice(0, 60)));
    const leaves = /location|\.submit\(\)|reload\(|logout|sign-?out|expire/i.test(body);
    if (leaves && ms < 72e6) { if (!extendable) m.say(rows, "2.2.1", "failed", where, "A limit of time that nobody can lengthen: warn, and offer more time."); }
    else if (kind === "Interval" && /scroll|next|slide|carousel|transform|marginLeft|style\.|classList|innerHTML|textContent|src\s*=|append|prepend|insertAdjacent/i.test(body) && !stoppable) {
      if (/clearInterval/.test(code) && !/slide|next|carousel|scroll/i.test(body)) continue;
      if (ms < 170 && /opacity|background|color|visibility|hidden|classList|filter/i.test(body)) m.say(rows, "2.3.1", "failed", where, "A script makes it flash more than three times a second.");
      else m.say(rows, "2.2.2", "failed", where, "It changes by itself and nothing stops it: give it a button that does.");
    }
  }
  const refresh = document.querySelector("meta[http-equiv=refresh i]"), after = refresh ? parseFloat(refresh.content) : 0;
  if (after > 0 && after < 72000) {
    m.say(rows, "2.2.1", "failed", refresh, "The page leaves or loads itself again after a time: let people do that.");
    if (!/url/i.test(refresh.content)) m.say(rows, "2.2.2", "failed", refresh, "The page loads itself again and nothing stops it.");
  }
  const counts = /(session|time|page|form|code).{0,40}(expires?|ends?|remaining|left|runs out|times? out)[^.]{0,30}\d+ ?(:\d\d|sec|min)|\d+ ?(sec|min)[a-z]* (left|remaining|to (finish|complete|answer))|(남은 ?시간|세션|만료)[^.]{0,20}\d+ ?(초|분|:\d\d)|残り(時間)?[^。]{0,10}\d+ ?(秒|分|:\d\d)|(剩余|会话)[^。]{0,12}\d+ ?(秒|分|:\d\d)|(เหลือเวลา|หมดเวลา)[^.]{0,15}\d+|còn (lại )?\d+ ?(giây|phút)/i;
  for (const e of m.all("[role=timer], p, div, span, strong").filter(e => m.seen(e) && (e.getAttribute("role") === "timer" || (m.own(e) && counts.test(m.squeezed(e.textContent)) && m.squeezed(e.textContent).length < 200))))
    if (!extendable && !m.all("a[href], button", e.closest("dialog, section, aside, form") || document.body).some(x => longer.test(m.name(x)))) { m.say(rows, "2.2.1", e.getAttribute("role") === "timer" ? "failed" : "cantTell", e, "A limit of time that nobody can lengthen: offer more time."); break; }
  for (const e of m.all("video[autoplay]")) if (!e.controls && !stoppable && (e.loop || !(e.duration < 5))) m.say(rows, "2.2.2", "failed", e, "The film begins by itself and nothing stops it: give it controls.");
  for (const e of m.all("img[src*='.gif'], img[src^='data:image/gif']")) {
    let frames = 2, delay = 0, size = m.box(e);
    if (e.src.startsWith("data:image/gif;base64,")) {
      try {
        const bytes = atob(e.src.split(",")[1]), controls = [...bytes.matchAll(/\x21\xf9\x04[\s\S]([\s\S])([\s\S])/g)];
        frames = controls.length; delay = controls.length ? controls[0][1].charCodeAt(0) + 256 * controls[0][2].charCodeAt(0) : 0;
      } catch { /* unreadable: unknown */ }
    } else frames = 0;
    if (frames > 1 && m.seen(e) && !stoppable) m.say(rows, "2.2.2", "failed", e, "The picture moves and nothing stops it.");
    if (frames > 1 && delay > 0 && delay < 17 && size.width * size.height > 21000) m.say(rows, "2.3.1", "failed", e, "The picture changes more than three times a second: look whether it flashes.");
    if (!frames && m.seen(e)) m.say(rows, "best", "cantTell", e, "If the picture moves, let people stop it.");
  }
  const changes = new Map(), watch = new MutationObserver(list => list.forEach(r => { const e = r.target.nodeType === 1 ? r.target : r.target.parentElement; if (e) changes.set(e, (changes.get(e) || 0) + 1); }));
  watch.observe(document.body, {subtree: true, attributes: true, attributeFilter: ["style", "class", "hidden", "src"], characterData: true, childList: true});
  await m.wait(340);
  watch.disconnect();
  for (const [e, n] of changes) {
    if (!e.isConnected || !m.seen(e) || n < 3 || e.closest("[role=timer], [role=status], [role=progressbar], [aria-live]")) continue;
    const b = m.box(e);
    if (n >= 4 && b.width * b.height > 21000) m.say(rows, "2.3.1", "cantTell", e, "It changes more than three times a second: look whether it flashes.");
    if (!stoppable) m.say(rows, "2.2.2", "failed", e, "It changes by itself all the time and nothing stops it.");
  }
  return rows;
}
