(m, given) => {
  // How the text lies now: what sticks out sideways, what is cut off, what lies over something else, what is seen at all.
  const page = document.scrollingElement, wide = [], cut = [], over = [], said = {}, sizes = {}, lines = [];
  const brief = e => ({target: m.path(e), html: e.outerHTML.slice(0, 200)});
  const clips = v => v === "hidden" || v === "clip";
  const limit = page.clientWidth + 1;
  if (page.scrollWidth > limit) {
    const out = m.all("body *").filter(e => {
      const b = m.box(e);
      if (b.right + scrollX <= limit || b.width < 1 || !m.seen(e)) return false;
      for (let at = e.parentElement; at && at !== document.body; at = at.parentElement) if (m.style(at).overflowX !== "visible") return false;
      return true;
    });
    for (const e of out.filter(e => !out.some(x => x !== e && e.contains(x))).slice(0, 5)) wide.push({...brief(e), table: !!e.closest("table, pre, [role=table], [role=grid], video, canvas, svg, iframe")});
    if (!wide.length) wide.push({...brief(document.body), table: false});
  }
  for (const e of m.all("body *")) {
    if (e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(m.style(e).overflowX) && e.clientWidth > 0 && m.seen(e) && !e.matches("input, textarea, select")
      && !e.querySelector("table, pre, svg, img, canvas") && !e.closest("table, pre") && !e.matches("[role=tablist], nav, ol, ul") && m.squeezed(e.textContent).length > 60) wide.push({...brief(e), table: false, inner: true});
  }
  const scrolled = e => {
    // What of a rectangle is seen through the boxes that scroll around ``e``: the rest lies under nothing, it is scrolled away.
    const windows = [];
    for (let at = e; at && at !== document.body; at = at.parentElement) if (/auto|scroll/.test(m.style(at).overflowX + m.style(at).overflowY)) windows.push(m.box(at));
    return r => {
      const b = {left: r.left, right: r.right, top: r.top, bottom: r.bottom};
      for (const w of windows) { b.left = Math.max(b.left, w.left); b.right = Math.min(b.right, w.right); b.top = Math.max(b.top, w.top); b.bottom = Math.min(b.bottom, w.bottom); }
      return {...b, width: b.right - b.left, height: b.bottom - b.top};
    };
  };
  const range = document.createRange(), seen = new Set();
  for (const [node, e] of m.texts()) {
    if (!m.seen(e)) continue;
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(r => r.width > 1 && r.height > 1);
    if (!rects.length) continue;
    const text = m.squeezed(node.data);
    said[text.slice(0, 80)] = 1;
    if (!seen.has(e)) { seen.add(e); if (given.sizes) sizes[m.path(e)] = parseFloat(m.style(e).fontSize); }
    const b = {left: Math.min(...rects.map(r => r.left)), right: Math.max(...rects.map(r => r.right)), top: Math.min(...rects.map(r => r.top)), bottom: Math.max(...rects.map(r => r.bottom))};
    let fixed = false; // what stays in the window lies over what is scrolled under it, though it scroll itself
    for (let at = e; at && !fixed; at = at.parentElement) fixed = /fixed|sticky/.test(m.style(at).position);
    for (let at = e; at && at !== document.documentElement; at = at.parentElement) {
      const s = m.style(at);
      if (s.display === "inline" || (at === document.body)) continue;
      const x = clips(s.overflowX), y = clips(s.overflowY);
      if (!x && !y) { if (/auto|scroll/.test(s.overflowX + s.overflowY)) break; continue; }
      const p = m.box(at), slack = Math.max(3, (rects[0].height) * 0.25);
      if ((x && (b.right > p.right + slack || b.left < p.left - slack)) || (y && (b.bottom > p.bottom + slack || b.top < p.top - slack))) { cut.push({...brief(e), text: text.slice(0, 40)}); break; }
    }
    if (!fixed && !e.closest("svg, [aria-hidden=true]")) for (const r of rects.map(scrolled(e))) if (r.width > 1 && r.height > 1) lines.push([r, e]);
  }
  for (const e of m.all("input[type=submit], input[type=button], button, select")) if (m.seen(e) && clips(m.style(e).overflowX) && e.localName === "button" && e.scrollWidth > e.clientWidth + 3) cut.push({...brief(e), text: m.name(e)});
  lines.sort((a, b) => a[0].top - b[0].top);
  for (let i = 0; i < lines.length; i++) for (let j = i + 1; j < lines.length; j++) {
    const [a, e] = lines[i], [b, f] = lines[j];
    if (b.top >= a.bottom - 2) break;
    if (e === f || e.contains(f) || f.contains(e)) continue;
    const w = Math.min(a.right, b.right) - Math.max(a.left, b.left), h = Math.min(a.bottom, b.bottom) - b.top;
    if (w > 4 && h > Math.min(a.height, b.height) * 0.35) over.push({...brief(f), text: m.own(e).slice(0, 40)});
  }
  const toggles = m.all("[aria-expanded=false], details:not([open]) > summary").filter(m.seen).length;
  const fixed = m.all("body *").filter(e => /fixed|sticky/.test(m.style(e).position) && m.seen(e) && m.style(e).pointerEvents !== "none" && !e.closest("dialog, [role=dialog]"));
  const covered = fixed.filter(e => m.style(e).position === "fixed" || m.box(e).top <= 0).map(e => [m.box(e), e])
    .filter(([b]) => b.width > innerWidth * 0.6 && b.bottom > 0 && b.top < innerHeight && b.height > innerHeight * 0.5).map(([, e]) => brief(e));
  return {wide, cut, over, said: Object.keys(said), sizes, toggles, covered};
}
