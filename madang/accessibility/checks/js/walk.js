(m) => {
  // Gets a walk with the Tab key ready: ``madangWalk.here()`` says where the focus is and how it shows.
  const still = m.adopt("* { scroll-behavior: auto !important; transition: none !important; animation: none !important; caret-color: transparent !important }");
  const root = m.modal() || document.body, expected = m.all("*", root).filter(m.tabbable);
  const kept = ["outlineStyle", "outlineWidth", "outlineColor", "outlineOffset", "boxShadow", "borderTopColor", "borderBottomColor", "borderLeftColor", "borderTopWidth", "borderBottomWidth",
    "borderBottomStyle", "borderTopStyle", "backgroundColor", "backgroundImage", "color", "textDecorationLine", "textDecorationThickness", "textDecorationStyle", "transform", "opacity", "filter", "fontWeight", "fill", "stroke", "width", "height", "clipPath", "content"];
  const around = e => {
    const near = new Set([e, ...m.labels(e), e.nextElementSibling, e.closest("label"), e.parentElement, e.parentElement?.parentElement, ...(m.kids(e).length < 6 ? m.kids(e) : [])].filter(Boolean));
    return [...near].flatMap(x => [[x, null], [x, "::before"], [x, "::after"]]);
  };
  const faded = (outline, colour) => outline === "none" || m.colour(colour)[3] === 0;
  const styles = e => around(e).map(([x, pseudo]) => {
    const s = m.style(x, pseudo), plain = {};
    if (pseudo && (s.content === "none" || s.content === "normal")) return "";
    for (const k of kept) plain[k] = s[k];
    if (faded(s.outlineStyle, s.outlineColor) || parseFloat(s.outlineWidth) === 0) plain.outlineStyle = plain.outlineWidth = plain.outlineColor = plain.outlineOffset = "";
    return JSON.stringify(plain);
  });
  if (document.activeElement && document.activeElement !== document.body) document.activeElement.blur();
  const before = new Map(expected.map(e => [e, styles(e)]));
  const start = root, had = start.getAttribute("tabindex");
  start.setAttribute("tabindex", "-1"); start.focus({preventScroll: true});
  had === null ? start.removeAttribute("tabindex") : start.setAttribute("tabindex", had);
  scrollTo(0, 0);
  const related = (e, hit) => !hit || e.contains(hit) || hit.contains(e) || m.labels(e).some(l => l.contains(hit)) || hit.closest("label")?.control === e;
  const over = (e, hit) => {
    for (let at = hit; at && !at.contains(e); at = at.parentElement) if (/fixed|sticky|absolute/.test(m.style(at).position) || at.matches(":modal, [popover]")) return at;
    return null;
  };
  const covering = e => {
    if (m.style(e).opacity === "0" || !m.seen(e)) return null;
    const b = [...e.getClientRects()].find(r => r.width > 1 && r.height > 1) || m.box(e);
    const x = [b.left + 2, (b.left + b.right) / 2, b.right - 2], y = [b.top + 2, (b.top + b.bottom) / 2, b.bottom - 2];
    const points = x.flatMap(px => y.map(py => [px, py])).filter(([px, py]) => px >= 0 && py >= 0 && px < innerWidth && py < innerHeight);
    if (!points.length) return null;
    const hits = points.map(([px, py]) => document.elementFromPoint(px, py));
    if (hits.some(hit => related(e, hit))) return null;
    const covers = hits.map(hit => over(e, hit));
    return covers.every(Boolean) ? covers[0] : null;
  };
  globalThis.madangWalk = {
    expected: expected.length,
    here() {
      const e = document.activeElement;
      if (!e || e === document.body || e === document.documentElement) return {index: -2};
      const index = expected.indexOf(e), was = before.get(e), now = styles(e), cover = covering(e), s = m.style(e), b = m.box(e);
      const place = {index, target: m.path(e), html: e.outerHTML.slice(0, 200), frame: /^(iframe|video|audio|object|embed)$/.test(e.localName), modal: !!e.closest("dialog:modal, [aria-modal=true]"), positive: e.tabIndex > 0};
      place.cover = cover ? m.path(cover) : "";
      place.shown = !was || was.length !== now.length || was.some((text, i) => text !== now[i]);
      const changed = was && now[0] !== was[0] ? Object.entries(JSON.parse(now[0])).filter(([k, v]) => JSON.parse(was[0])[k] !== v).map(([k]) => k) : [];
      const elsewhere = was && now.some((text, i) => i > 0 && text !== was[i]);
      if (changed.length && changed.every(k => k.startsWith("outline")) && !elsewhere && s.outlineStyle !== "auto") {
        const back = m.background(e.parentElement || e), own = m.background(e), line = m.colour(s.outlineColor);
        if (back && own) place.contrast = Math.max(m.ratio(m.over(line, back), back), parseFloat(s.outlineOffset) < 0 ? m.ratio(m.over(line, own), own) : 1);
      }
      const half = [...e.getClientRects()];
      const labelled = m.labels(e).find(m.seen);
      place.there = half.length > 0 && (m.seen(e) || !!labelled || /^(iframe|video|audio)$/.test(e.localName) || e.querySelector("*") !== null && m.all("*", e).some(m.seen));
      const v = labelled && !m.seen(e) ? m.box(labelled) : b;
      place.box = {x: Math.max(0, v.left - 8), y: Math.max(0, v.top - 8), width: Math.min(innerWidth, v.width + 16), height: Math.min(innerHeight, v.height + 16)};
      place.onScreen = v.bottom > 0 && v.top < innerHeight && v.right > 0 && v.left < innerWidth && v.width > 0 && v.height > 0;
      return place;
    },
    missed: indices => expected.map((e, i) => [e, i]).filter(([e, i]) => !indices.includes(i) && e.tabIndex <= 0 && m.tabbable(e)).map(([e]) => ({target: m.path(e), html: e.outerHTML.slice(0, 200)})),
    end() { still(); document.activeElement?.blur?.(); scrollTo(0, 0); delete globalThis.madangWalk; },
  };
  const early = expected.filter((e, i) => e.tabIndex > 0 && expected.slice(0, i).some(x => x.tabIndex <= 0 || x.tabIndex > e.tabIndex));
  return {expected: expected.length, modal: root !== document.body, early: early.map(e => ({target: m.path(e), html: e.outerHTML.slice(0, 200)}))};
}
