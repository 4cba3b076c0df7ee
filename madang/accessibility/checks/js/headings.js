(m) => {
  // Headings that are empty, say nothing or are said twice; labels likewise; text that only looks like a heading.
  const rows = [], heads = m.all("h1, h2, h3, h4, h5, h6, [role=heading]").filter(m.exposed);
  const nothing = /^(heading|header|headline|title|sub ?title|section|section \d+|untitled|lorem ipsum.*|소제목|섹션|見出し|タイトル|标题|หัวข้อ|tiêu đề|mục)( \d+)?$/i;
  const blank = /^(label|field|input|text( ?(box|field))?|value|data|enter( text| here| value)?|type here|box|select( one)?|option|입력|항목|필드|入力|項目|输入|字段|กรอก|ช่อง|nhập|trường)( ?\d+)?\s*[:*：]?$/i;
  let before = 0;
  const seen = new Map();
  for (const e of heads) {
    const level = +(e.getAttribute("aria-level") || e.localName[1] || 2), name = m.name(e) || m.all("img[alt], svg[aria-label]", e).map(m.name).join("");
    if (!name) { m.say(rows, "2.4.6", "failed", e, "Give the heading words, or take it away."); m.say(rows, "1.3.1", "failed", e, "A heading without words gives the page a part that has no name."); continue; }
    if (nothing.test(name)) m.say(rows, "2.4.6", "failed", e, `"${name}" does not say what stands under the heading.`);
    if (before && level > before + 1) m.say(rows, "best", "cantTell", e, `The heading jumps from level ${before} to level ${level}.`);
    before = level;
    const parent = heads.slice(0, heads.indexOf(e)).reverse().find(x => +(x.getAttribute("aria-level") || x.localName[1] || 2) < level);
    const key = `${level} ${name} ${parent ? heads.indexOf(parent) : "-"}`;
    if (seen.has(key) && !e.closest("dialog, [hidden], li, article") && !e.querySelector("a")) m.say(rows, "2.4.6", "cantTell", e, `Two headings side by side are called "${name}".`);
    seen.set(key, e);
  }
  const groups = new Map();
  for (const e of m.all("input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image]), select, textarea")) {
    if (!m.exposed(e)) continue;
    const name = m.name(e);
    if (!name) continue;
    if (blank.test(name)) m.say(rows, "2.4.6", "failed", e, `"${name}" does not say what the field is for.`);
    if (/^[a-z]+([_-][a-z0-9]+)+$|^[a-z]+[A-Z]\w*$|^(f|fld|txt|inp)\d+$/.test(name)) m.say(rows, "2.4.6", "failed", e, `"${name}" is a name for machines; people need words.`);
    const group = e.closest("fieldset, [role=group], [role=radiogroup], tr, li, dialog, [role=row]") || e.form || document.body;
    const key = [m.path(group), m.under(e), name, e.type === "radio" ? e.name : ""].join("|");
    if (groups.has(key) && e.form && !m.described(e)) m.say(rows, "2.4.6", "failed", e, `Two fields beside each other are both called "${name}".`);
    groups.set(key, e);
  }
  const body = parseFloat(m.style(m.all("p").filter(m.seen).sort((a, b) => b.textContent.length - a.textContent.length)[0] || document.body).fontSize);
  for (const e of m.all("p, div, span")) {
    const text = m.squeezed(e.textContent);
    if (!text || text.length > 80 || !m.seen(e) || e.closest("a, button, label, legend, summary, th, caption, figure, nav, dt, dialog, header, footer, h1, h2, h3, h4, h5, h6, [role=heading], [role=status], [role=alert], [aria-hidden=true], blockquote, form p, svg, table")) continue;
    const first = e.localName === "span" ? null : [...e.childNodes].find(n => n.nodeType === 1 || n.data?.trim());
    const whole = first?.nodeType === 1 && first.matches("b, strong, font, big") && m.squeezed(first.textContent) === text ? first : m.own(e) === text && e.localName !== "span" ? e : null;
    const next = e.nextElementSibling;
    if (!whole || !next || !next.matches("p, ul, ol, div, table") || m.squeezed(next.textContent).length < 40 || /[.。!?！？:：]$/.test(text)) continue;
    const s = m.style(whole), big = parseFloat(s.fontSize) / body, heavy = +s.fontWeight >= 600;
    if (heavy && big >= 1.25) m.say(rows, "1.3.1", "failed", e, `"${text}" looks like a heading: make it one.`);
    else if (big >= 1.6) m.say(rows, "1.3.1", "cantTell", e, `"${text}" looks like a heading: make it one if it is.`);
  }
  return rows;
}
