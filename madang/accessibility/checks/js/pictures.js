(m) => {
  // Pictures that are words, and pictures whose words are missing or say nothing.
  const rows = [], file = /^[\w%()-]+\.(jpe?g|png|gif|svg|webp|bmp|avif)$/i;
  const nothing = /^(image|picture|photo|graphic|icon|img|photo \d+|image \d+|picture of|graphic of|img_?\d+|dsc_?\d+|untitled|placeholder|spacer|logo image|alt|null|undefined|이미지|사진|그림|아이콘|画像|写真|アイコン|图片|图像|照片|图标|รูป|รูปภาพ|ภาพ|hình|hình ảnh|ảnh)$/i;
  for (const e of m.all("img, input[type=image], [role=img], area[href], svg[aria-label]")) {
    if (!m.exposed(e)) continue;
    const name = m.name(e), drawn = m.seen(e);
    if (e.localName === "img" && !e.hasAttribute("alt") && !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby") && !/presentation|none/.test(e.getAttribute("role") || "") && drawn) m.say(rows, "1.1.1", "failed", e, "Give the picture an alternative, or alt=\"\" if it says nothing.");
    else if (name && (file.test(name) || nothing.test(name))) m.say(rows, "1.1.1", "failed", e, `"${name}" does not say what the picture says.`);
    else if (!name && e.matches("input[type=image], [role=img], area")) m.say(rows, "1.1.1", "failed", e, "Give the picture an alternative.");
    else if (e.localName === "img" && e.getAttribute("alt") === "" && drawn && (e.title || e.closest("figure")?.querySelector("figcaption")) && m.box(e).width > 100) m.say(rows, "1.1.1", "cantTell", e, "A picture with a caption or a title says something: give it an alternative.");
    if (e.localName !== "img" || !drawn || !name) continue;
    const b = m.box(e), words = m.cjk.test(name) ? name.replace(/\s/g, "").length / 2 : name.split(" ").length, logo = /logo|로고|ロゴ|标志|徽|emblem|crest|โลโก้|biểu trưng/i.test(`${name} ${e.src.slice(0, 300)} ${e.className} ${e.id}`);
    const only = e.closest("h1, h2, h3, h4, button, a, label, legend, p, th"), sole = only && m.squeezed(only.textContent) === "";
    const qr = /qr|barcode|바코드|二维码|二次元コード/i.test(name);
    if (logo || qr) continue;
    const named = /(^|[\/_-])(text|title|heading|headline|banner|btn|button|txt|slogan|menu|label|notice|poster)([_\-.\d]|$)/i.test(e.src.startsWith("data:") ? "" : e.src);
    const drawnText = e.src.startsWith("data:image/svg") && /<text|%3Ctext/i.test(e.src) || e.src.startsWith("data:image/svg+xml;base64") && (() => { try { return /<text/i.test(atob(e.src.split(",")[1])); } catch { return false; } })();
    if (drawnText || named && words >= 1 || sole && words >= 2 && b.width > b.height * 2 && only.matches("h1, h2, h3, h4, button, label, legend, th") || words >= 5 && b.height < 120 && b.width > b.height * 3)
      m.say(rows, "1.4.5", drawnText ? "failed" : "cantTell", e, "The picture seems to be words: write them as text.");
  }
  for (const e of m.all("body *")) {
    const s = m.style(e);
    if (s.backgroundImage === "none" || !m.seen(e)) continue;
    const url = /url\("?([^")]+)/.exec(s.backgroundImage)?.[1] || "";
    if (!url) continue;
    const hiddenText = parseFloat(s.textIndent) < -500 || (parseFloat(s.fontSize) === 0 && m.squeezed(e.textContent)) || (m.own(e) && m.colour(s.color)[3] === 0);
    if (hiddenText && m.squeezed(e.textContent).length > 1 || /<text|%3Ctext/i.test(url)) m.say(rows, "1.4.5", hiddenText ? "cantTell" : "failed", e, "Words are shown as a picture: write them as text.");
    if (!m.squeezed(e.textContent) && !e.getAttribute("aria-label") && !e.title && e.matches("a[href], button, [role=img]")) m.say(rows, "1.1.1", "failed", e, "The picture in the background has no alternative.");
  }
  for (const e of m.all("canvas, object, embed")) if (m.seen(e) && !m.name(e) && !m.squeezed(e.textContent) && m.exposed(e) && m.box(e).width > 16) m.say(rows, "1.1.1", "failed", e, "Give what is drawn here an alternative.");
  return rows;
}
