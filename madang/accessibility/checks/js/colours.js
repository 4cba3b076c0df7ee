(m) => {
  // What only colour tells: links in text, dots of a state, what is current; and the contrast of boxes and drawings.
  const rows = [];
  for (const e of m.all("p a[href], li a[href], dd a[href], td a[href], blockquote a[href]")) {
    if (!m.seen(e) || e.closest("nav, [role=navigation]") || m.style(e).display !== "inline") continue;
    const block = m.block(e), beside = [...block.childNodes].filter(n => n.nodeType === 3 && n.data.trim().length > 8);
    const parent = e.parentElement, near = parent === block ? beside : [...parent.childNodes].filter(n => n.nodeType === 3 && n.data.trim().length > 8);
    if (!near.length || !m.own(e)) continue;
    const s = m.style(e), p = m.style(parent);
    if (/underline|overline/.test(s.textDecorationLine) || parseFloat(s.borderBottomWidth) > 0 && s.borderBottomStyle !== "none" || (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.fontStyle !== p.fontStyle || Math.abs(+s.fontWeight - +p.fontWeight) >= 200
      || s.backgroundImage !== "none" || s.fontFamily !== p.fontFamily || Math.abs(parseFloat(s.fontSize) - parseFloat(p.fontSize)) > 2 || e.querySelector("img, svg") || /underline/.test(m.style(e.firstElementChild || e).textDecorationLine) || s.boxShadow !== "none") continue;
    const back = m.background(e), own = m.colour(s.backgroundColor);
    if (!back || own[3] > 0) continue;
    const ratio = m.ratio(m.over(m.colour(s.color), back), m.over(m.colour(p.color), back));
    m.say(rows, "1.4.1", ratio < 3 ? "failed" : "cantTell", e, `Only its colour (${ratio.toFixed(1)} to 1 against the text) says that it is a link: underline it.`);
  }
  const dots = new Map();
  for (const e of m.all("span, i, b, div, td, em, li")) {
    if (m.kids(e).length || m.squeezed(e.textContent) || !m.seen(e)) continue;
    const b = m.box(e), s = m.style(e), c = m.colour(s.backgroundColor);
    if (b.width > 40 || b.height > 40 || b.width < 4 || b.height < 4 || c[3] < 0.5 || s.backgroundImage !== "none" || Math.max(...c.slice(0, 3)) - Math.min(...c.slice(0, 3)) < 40) continue;
    if (e.getAttribute("aria-label") || e.title || e.getAttribute("role") === "img" || ["::before", "::after"].some(p => !/^(none|normal|"")$/.test(m.style(e, p).content))) continue;
    const key = `${e.localName}.${[...e.classList][0] || ""} ${Math.round(b.width)} ${m.path(e.parentElement.parentElement || e.parentElement)}`;
    if (!dots.has(key)) dots.set(key, []);
    dots.get(key).push([e, s.backgroundColor]);
  }
  for (const same of dots.values()) if (new Set(same.map(([, c]) => c)).size > 1) m.say(rows, "1.4.1", "cantTell", same[0][0], "Dots that differ by colour alone: write beside each what it means.");
  for (const group of m.all("table, dl, ul, ol")) {
    const cells = m.all("td, dd, li, td span, dd span, li span", group).filter(e => !m.kids(e).length && m.own(e) && m.seen(e) && !e.closest("a, button"));
    const by = new Map();
    for (const e of cells) { const t = m.own(e); if (/[0-9\p{L}]/u.test(t)) { if (!by.has(t)) by.set(t, new Map()); by.get(t).set(m.style(e).color, e); } }
    const twice = [...by.values()].find(c => c.size > 1 && [...c.keys()].some(k => { const v = m.colour(k); return Math.max(...v.slice(0, 3)) - Math.min(...v.slice(0, 3)) > 90; }));
    if (twice && by.size <= 2 && cells.length >= 3) m.say(rows, "1.4.1", "cantTell", [...twice.values()][1], "The same words differ by colour alone: say the difference in words.");
  }
  const standard = "rgb(118, 118, 118)";
  for (const e of m.all("input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image], [type=range], [type=file], [type=color]), select, textarea, [role=checkbox], [role=radio], [role=switch], [role=textbox]")) {
    if (!m.seen(e) || e.disabled || e.closest("[aria-disabled=true]")) continue;
    const s = m.style(e), box = ["checkbox", "radio"].includes(e.type);
    if (box && s.appearance !== "none") continue;
    if (!box && s.borderTopColor === standard && s.appearance !== "none") continue;
    const outer = m.background(e.parentElement), inner = m.background(e);
    if (!outer || !inner) continue;
    const edges = ["Top", "Right", "Bottom", "Left"].filter(side => parseFloat(s[`border${side}Width`]) > 0 && !/none|hidden/.test(s[`border${side}Style`])).map(side => m.over(m.colour(s[`border${side}Color`]), outer));
    const ring = parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== "none" ? [m.over(m.colour(s.outlineColor), outer)] : [];
    const shadow = (s.boxShadow.match(/(rgba?\([^)]+\)|color\([^)]+\))[^,]*/g) || []).filter(x => !/\b0px 0px 0px 0px\b/.test(x)).map(x => m.over(m.colour(/(rgba?\([^)]+\)|color\([^)]+\))/.exec(x)[1]), outer));
    const parts = [...edges, ...ring, ...shadow], best = Math.max(m.ratio(inner, outer), ...parts.map(c => Math.max(m.ratio(c, outer))));
    const marks = ["::before", "::after"].some(p => !/^(none|normal)$/.test(m.style(e, p).content));
    let wrapped = false;
    for (let at = e.parentElement, i = 0; at && i < 3 && !wrapped; at = at.parentElement, i++) {
      const w = m.style(at), back = at.parentElement && m.background(at.parentElement);
      // A box around one field alone is its edge, though the button that belongs to it stand in a line of its own.
      if (m.box(at).height > m.box(e).height * (m.all("input:not([type=hidden]), select, textarea", at).length > 1 ? 2.5 : 4)) break;
      if (!back) { wrapped = parseFloat(w.borderTopWidth) > 0 || w.backgroundColor !== "rgba(0, 0, 0, 0)"; continue; }
      wrapped = ["Top", "Bottom"].some(side => parseFloat(w[`border${side}Width`]) > 0 && m.ratio(m.over(m.colour(w[`border${side}Color`]), back), back) >= 3) || m.ratio(m.background(at) || back, back) >= 3
        || (w.boxShadow.match(/rgba?\([^)]+\)/g) || []).some(c => m.ratio(m.over(m.colour(c), back), back) >= 3);
    }
    if (best < 3 && !marks && !wrapped) m.say(rows, "1.4.11", "failed", e, `The edge of the field has a contrast of ${best.toFixed(1)}: 3 is asked.`);
  }
  for (const e of m.all("button, a[href], [role=button], summary")) {
    if (!m.seen(e) || e.disabled || m.texts(e).some(([, p]) => m.seen(p))) continue;
    const svg = e.querySelector("svg"), back = m.background(e);
    if (!svg || !back || !m.seen(svg)) continue;
    const paints = (m.all("path, circle, ellipse, rect, line, polyline, polygon, use, text", svg).length ? m.all("path, circle, ellipse, rect, line, polyline, polygon, use, text", svg) : [svg]).flatMap(x => { const s = m.style(x); return [s.fill, s.stroke].filter(c => c && c !== "none" && !c.startsWith("url")); }).map(m.colour).filter(c => c[3] > 0);
    const outer = m.background(e.parentElement), best = Math.max(0, ...paints.map(c => m.ratio(m.over(c, back), back)));
    if (paints.length && best < 3) m.say(rows, "1.4.11", "failed", e, `The drawing on the button has a contrast of ${best.toFixed(1)}: 3 is asked.`);
  }
  for (const e of m.all("progress, meter, [role=progressbar], [role=meter], [role=switch] > *, [role=slider] > *")) {
    const s = m.style(e), back = m.background(e.parentElement), own = m.colour(s.backgroundColor);
    if (!m.seen(e) || !back || own[3] === 0 || e.matches("progress, meter") && s.appearance !== "none") continue;
    const fill = m.kids(e).find(m.seen), front = fill && m.colour(m.style(fill).backgroundColor);
    const edge = parseFloat(s.borderTopWidth) > 0 ? m.ratio(m.over(m.colour(s.borderTopColor), back), back) : 0;
    const best = Math.max(m.ratio(m.over(own, back), back), edge, front && front[3] > 0 ? m.ratio(m.over(front, m.over(own, back)), m.over(own, back)) : 0);
    const said = m.squeezed(e.textContent) || m.squeezed(e.parentElement.textContent);
    if (best < 3 && !/\d/.test(said)) m.say(rows, "1.4.11", "failed", e, `How far it is has a contrast of ${best.toFixed(1)}: 3 is asked.`);
  }
  return rows;
}
