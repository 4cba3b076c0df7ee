(m) => {
  // What a mouse can do and a keyboard cannot: widgets outside the order of Tab, clicks without keys.
  const rows = [], widget = "button, a[href], input, select, textarea, summary, label, option, area[href], [contenteditable=true], iframe, video, audio";
  const roles = "[role=button], [role=link], [role=checkbox], [role=radio], [role=switch], [role=tab], [role=menuitem], [role=option], [role=slider], [role=combobox], [role=textbox], [role=spinbutton]";
  const managed = e => e.closest("[role=tablist], [role=menu], [role=menubar], [role=listbox], [role=radiogroup], [role=tree], [role=grid], [role=toolbar]") && m.all("[tabindex='0'], [aria-activedescendant]", e.closest("[role]:not([role=tab], [role=menuitem], [role=option], [role=radio])") || document.body).length > 0
    || m.all("[aria-activedescendant], [role=combobox]").some(c => m.referred(c, "aria-controls").some(x => x.contains(e)));
  for (const e of m.all(roles)) {
    if (!m.exposed(e) || e.getAttribute("aria-disabled") === "true" || e.matches(":disabled") || e.tabIndex >= 0 || managed(e)) continue;
    m.say(rows, "2.1.1", "failed", e, "The keyboard does not reach it: use a real button, link or field.");
  }
  const dead = m.all("a:not([href])");
  for (const e of m.all("body *")) {
    if (e.matches(widget) || !m.drawn(e) || e.disabled) continue;
    const heard = m.listeners(e), pressed = heard.filter(t => /^(click|dblclick|mousedown|mouseup|pointerdown|pointerup|touchstart|touchend)$/.test(t));
    if (!pressed.length) { if (dead.includes(e) && m.style(e).cursor === "pointer") m.say(rows, "2.1.1", "cantTell", e, "A link without an address is not reached by the keyboard."); continue; }
    if (e.querySelector(widget) || e.closest("a[href], button, label, summary") || e.matches("form, dialog, body, main, ul, ol, table, tbody, svg")) continue;
    if (e.tabIndex < 0 && !managed(e)) { if (!e.matches(roles)) m.say(rows, "2.1.1", "failed", e, "It answers the mouse alone: use a real button or link."); }
    else if (!heard.some(t => /^key/.test(t)) && !["keydown", "keyup", "keypress"].some(t => [document, document.body, e.parentElement].some(x => x && m.listeners(x).includes(t))))
      m.say(rows, "2.1.1", "failed", e, "It takes the focus but answers no key: use a real button or link.");
  }
  for (const e of m.all("a[href], button, input, select, textarea")) {
    if (e.tabIndex >= 0 || e.disabled || !m.seen(e) || !m.exposed(e) || managed(e) || e.closest("[role=radiogroup], [role=slider]") ) continue;
    const same = e.localName === "a" && m.all("a[href]").some(o => o !== e && o.href === e.href && o.tabIndex >= 0 && m.seen(o));
    if (!same) m.say(rows, "2.1.1", "failed", e, "A negative tabindex takes it away from the keyboard.");
  }
  for (const e of m.all("[onfocus*='blur()'], [onkeydown*='preventDefault'], [onkeydown*='return false']"))
    m.say(rows, /blur\(\)/.test(e.getAttribute("onfocus") || "") ? "2.1.1" : "2.1.2", "cantTell", e, "A script takes keys or the focus away here.");
  return rows;
}
