(m) => {
  // Nothing to remember, to copy or to solve; nothing asked twice.
  const rows = [], secrets = m.all("input[type=password], input[autocomplete='one-time-code'], input[autocomplete=username]").filter(m.drawn);
  const blocked = e => {
    const event = new Event("paste", {bubbles: true, cancelable: true});
    try { Object.defineProperty(event, "clipboardData", {value: new DataTransfer()}); } catch { /* Firefox */ }
    e.dispatchEvent(event);
    return event.defaultPrevented;
  };
  for (const e of secrets) {
    const value = e.value, stops = blocked(e), took = e.value !== value;
    if (stops && !took) m.say(rows, "3.3.8", "failed", e, "Let people paste: password managers do.");
    e.value = value;
    if (e.type === "password" && e.getAttribute("autocomplete") === "off") m.say(rows, "3.3.8", "failed", e, "Let password managers fill it in: autocomplete=\"current-password\".");
    if (e.type === "password" && e.readOnly) m.say(rows, "3.3.8", "failed", e, "A field that is read-only until it is touched is not filled in by password managers.");
  }
  const single = m.all("input[maxlength='1']").filter(m.drawn);
  if (single.length >= 4 && !single.some(blocked)) m.say(rows, "3.3.8", "failed", single[0], "Ask for the code in one field, so that it can be pasted.");
  const puzzle = /captcha|i.?m not a robot|prove (that )?you are human|characters (shown|in the (picture|image))|letters (shown|in the (picture|image))|select all (the )?(images|pictures|squares)|what is \d+ ?[+×x*-] ?\d+|how much is \d+|자동 ?(입력|가입) ?방지|보안 ?문자|로봇이 아닙니다|画像認証|画像に表示|ロボットではありません|私はロボット|验证码图片|图形验证码|图中的(字符|文字)|我不是机器人|ตัวอักษรในภาพ|ฉันไม่ใช่โปรแกรมอัตโนมัติ|mã xác nhận trong hình|ký tự trong hình|tôi không phải (là )?(rô-?bốt|người máy|robot)/i;
  const other = /passkey|one-time link|e-?mail me a (link|code)|magic link|security key|패스키|パスキー|通行密钥|พาสคีย์|khoá truy cập/i;
  const asking = m.all("form, [role=form], dialog, iframe").filter(m.drawn);
  for (const e of asking) {
    const inner = e.localName === "iframe" ? `${e.title} ${e.src}` : `${e.innerText} ${m.all("img", e).map(i => `${i.alt} ${i.src.slice(0, 200)}`).join(" ")} ${m.all("[aria-label]", e).map(x => x.getAttribute("aria-label")).join(" ")} ${m.all("input", e).map(m.name).join(" ")}`;
    if (puzzle.test(inner) && !other.test(e.innerText || "")) m.say(rows, "3.3.8", "failed", e, "A puzzle keeps people out: offer a way without one.");
    if (e.localName === "form" && /(character|digit|letter)s? \d+[^.]{0,20}(and|,) \d+ of your (password|passcode|pin|memorable)|비밀번호의? (\d+번째|제?\d+자리)/i.test(inner)) m.say(rows, "3.3.8", "failed", e, "Picking single characters out of a password cannot be done by a password manager.");
  }
  const same = new Map(), again = /(again|confirm|repeat|re-?(enter|type)|once more|다시|재입력|확인 ?입력|再入力|もう一度|確認用|再次|重新输入|重复|อีกครั้ง|ยืนยัน|nhập lại|xác nhận|lần nữa)/i;
  const fields = m.all("input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=radio], [type=checkbox], [type=password], [type=search], [type=file]), textarea").filter(e => m.drawn(e) && e.form);
  for (const e of fields) {
    const token = (e.getAttribute("autocomplete") || "").toLowerCase(), name = m.name(e).toLowerCase();
    const form = e.form ? m.path(e.form) : "", helps = e.form && /same as|use (the|my) same|copy from|위와 (같|동일)|同じ|与.{0,6}相同|เหมือนกับ|giống/i.test(e.form.textContent);
    if (again.test(name) && fields.some(o => o !== e && o.form === e.form && (o.type === e.type) && m.name(o) && name.includes(m.name(o).toLowerCase().split(" ")[0])) && !e.value) { m.say(rows, "3.3.7", "failed", e, "Ask once, and let people read it over."); continue; }
    const keys = [token && !/^(on|off)$/.test(token) ? `t:${token} ${m.under(e)}` : "", name ? `n:${name} ${m.under(e)} ${m.squeezed(e.closest("fieldset, [role=group]")?.textContent).slice(0, 80)}` : ""].filter(Boolean).map(k => `${form}|${k}`);
    const earlier = keys.map(k => same.get(k)).find(Boolean), set = e.closest("fieldset"), twin = earlier?.closest("fieldset");
    const person = /^(n:)?.*(child|spouse|witness|자녀|배우자|子|配偶|con|vợ|chồng|คู่สมรส|บุตร)/i.test(set?.querySelector("legend")?.textContent || "");
    if (earlier && !e.value && !helps && !person && (e.getAttribute("list") === null) && !(set === twin && set) ) m.say(rows, "3.3.7", "failed", e, `"${m.name(e)}" was asked already: fill it in, or offer to take the same.`);
    keys.forEach(k => same.set(k, e));
  }
  return rows;
}
