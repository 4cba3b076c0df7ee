(m) => {
  // Fields about the person themselves: a token that exists, that fits, and that is not left away.
  const rows = [], plain = ("name honorific-prefix given-name additional-name family-name honorific-suffix nickname username new-password current-password one-time-code organization-title organization street-address address-line1 "
    + "address-line2 address-line3 address-level4 address-level3 address-level2 address-level1 country country-name postal-code cc-name cc-given-name cc-additional-name cc-family-name cc-number cc-exp cc-exp-month cc-exp-year cc-csc cc-type "
    + "transaction-currency transaction-amount language bday bday-day bday-month bday-year sex url photo").split(" ");
  const contact = "tel tel-country-code tel-national tel-area-code tel-local tel-extension email impp".split(" ");
  const valid = text => {
    const t = text.toLowerCase().split(/\s+/);
    if (/^(on|off)$/.test(text.toLowerCase())) return true;
    if (t[0]?.startsWith("section-")) t.shift();
    if (["shipping", "billing"].includes(t[0])) t.shift();
    if (["home", "work", "mobile", "fax", "pager"].includes(t[0])) { t.shift(); if (!contact.includes(t[0])) return false; }
    const field = t.shift();
    return (plain.includes(field) || contact.includes(field)) && (!t.length || (t.length === 1 && t[0] === "webauthn"));
  };
  const own = [
    [/^(your |my )?(e-?mail|email)( address)?$|^(이메일|전자우편)( 주소)?$|^(電子)?メール(アドレス)?$|^(电子)?邮箱(地址)?$|^电子邮件(地址)?$|^(ที่อยู่)?อีเมล$|^(địa chỉ )?email$|^thư điện tử$/i, "email", /email|username/],
    [/^(your |my )?(tele)?phone( number)?$|^mobile( phone)?( number)?$|^(휴대)?전화( ?번호)?$|^휴대폰( ?번호)?$|^(携帯)?電話(番号)?$|^(手机|电话)(号码|号)?$|^(เบอร์|หมายเลข)โทรศัพท์(มือถือ)?$|^(số )?điện thoại( di động)?$/i, "tel", /^tel|tel$| tel/],
    [/^(your |my )?(full |own )?name$|^(성명|이름)$|^(お名前|氏名)$|^姓名$|^ชื่อ-?(นามสกุล|สกุล)$|^họ (và )?tên$/i, "name", /name/],
    [/^(your |my )?(given|first) names?$|^名字$|^ชื่อจริง$/i, "given-name", /given-name|name/],
    [/^(your |my )?(family|last) name$|^surname$|^นามสกุล$/i, "family-name", /family-name|name/],
    [/^(your |my )?date of birth$|^birthday$|^생년월일$|^生年月日$|^出生日期$|^วันเกิด$|^วันเดือนปีเกิด$|^ngày sinh$/i, "bday", /bday/],
    [/^(your |my )?(postcode|postal code|zip( code)?)$|^우편번호$|^郵便番号$|^邮政编码$|^รหัสไปรษณีย์$|^mã bưu (chính|điện)$/i, "postal-code", /postal-code/],
    [/^(your |my )?((street|home) )?address$|^(집 )?주소$|^住所$|^地址$|^住址$|^ที่อยู่$|^địa chỉ$/i, "street-address", /address/],
  ];
  for (const e of m.all("input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image], [type=checkbox], [type=radio], [type=file], [type=search]), select, textarea")) {
    if (!m.drawn(e) || e.disabled || e.readOnly) continue;
    const token = m.squeezed(e.getAttribute("autocomplete")), name = m.name(e).replace(/\s*[\(（\[].*$|[*:：＊]+|\s*-.*$/g, "").trim();
    if (token && !valid(token)) { m.say(rows, "1.3.5", "failed", e, `"${token}" is no token of autocomplete.`); continue; }
    const fits = own.find(([words]) => words.test(name));
    if (!fits) {
      if ((e.type === "email" && token && !/email|username|off|on/.test(token)) || (e.type === "tel" && token && !/tel|off|on|code|bday|cc-/.test(token))) m.say(rows, "1.3.5", "failed", e, `The field wants one thing and its autocomplete "${token}" says another.`);
      else if (e.type === "email" && !token) m.say(rows, "1.3.5", "cantTell", e, "If the address is the person's own, say autocomplete=\"email\".");
      continue;
    }
    const [, right, accepted] = fits, process = e.closest("[data-about=other]");
    if (!token || /^(off|on)$/i.test(token)) { if (!process) m.say(rows, "1.3.5", token.toLowerCase() === "off" && /^(email|tel|postal-code|street-address|bday)$/.test(right) ? "failed" : "cantTell", e, `If it is about the person who writes, say autocomplete="${right}", so that the browser can fill it in.`); }
    else if (!accepted.test(token.toLowerCase())) m.say(rows, "1.3.5", "failed", e, `The field is called "${name}" and its autocomplete "${token}" says another thing: "${right}" fits.`);
  }
  return rows;
}
