(m, given) => {
  // Which elements show more when pointed at or focused, by style or by script; and what is seen now.
  if (given.step === "candidates") {
    const found = new Map(), add = e => { if (m.seen(e) && !e.matches("html, body, main, form") && found.size < 14) found.set(m.path(e), 1); };
    for (const [rule] of m.rules()) {
      if (!/:(hover|focus|focus-within|focus-visible)/.test(rule.selectorText)) continue;
      const shows = ["display", "visibility", "opacity", "clipPath", "clip", "transform", "maxHeight", "height", "left"].some(k => rule.style[k]);
      if (!shows) continue;
      for (const part of rule.selectorText.split(",")) {
        const hit = /^(.*?):(hover|focus|focus-within|focus-visible)(.*)$/.exec(part.trim());
        if (!hit || !/[\s>+~]|::(before|after)/.test(hit[3])) continue;
        if (/::(before|after)/.test(hit[3]) && !/content/.test(rule.cssText) && !rule.style.opacity && !rule.style.display && !rule.style.visibility) continue;
        try { m.all(hit[1] || "*").slice(0, 8).forEach(add); } catch { /* a selector of its own kind */ }
      }
    }
    for (const e of m.all("body *")) if (m.listeners(e).some(t => /^(mouseenter|mouseover|pointerenter|pointerover)$/.test(t))) add(e);
    return [...found.keys()];
  }
  const opaque = e => { for (let at = e; at; at = at.parentElement) if (+m.style(at).opacity < 0.1) return false; return true; };
  const shown = m.all("body *").filter(e => m.own(e) && m.seen(e) && opaque(e));
  const pseudo = m.all("[data-tip], [data-tooltip], [data-title], [class*=tip]").filter(e => ["::before", "::after"].some(p => { const s = m.style(e, p); return s.content !== "none" && s.content !== "normal" && s.content !== '""' && s.visibility !== "hidden" && s.display !== "none" && +s.opacity > 0.1; }));
  if (given.step === "now") return {paths: shown.map(m.path), pseudo: pseudo.map(m.path)};
  if (given.step === "new") {
    const had = new Set(given.had.paths), news = shown.filter(e => !had.has(m.path(e))), trigger = document.querySelector(given.trigger);
    const outer = news.filter(e => !news.some(o => o !== e && o.contains(e)));
    const generated = pseudo.filter(e => !given.had.pseudo.includes(m.path(e)));
    const e = outer[0];
    if (!e && !generated.length) return null;
    if (!e) return {target: m.path(generated[0]), html: generated[0].outerHTML.slice(0, 200), pseudo: true, covers: true, x: 0, y: 0};
    let box = e; while (box.parentElement && !box.parentElement.contains(trigger) && m.box(box.parentElement).height < 600) box = box.parentElement;
    const b = m.box(box), under = box.style.visibility;
    box.style.visibility = "hidden";
    const covers = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap(x => [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95].map(y => [x, y])).some(([x, y]) => { const hit = document.elementFromPoint(b.left + b.width * x, b.top + b.height * y); return hit && !hit.contains(box) && !box.contains(hit) && (m.own(hit) || hit.matches("input, img, button, a")); });
    box.style.visibility = under;
    return {target: m.path(box), html: box.outerHTML.slice(0, 200), pseudo: false, covers, x: b.left + b.width / 2, y: b.top + b.height / 2, inside: trigger.contains(box)};
  }
  const e = document.querySelector(given.target);
  return !!e && m.seen(e) && opaque(e);
}
