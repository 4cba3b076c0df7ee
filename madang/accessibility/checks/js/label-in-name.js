(m) => {
  // The words that stand on a control must be in the name by which it is called.
  const rows = [], plain = text => m.squeezed(text.toLowerCase().normalize("NFKC").replace(/[\p{P}\p{S}]+/gu, " "));
  const visible = e => m.squeezed(m.texts(e).filter(([, p]) => m.seen(p)).map(([n]) => n.data).join(" "));
  for (const e of m.all("[aria-label], [aria-labelledby]")) {
    if (!m.exposed(e) || !e.matches("a[href], button, input, select, textarea, summary, [role=button], [role=link], [role=checkbox], [role=radio], [role=switch], [role=tab], [role=menuitem], [role=option]")) continue;
    const field = e.matches("input, select, textarea");
    const shown = plain(field ? (/submit|button|reset/.test(e.type) ? e.value : m.labels(e).filter(m.seen).map(visible).join(" ")) : visible(e)), name = plain(m.name(e));
    if (!shown || shown.length < 2 || /^\d+$/.test(shown)) continue;
    const dense = m.cjk.test(shown), has = dense ? name.replace(/\s/g, "").includes(shown.replace(/\s/g, "")) : ` ${name} `.includes(` ${shown} `);
    if (!has) m.say(rows, "2.5.3", "failed", e, `"${shown}" stands on the control, but it is called "${name}": begin its name with the words that stand there.`);
  }
  return rows;
}
