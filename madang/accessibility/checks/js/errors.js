(m) => {
  // An error is said in words, at its field, and says what to do.
  const rows = [], worded = /(^|[-_ ])(error|invalid|has-error|is-invalid|field-error|errors?)([-_ ]|$)/i;
  const fields = m.all("input:not([type=hidden], [type=submit], [type=button]), select, textarea, [role=textbox], [role=combobox], [role=radiogroup], [role=group], fieldset");
  const bare = t => t.toLowerCase().replace(/^(error|오류|エラー|错误|ข้อผิดพลาด|lỗi)\s*[:：]?\s*/i, "").replace(/[\s\p{P}]+$/u, "").trim();
  const empty = new Set(["", "error", "invalid", "wrong", "incorrect", "invalid input", "invalid value", "invalid entry", "invalid data", "invalid format", "error occurred", "an error occurred", "this field is invalid", "not valid", "bad input", "failed", "validation failed", "validation error",
    "오류", "잘못된 입력", "잘못된 입력입니다", "잘못되었습니다", "유효하지 않습니다", "유효하지 않은 값입니다", "입력 오류", "형식 오류", "エラー", "無効です", "無効な値です", "入力エラー", "不正な値です", "正しくありません", "错误", "无效", "无效输入", "输入有误", "格式错误", "输入错误",
    "ผิดพลาด", "ไม่ถูกต้อง", "ข้อมูลไม่ถูกต้อง", "รูปแบบไม่ถูกต้อง", "lỗi", "không hợp lệ", "sai", "dữ liệu không hợp lệ", "sai định dạng", "đầu vào không hợp lệ"]);
  const code = t => /^([A-Z]{1,5}[-_ ]?\d{2,}|0x[0-9a-f]+|\d{3,}|[A-Z]+(_[A-Z]+)+|E\d+|(err|error)[ _-]?\d+)\.?$/i.test(t.trim());
  const summary = m.all("[role=alert], [class*=error-summary], [id=errors], [aria-labelledby*=error]").find(e => m.seen(e) && e.querySelector("a[href^='#']"));
  const judge = (text, e) => { if (empty.has(bare(text)) || code(bare(text)) || code(text)) m.say(rows, "3.3.3", "failed", e, `"${text.slice(0, 60)}" does not say how to mend it: say what to write, with an example.`); };
  const told = new Set();
  for (const e of m.all("[aria-invalid]:not([aria-invalid=false], [aria-invalid=''])")) {
    if (!m.drawn(e) && !m.labels(e).some(m.drawn)) continue;
    const group = e.closest("fieldset, [role=group], [role=radiogroup]");
    const refs = [e, group].filter(Boolean).flatMap(x => [...m.referred(x, "aria-errormessage"), ...m.referred(x, "aria-describedby")]);
    const inLabel = m.labels(e).flatMap(l => m.all("*", l)).filter(x => worded.test(x.className + " " + x.id));
    const said = [...refs, ...inLabel].filter(x => m.seen(x) && m.squeezed(x.textContent));
    refs.forEach(r => told.add(r));
    const messages = said.filter(x => worded.test(`${x.className} ${x.id}`) || x.getAttribute("role") === "alert" || m.referred(e, "aria-errormessage").includes(x));
    const beside = [e.nextElementSibling, e.previousElementSibling, e.parentElement?.nextElementSibling, e.parentElement?.previousElementSibling].filter(x => x && m.seen(x) && worded.test(`${x.className} ${x.id}`));
    if (!messages.length && said.length === 0) m.say(rows, "3.3.1", "failed", e, beside.length ? "Tie the words of the error to its field by aria-describedby." : "Say in words, at the field, what is wrong.");
    else if (!messages.length && beside.length) m.say(rows, "3.3.1", "failed", e, "Tie the words of the error to its field by aria-describedby.");
    else if (!messages.length && summary && !m.all("a[href^='#']", summary).some(a => a.hash === "#" + (e.id || "-"))) m.say(rows, "3.3.1", "cantTell", e, "Say in words, at the field, what is wrong.");
    for (const x of messages) { judge(m.squeezed(x.textContent), x); }
  }
  for (const x of m.all("body *")) {
    const mark = `${x.getAttribute("class") || ""} ${x.id}`;
    if (!worded.test(mark) || !m.seen(x)) continue;
    const text = m.squeezed(x.textContent);
    if (x.matches("input, select, textarea")) {
      if (!worded.test(x.className)) continue;
      // Words that are tied to the field identify the error; aria-invalid says it once more and is not asked for by 3.3.1.
      const group = x.closest("fieldset, [role=group], [role=radiogroup]");
      const words = [x, group].filter(Boolean).flatMap(of => [...m.referred(of, "aria-errormessage"), ...m.referred(of, "aria-describedby")]).some(each => m.seen(each) && worded.test(`${each.className} ${each.id}`) && m.squeezed(each.textContent));
      if (x.getAttribute("aria-invalid") !== "true" && !words) m.say(rows, "3.3.1", "failed", x, "Only its look says that the field is wrong: say it in words and by aria-invalid.");
      continue;
    }
    if (told.has(x) || !text || x.contains(summary) || summary?.contains(x) || x.querySelector("input, select, textarea") || x.querySelector("a[href^='#']") || text.length > 200 || x.matches("h1, h2, h3, main, a, button")) continue;
    if ([...told].some(t => t.contains(x) || x.contains(t))) continue;
    const field = fields.find(f => m.referred(f, "aria-describedby").some(r => r.contains(x)) || m.referred(f, "aria-errormessage").some(r => r.contains(x)) || (f.matches("fieldset") && f.querySelector("legend")?.contains(x)) || m.labels(f).some(l => l.contains(x)));
    const near = x.closest("form");
    if (!field && near) { m.say(rows, "3.3.1", "failed", x, "Tie the words of the error to its field by aria-describedby."); judge(text, x); }
  }
  if (summary) {
    for (const a of m.all("a[href^='#']", summary)) {
      const to = document.getElementById(decodeURIComponent(a.hash.slice(1)));
      if (!to) m.say(rows, "3.3.1", "failed", a, "The summary's link leads to no field.");
      judge(m.squeezed(a.textContent), a);
    }
    const choices = m.all("a[href^='#']", summary).every(a => document.getElementById(decodeURIComponent(a.hash.slice(1)))?.matches("[type=radio], [type=checkbox], fieldset, [role=radiogroup]"));
    if (!m.all("[aria-invalid=true]").length && !choices) m.say(rows, "3.3.1", "cantTell", summary, "Mark the fields that are wrong by aria-invalid.");
    if (!summary.hasAttribute("tabindex") && summary.getAttribute("role") !== "alert") m.say(rows, "best", "cantTell", summary, "Let the summary take the focus when the page opens.");
  }
  return rows;
}
