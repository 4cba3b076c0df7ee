(m, given) => {
  // The size of what is pressed: 24 px or room around it (2.5.8); 44 px (2.5.5); 6 mm across (KWCAG 6.1.3).
  const rows = [], all = [];
  for (const e of m.all("a[href], button, input:not([type=hidden]), select, textarea, summary, label, [role=button], [role=link], [role=checkbox], [role=radio], [role=switch], [role=tab], [role=menuitem], [onclick]")) {
    if (e.localName === "label" && !e.control || e.disabled || !m.drawn(e) || m.style(e).pointerEvents === "none") continue;
    let b = m.box(e);
    if (e.localName === "label") continue;
    const labels = m.labels(e).filter(m.seen);
    if (labels.length && /checkbox|radio|file/.test(e.type)) {
      const inner = labels.map(m.box).concat(m.seen(e) ? [b] : []);
      b = {left: Math.min(...inner.map(r => r.left)), right: Math.max(...inner.map(r => r.right)), top: Math.min(...inner.map(r => r.top)), bottom: Math.max(...inner.map(r => r.bottom))};
      b.width = b.right - b.left; b.height = b.bottom - b.top;
    } else if (!m.seen(e)) continue;
    const line = m.style(e).display === "inline" && e.getClientRects().length > 1 ? e.getClientRects()[0] : null;
    const kids = m.all("img, svg, span, div", e).map(m.box).filter(r => r.width > b.width || r.height > b.height);
    for (const r of kids) b = {left: Math.min(b.left, r.left), right: Math.max(b.right, r.right), top: Math.min(b.top, r.top), bottom: Math.max(b.bottom, r.bottom), width: 0, height: 0};
    b = {left: b.left, right: b.right, top: b.top, bottom: b.bottom, width: b.right - b.left, height: b.bottom - b.top};
    for (const pseudo of ["::before", "::after"]) { const s = m.style(e, pseudo); if (s.content !== "none" && s.content !== "normal" && s.position === "absolute") { const w = parseFloat(s.width), h = parseFloat(s.height); if (w > b.width) { b.left -= (w - b.width) / 2; b.right += (w - b.width) / 2; b.width = w; } if (h > b.height) { b.top -= (h - b.height) / 2; b.bottom += (h - b.height) / 2; b.height = h; } } }
    all.push({e, b, line});
  }
  const inText = e => {
    if (!m.style(e).display.startsWith("inline") || e.matches("button, input, select")) return false;
    const block = m.block(e);
    return m.squeezed(block?.textContent).length > m.squeezed(e.textContent).length + 3 && [...block.childNodes].some(n => n !== e && n.nodeType === 3 && /[\p{L}\p{N}]/u.test(n.data)) || [...(e.parentElement?.childNodes || [])].some(n => n.nodeType === 3 && /\p{L}/u.test(n.data));
  };
  const native = e => (e.matches("input[type=checkbox], input[type=radio]") && m.style(e).appearance !== "none" && Math.abs(m.box(e).width - 13) < 1) ;
  const small = all.filter(({e, b}) => (b.width < 23.5 || b.height < 23.5) && !inText(e) && !native(e));
  const near = (x, y, r, b) => { const dx = Math.max(b.left - x, 0, x - b.right), dy = Math.max(b.top - y, 0, y - b.bottom); return dx * dx + dy * dy < r * r - 0.5; };
  for (const t of small) {
    const x = (t.b.left + t.b.right) / 2, y = (t.b.top + t.b.bottom) / 2;
    const clash = all.find(o => o !== t && !o.e.contains(t.e) && !t.e.contains(o.e) && (o.e.href === undefined || o.e.href !== t.e.href || o.e.localName !== "a") && (near(x, y, 12, o.b)
      || (small.includes(o) && Math.hypot(x - (o.b.left + o.b.right) / 2, y - (o.b.top + o.b.bottom) / 2) < 23.5)));
    if (clash) m.say(rows, "2.5.8", "failed", t.e, `It is ${Math.round(t.b.width)} by ${Math.round(t.b.height)} px and ${m.path(clash.e)} lies too near: 24 px, or room around it.`);
  }
  for (const {e, b} of all) {
    if (inText(e) || native(e)) continue;
    if (b.width < 43.5 || b.height < 43.5) m.say(rows, "2.5.5", "cantTell", e, `It is ${Math.round(b.width)} by ${Math.round(b.height)} px: 44 by 44 is what everybody can press.`);
    if (Math.hypot(b.width, b.height) < 22.6) m.say(rows, "best", "cantTell", e, `It is ${(Math.hypot(b.width, b.height) / 96 * 25.4).toFixed(1)} mm across: KWCAG 6.1.3 asks for 6.`);
  }
  return rows;
}
