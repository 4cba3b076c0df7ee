(m) => {
  // Rows and grids whose boxes stand in another order than they are written; letters pulled apart by spaces.
  const rows = [], text = e => m.squeezed(e.textContent).length > 1 || e.querySelector("img[alt]:not([alt=''])");
  for (const e of m.all("body *")) {
    if (m.kids(e).length < 2) continue;
    const s = m.style(e), flex = /flex|grid/.test(s.display);
    const kids = m.kids(e).filter(k => m.seen(k) && text(k) && m.style(k).position !== "fixed");
    if (kids.length < 2) continue;
    const placed = flex || kids.some(k => m.style(k).float !== "none") || (kids.filter(k => m.style(k).position === "absolute").length >= 2);
    if (!placed) continue;
    const right = s.direction === "rtl", boxes = kids.map(m.box);
    const earlier = (a, b) => {
      // Whether box b, written later, is seen wholly before a.
      const overlap = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top), side = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      if (overlap > Math.min(a.height, b.height) * 0.5) return (Math.abs(a.top - b.top) < 12 || Math.abs(a.top + a.bottom - b.top - b.bottom) < 24) && (right ? b.left >= a.right - 2 : b.right <= a.left + 2);
      return side > Math.min(a.width, b.width) * 0.3 && b.bottom <= a.top + 2;
    };
    let at = -1;
    for (let i = 0; i + 1 < kids.length && at < 0; i++) if (earlier(boxes[i], boxes[i + 1])) at = i;
    if (at < 0) continue;
    const floated = !flex && kids.every(k => m.style(k).float === "right");
    const k = kids[at + 1];
    const focus = kids.filter(x => x.matches("a[href], button, input, select, textarea") || x.querySelector("a[href], button, input, select, textarea"));
    m.say(rows, "1.3.2", floated || !flex ? "cantTell" : "failed", k, "It is seen before what is written before it: write the page in the order in which it is read.");
    if (focus.length >= 2) m.say(rows, "2.4.3", floated || !flex ? "cantTell" : "failed", k, "The Tab key goes through these in another order than they are seen.");
  }
  // Words of one syllable stand beside each other in Korean sentences, too ("한국에 막 온 분"): only what has nothing else is pulled apart.
  const korean = /^((?:[\uac00-\ud7af] +){2,}[\uac00-\ud7af])(?=$| *[:：(（*])/;
  for (const [node, e] of m.texts()) {
    const found = /(?:^|[\s(])((?:[A-Za-z]\s){3,}[A-Za-z])(?=$|[\s).,:])/.exec(node.data) || korean.exec(m.squeezed(m.block(e).textContent)) || /(?:^|\s)((?:[\u4e00-\u9fff\u3040-\u30ff][ \u3000]+){2,}[\u4e00-\u9fff\u3040-\u30ff])(?=$|\s)/.exec(node.data);
    if (found && !e.closest("code, pre, kbd, [aria-hidden=true]") && !"abcdefghijklmnopqrstuvwxyz".includes(found[1].replace(/\s/g, "").toLowerCase())) m.say(rows, "1.3.2", "failed", e, `"${found[1]}" is pulled apart by spaces: space letters by style, so that the word is read as one.`);
  }
  for (const t of m.all("table")) {
    // Columns made of lines broken in one cell: read across they are nonsense.
    const cells = m.all("td", t).filter(c => c.querySelectorAll("br").length >= 2);
    if (cells.length >= 2 && t.rows.length <= 2) m.say(rows, "1.3.2", "failed", t, "Columns of lines in one row of cells are read column by column: give each line a row.");
  }
  for (const e of m.all("pre")) if (e.textContent.split("\n").filter(l => /\S {3,}\S.* {3,}\S/.test(l)).length >= 3 && !e.querySelector("code")) m.say(rows, "1.3.2", "failed", e, "A table made of spaces is read across its columns: make it a table.");
  return rows;
}
