(m) => {
  // Names, roles and states that a script or a style shows and the tree of accessibility does not know.
  const rows = [], known = new Set(("alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox comment complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic "
    + "graphics-document graphics-object graphics-symbol grid gridcell group heading img image insertion link list listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph presentation progressbar radio radiogroup region row rowgroup "
    + "rowheader scrollbar search searchbox separator slider spinbutton status strong subscript suggestion superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem").split(" "));
  const needs = {checkbox: ["aria-checked"], switch: ["aria-checked"], radio: ["aria-checked"], slider: ["aria-valuenow"], scrollbar: ["aria-valuenow"], combobox: ["aria-expanded"], menuitemcheckbox: ["aria-checked"], menuitemradio: ["aria-checked"], tab: ["aria-selected"], option: []};
  for (const e of m.all("[role]")) {
    const roles = e.getAttribute("role").trim().toLowerCase().split(/\s+/).filter(Boolean);
    if (roles.length && !roles.some(r => known.has(r))) m.say(rows, "4.1.2", "failed", e, `"${roles[0]}" is no role.`);
    if (!m.exposed(e) || e.matches("input, select, button[aria-pressed], option, details, summary")) continue;
    const missing = (needs[roles[0]] || []).find(a => !e.hasAttribute(a) && !(roles[0] === "tab" && e.parentElement?.querySelector("[aria-selected=true]")));
    if (missing) m.say(rows, "4.1.2", "failed", e, `What is a ${roles[0]} says how it stands by ${missing}.`);
  }
  for (const e of m.all("[role=button], [role=link], [role=checkbox], [role=switch], [role=tab], [role=menuitem], [role=textbox], [role=combobox], [role=slider], button, a[href], summary, input:not([type=hidden]), select, textarea, iframe, [role=dialog], [role=alertdialog], dialog[open]")) {
    if (!m.exposed(e) || (e.matches("a") && !e.getClientRects().length)) continue;
    const name = e.localName === "iframe" ? m.squeezed(e.title || e.getAttribute("aria-label")) : e.matches("dialog, [role=dialog], [role=alertdialog]") ? m.squeezed(e.getAttribute("aria-label") || m.referred(e, "aria-labelledby").map(x => x.textContent).join(" ")) : m.name(e);
    if (!name && !(e.localName === "iframe" && e.tabIndex < 0)) m.say(rows, "4.1.2", "failed", e, "Give it a name that says what it does.");
  }
  for (const e of m.all("[aria-hidden=true]")) {
    const inner = [e, ...m.all(m.controls, e)].find(x => x.tabIndex >= 0 && x.matches(m.controls) && !x.disabled && !x.closest("[inert]") && x.checkVisibility({checkVisibilityCSS: true, visibilityProperty: true}));
    if (inner) m.say(rows, "4.1.2", "failed", inner, "It takes the focus and is hidden from screen readers: show it to them, or take it out of the order of Tab.");
  }
  for (const e of m.all("[aria-expanded], [aria-pressed], [aria-checked], [aria-selected], [aria-disabled], [aria-current], [aria-haspopup]")) for (const a of ["aria-expanded", "aria-pressed", "aria-checked", "aria-selected", "aria-disabled"]) {
    const v = e.getAttribute(a);
    if (v !== null && !/^(true|false|undefined|mixed)$/.test(v)) m.say(rows, "4.1.2", "failed", e, `${a}="${v}" is no value.`);
  }
  for (const e of m.all("[aria-controls][aria-expanded]")) {
    const to = m.referred(e, "aria-controls")[0];
    if (to && m.exposed(e) && !to.matches("dialog, [role=dialog]") && (e.getAttribute("aria-expanded") === "true") !== m.drawn(to)) m.say(rows, "4.1.2", "failed", e, "aria-expanded says another thing than is seen.");
  }
  for (const e of m.all("a:not([href]), div, span, li, td, p, img, i, svg")) {
    const heard = m.listeners(e);
    if (!heard.some(t => /^(click|mousedown|pointerdown|touchstart)$/.test(t)) || !m.seen(e)) continue;
    if (e.closest("a[href], button, label, summary, [role]:not([role=presentation], [role=none], [role=group], [role=region], [role=list], [role=listitem])") || e.querySelector("a[href], button, input, select, textarea, summary, [role=button], [role=tab]")) continue;
    if (m.kids(e).length > 8) continue;
    m.say(rows, "4.1.2", "failed", e, "It is pressed like a button and is not called one: use <button>, or a link.");
  }
  return rows;
}
