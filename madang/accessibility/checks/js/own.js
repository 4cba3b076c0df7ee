(m, given) => {
  // What KWCAG asks beyond WCAG: neighbours told apart, page numbers that stay, markup without errors.
  const rows = [];
  if (given.what === "separation") {
    const places = m.all("header, nav, main, aside, footer, [role=banner], [role=navigation], [role=main], [role=contentinfo], [role=complementary]").filter(e => m.seen(e) && m.squeezed(e.textContent));
    for (let i = 0; i + 1 < places.length; i++) {
      const a = places[i], b = places[i + 1];
      if (a.contains(b) || b.contains(a)) continue;
      const p = m.box(a), q = m.box(b), gap = Math.max(q.top - p.bottom, q.left - p.right), s = m.style(a), t = m.style(b);
      const line = [s.borderBottomWidth, s.borderRightWidth, t.borderTopWidth, t.borderLeftWidth].some(w => parseFloat(w) > 0), shade = s.boxShadow !== "none" || t.boxShadow !== "none";
      const room = Math.max(parseFloat(s.paddingBottom), 0) + Math.max(parseFloat(t.paddingTop), 0) + Math.max(gap, 0), head = /^(h[1-6])$/.test(b.firstElementChild?.localName || "");
      const fore = m.background(a), back = m.background(b);
      if (room < 6 && !line && !shade && !head && fore && back && m.ratio(fore, back) < 1.03) m.say(rows, "best", "cantTell", b, "KWCAG 5.4.4: tell it apart from what stands before it by a line, a space or a colour.");
    }
  }
  if (given.what === "page-reference") {
    const pages = m.all("[role=doc-pagebreak], .pagebreak, .page-number");
    for (const e of pages) if (!m.name(e)) m.say(rows, "best", "cantTell", e, "KWCAG 6.4.4: a page break says its number.");
  }
  if (given.what === "markup") {
    const twice = new Map();
    for (const e of m.all("[id]")) twice.set(e.id, [...(twice.get(e.id) || []), e]);
    for (const [id, same] of twice) if (id && same.length > 1) m.say(rows, "best", "cantTell", same[1], `KWCAG 8.1.1: the id "${id}" is there twice.`);
    for (const e of m.all("a a, button button, a button, button a, label label, form form")) m.say(rows, "best", "cantTell", e, "KWCAG 8.1.1: controls do not stand inside each other.");
  }
  return rows;
}
