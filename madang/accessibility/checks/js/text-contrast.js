(m, given) => {
  // Contrast of text as it stands now: on whatever the pointer or the keyboard is made to be on.
  const rows = [], seen = new Set();
  if (given.kinds) {
    // One of each kind: the same styles hold for all of it.
    const had = new Set(), kind = e => { const steps = []; for (let at = e; at && at !== document.body; at = at.parentElement) steps.push(at.localName + "." + at.className + (at.hasAttribute("aria-current") ? "!" : "")); return steps.join(" "); };
    return m.all(given.where).map((e, i) => [i, e]).filter(([, e]) => { const k = kind(e); if (had.has(k) || !m.seen(e)) return false; had.add(k); return true; }).map(([i]) => i).slice(0, 60);
  }
  for (const e of m.all(given.where)) {
    if (!m.seen(e) || e.disabled || e.closest("[aria-disabled=true], fieldset[disabled]")) continue;
    for (const [node, p] of e.matches("input, select, textarea") ? [[{data: e.value || e.placeholder || ""}, e]] : m.texts(e)) {
      if (!m.seen(p) || seen.has(p) || !/[\p{L}\p{N}]/u.test(node.data)) continue;
      seen.add(p);
      const s = m.style(p, p === e && e.matches("input, textarea") && !e.value ? "::placeholder" : null), back = m.background(p);
      if (!back) continue;
      const ink = m.colour(s.color), front = m.over([ink[0], ink[1], ink[2], ink[3] * +s.opacity], back), ratio = m.ratio(front, back);
      const size = parseFloat(s.fontSize), large = size >= 24 || (size >= 18.66 && +s.fontWeight >= 700), least = large ? 3 : 4.5;
      if (ratio < least - 0.01) m.say(rows, "1.4.3", "failed", p, `${given.when}its text has a contrast of ${ratio.toFixed(1)}: ${least} is asked.`);
    }
  }
  return rows;
}
