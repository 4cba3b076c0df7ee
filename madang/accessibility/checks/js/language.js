(m) => {
  // Letters and common words against the lang that holds for them.
  const rows = [], root = document.documentElement, lang = (root.getAttribute("lang") || "").trim();
  const known = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i;
  if (!lang) m.say(rows, "3.1.1", "failed", root, "Say the page's language in the lang attribute of <html>.");
  else if (!known.test(lang)) m.say(rows, "3.1.1", "failed", root, `Use a language tag such as "ko"; "${lang}" is none.`);
  for (const e of m.all("[lang]")) {
    const own = e.getAttribute("lang").trim();
    if (e !== root && (!own ? m.inside(e) : !known.test(own))) m.say(rows, "3.1.2", "failed", e, `Use a language tag such as "ko"; "${own}" is none.`);
  }
  const scripts = {hangul: /[\uac00-\ud7af\u3131-\u318e]/g, kana: /[\u3041-\u30fa]/g, han: /[\u3400-\u9fff]/g, thai: /[\u0e00-\u0e7f]/g,
    cyrillic: /[\u0400-\u04ff]/g, arabic: /[\u0600-\u06ff]/g, greek: /[\u0370-\u03ff]/g, latin: /[A-Za-z\u00c0-\u024f\u1ea0-\u1ef9]/g};
  const writes = {ko: ["hangul"], ja: ["kana", "han"], zh: ["han"], yue: ["han"], th: ["thai"], ru: ["cyrillic"], uk: ["cyrillic"], bg: ["cyrillic"], mn: ["cyrillic"],
    kk: ["cyrillic", "latin"], ky: ["cyrillic"], tg: ["cyrillic"], sr: ["cyrillic", "latin"], uz: ["latin", "cyrillic"], ar: ["arabic"], fa: ["arabic"], ur: ["arabic"], el: ["greek"]};
  const unknown = new Set(["und", "zxx", "mul", "hi", "bn", "ne", "my", "km", "lo", "si", "ta", "he", "am", "ka", "hy"]);
  const count = (text, script) => (text.match(scripts[script]) || []).length;
  const vietnamese = /[\u0103\u0102\u0111\u0110\u01a1\u01a0\u01b0\u01af\u1ea0-\u1ef9]/;
  const common = {
    en: "the of and to is for your you no are with this that from have not will can be on in by what how please a an or it we our at as when who".split(" "),
    fr: "le la les de il se en ou par des du et est une un pour vous votre dans que qui nous avec sur pas au aux ce cette ne plus sont être".split(" "),
    de: "der die das und ist für sie ein eine nicht mit auf den dem zu von im ihr ihre wir werden auch oder wenn bei kann".split(" "),
    es: "el la los las de y es para su usted un una con por que en se no del al como más este esta sus".split(" "),
    id: "yang dan untuk dengan ini itu anda dari tidak atau pada adalah ke akan dapat di".split(" "),
  };
  const wordsOf = text => text.toLowerCase().match(/[a-z\u00c0-\u024f\u1ea0-\u1ef9']+/g) || [];
  const latinLanguage = text => {
    const words = wordsOf(text);
    if (words.length < 4) return "";
    if (words.filter(w => vietnamese.test(w)).length >= Math.max(2, words.length * 0.25)) return "vi";
    const hits = Object.entries(common).map(([l, list]) => [l, words.filter(w => list.includes(w)).length]).sort((a, b) => b[1] - a[1]);
    return hits[0][1] >= (words.length > 8 ? 3 : 2) && hits[0][1] >= words.length * 0.25 && hits[0][1] > hits[1][1] * 1.5 ? hits[0][0] : "";
  };
  const wrong = (text, language, certainly) => {
    // Why ``text`` is not in ``language``: "", "failed" or "cantTell".
    if (!language || unknown.has(language)) return "";
    const own = writes[language] || ["latin"];
    for (const script of ["hangul", "kana", "thai", "cyrillic", "arabic", "greek", "han"]) {
      if (own.includes(script)) continue;
      const letters = count(text, script);
      if (script === "han" && language === "ko" ? letters >= 4 : letters >= 2) return letters >= 6 || certainly ? "failed" : "cantTell";
    }
    if (!own.includes("latin") || language in common || language === "vi") {
      const guess = latinLanguage(text);
      if (guess && guess !== language && (own.includes("latin") || wordsOf(text).length >= 5)) {
        if (!own.includes("latin") && own.some(s => count(text, s) * 2 > count(text, "latin"))) return "";
        return guess === "id" ? "cantTell" : "failed";
      }
    }
    return "";
  };
  const main = lang.toLowerCase().split("-")[0], pieces = m.texts().filter(([, e]) => m.lang(e) === main && !e.closest("code, pre, kbd, samp, [translate=no]"));
  const whole = pieces.map(([n]) => n.data).join(" ");
  let page = false;
  if (main && !unknown.has(main) && whole.length > 40) {
    const own = writes[main] || ["latin"], all = Object.keys(scripts).map(s => [s, count(whole, s)]), total = all.reduce((sum, [, n]) => sum + n, 0);
    const share = own.reduce((sum, s) => sum + count(whole, s), 0) / (total || 1), words = wordsOf(whole);
    const guess = own.includes("latin") && words.length >= 20 ? (words.filter(w => vietnamese.test(w)).length > words.length * 0.3 ? "vi" : latinLanguage(whole)) : "";
    const dense = main === "vi" && words.length >= 30 && words.filter(w => vietnamese.test(w)).length < words.length * 0.05;
    const kana = main === "zh" && count(whole, "kana") > total * 0.2, silent = main === "ja" && total > 200 && count(whole, "kana") < total * 0.03;
    if (share < 0.3 || (guess && guess !== main && main in {...common, vi: 1}) || dense || kana || silent) {
      page = true;
      m.say(rows, "3.1.1", "failed", root, `Most of the page is not written in "${lang}": say the language that it is in.`);
    }
  }
  if (!page) for (const [node, e] of m.texts()) {
    const here = m.lang(e), text = m.squeezed(node.data);
    if (text.length < 2 || e.closest("code, pre, kbd, samp, [translate=no]")) continue;
    const outcome = wrong(text, here, /\s/.test(text) && text.length > 8);
    if (outcome) m.say(rows, "3.1.2", outcome, e, `Mark "${text.slice(0, 40)}" with the lang that it is written in; here it is read as "${here}".`);
  }
  if (!page) for (const e of m.all("[alt], [aria-label], [title], [placeholder]")) for (const a of ["alt", "aria-label", "title", "placeholder"]) {
    const text = m.squeezed(e.getAttribute(a)), outcome = text && m.exposed(e) ? wrong(text, m.lang(e), false) : "";
    if (outcome) m.say(rows, "3.1.2", outcome, e, `The ${a} "${text.slice(0, 40)}" is not in "${m.lang(e)}": write it in the page's language, or mark the element.`);
  }
  return rows;
}
