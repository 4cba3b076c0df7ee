(m) => {
  // Groups, lists and tables that only the eye can see.
  const rows = [], done = new Set();
  for (const e of m.all("input[type=radio]")) {
    const key = (e.form ? m.path(e.form) : "") + e.name;
    if (!e.name || done.has(key) || !m.exposed(e)) continue;
    done.add(key);
    const same = m.all(`input[type=radio][name="${CSS.escape(e.name)}"]`, e.form || document);
    const group = e.closest("fieldset, [role=radiogroup], [role=group]");
    if (same.length > 1 && !(group && m.name(group))) m.say(rows, "1.3.1", "failed", e, "Put the choices into a fieldset whose legend asks the question.");
  }
  for (const t of m.all("table")) {
    if (!m.seen(t) || /^(presentation|none)$/.test(t.getAttribute("role") || "")) continue;
    const lines = [...t.rows].filter(r => r.cells.length > 1);
    if (lines.length >= 2 && !t.querySelector("th, [role=columnheader], [role=rowheader], [scope]")) m.say(rows, "1.3.1", "failed", t, "Mark the table's header cells as <th>.");
    else if (lines.length >= 2 && m.all("th", t).length && m.all("th", t).every(h => !m.squeezed(h.textContent))) m.say(rows, "1.3.1", "failed", t, "Give the table's header cells words.");
  }
  const bullet = /^\s*([•·▪■●○◦‣※∙*–—-]|\d{1,2}[.)]|[①-⑳]|[가나다라마바사][.)]|[ア-オ][.)])\s*\S/;
  for (const e of m.all("p, div, td, dd")) {
    if (!m.seen(e) || e.closest("ul, ol, pre, code")) continue;
    if (e.localName === "p" || e.localName === "div") {
      const runs = x => x && x.localName === e.localName && !m.kids(x).length && bullet.test(x.textContent);
      if (runs(e) && runs(e.nextElementSibling) && runs(e.nextElementSibling.nextElementSibling) && !runs(e.previousElementSibling))
        m.say(rows, "1.3.1", "failed", e, "Write the lines as a list (<ul> or <ol>).");
    }
    if (e.querySelectorAll(":scope > br").length >= 2) {
      const lines = e.innerText.split("\n").filter(l => l.trim());
      if (lines.length >= 3 && lines.filter(l => bullet.test(l)).length >= 3) m.say(rows, "1.3.1", "failed", e, "Write the lines as a list (<ul> or <ol>).");
    }
  }
  for (const e of m.all("ul, ol")) {
    const wrong = m.kids(e).find(c => !c.matches("li, script, template, [role=listitem]"));
    if (wrong && !e.getAttribute("role")) m.say(rows, "1.3.1", "failed", wrong, "A list holds list items only.");
  }
  for (const id of new Set(m.all("[id]").map(e => e.id).filter((v, i, l) => v && l.indexOf(v) !== i))) {
    const used = m.all(`[for="${CSS.escape(id)}"], [aria-labelledby~="${CSS.escape(id)}"], [aria-describedby~="${CSS.escape(id)}"]`);
    if (used.length) m.say(rows, "1.3.1", "failed", document.getElementById(id), `Two elements have the id "${id}", so a label leads to the wrong one.`);
  }
  for (const l of m.all("label[for]")) if (!document.getElementById(l.htmlFor)) m.say(rows, "1.3.1", "failed", l, `The label is for "${l.htmlFor}", which is not there.`);
  return rows;
}
