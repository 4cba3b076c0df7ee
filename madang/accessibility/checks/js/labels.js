(m) => {
  // Fields that nobody told what to write into: no words beside them, or a form of writing that is kept secret.
  const rows = [], fields = m.all("input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image]), select, textarea, [role=textbox], [role=combobox]");
  for (const e of fields) {
    if (!m.drawn(e) || e.closest("[aria-hidden=true], [inert]")) continue;
    const words = [...m.labels(e), ...m.referred(e, "aria-labelledby")].filter(x => m.seen(x) && m.inside(x));
    const hint = m.described(e);
    if (!words.length) {
      const alone = e.parentElement && !e.parentElement.matches("form, main, body, fieldset") && m.all("input:not([type=hidden]), select, textarea", e.parentElement).length === 1;
      const near = [e.previousElementSibling, alone ? e.parentElement.previousElementSibling : null, e.nextElementSibling].find(x => x && m.seen(x) && !x.matches(m.controls) && !x.matches("label[for]") && !x.querySelector("input, select, textarea") && m.squeezed(x.textContent));
      const cell = e.closest("td")?.closest("table")?.querySelector("th"), legend = e.closest("fieldset")?.querySelector("legend");
      const find = e.form?.querySelector("button, input[type=submit]");
      const search = e.type === "search" || e.closest("search, [role=search]") || (find && m.seen(find) && /search|find|look up|subscribe|찾|검색|조회|検索|探|調べ|搜索|查|找|ค้นหา|ดู|tìm|tra cứu/i.test(m.name(find)) && m.all("input:not([type=hidden]), select, textarea", e.form).length <= 2 && m.name(e));
      if (!near && !cell && !search && !(legend && m.seen(legend) && ["radio", "checkbox", "file"].includes(e.type)))
        m.say(rows, "3.3.2", "failed", e, e.placeholder ? "Write the label beside the field: what stands in it is gone as soon as somebody types." : "Write beside the field what is asked.");
      else if (!near && !cell && search && !(find && m.seen(find))) m.say(rows, "3.3.2", "cantTell", e, "Write beside the field what is asked.");
    }
    const shown = m.squeezed([...words.map(m.inside), hint, e.title, e.placeholder].join(" "));
    if (e.pattern && !/^\.[*+]$|^\\d[*+]$|^\[0-9\][*+]$/.test(e.pattern) && !hint && !/\d|example|such as|format|예[):：]|예시|例|ví dụ|เช่น|YYYY|DD/i.test(shown)) m.say(rows, "3.3.2", "failed", e, "Say how the answer must be written, with an example.");
    if (e.required || e.getAttribute("aria-required") === "true") {
      const others = fields.filter(x => x !== e && x.form === e.form && x.form && m.drawn(x) && !["radio", "checkbox"].includes(x.type));
      const star = x => /[*＊]|required|필수|必須|必填|必须|จำเป็น|ต้องกรอก|bắt buộc/i.test(m.squeezed([...m.labels(x).map(l => l.textContent), m.described(x)].join(" ")));
      const free = x => /optional|선택|任意|选填|可选|ถ้ามี|ไม่บังคับ|không bắt buộc|tuỳ chọn|tùy chọn/i.test(m.squeezed(m.labels(x).map(l => l.textContent).join(" ")));
      const loose = others.filter(x => !x.required && x.getAttribute("aria-required") !== "true");
      if (!star(e) && e.form && loose.length && !loose.every(free) && !/required|필수|必須|必填|必须|จำเป็น|bắt buộc/i.test(m.all("p, legend", e.form).map(x => x.textContent).join(" ")))
        m.say(rows, "3.3.2", "failed", e, "Say which fields must be filled in.");
    }
  }
  const done = new Set();
  for (const e of m.all("input[type=radio]")) {
    if (!e.name || done.has(e.name) || !m.exposed(e)) continue;
    done.add(e.name);
    const group = e.closest("fieldset, [role=radiogroup], [role=group]");
    if (m.all(`input[type=radio][name="${CSS.escape(e.name)}"]`, e.form || document).length < 2) continue;
    const legend = group && [group.querySelector("legend"), ...m.referred(group, "aria-labelledby")].find(x => x && m.seen(x) && m.inside(x));
    const first = (group || e.form || document.body).querySelector("p, h1, h2, h3, h4");
    if (!legend && !(first && m.seen(first) && first.compareDocumentPosition(e) & 4)) m.say(rows, "3.3.2", "failed", e, "Write the question above the choices.");
  }
  return rows;
}
