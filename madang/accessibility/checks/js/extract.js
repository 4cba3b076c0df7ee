(m) => {
  // What a page says of itself to be compared with the other pages of its site.
  const place = e => e.closest("header, [role=banner]") && !e.closest("main, article") ? "header" : e.closest("footer, [role=contentinfo]") && !e.closest("main, article") ? "footer" : e.closest("nav, [role=navigation]") && !e.closest("main") ? "nav" : e.closest("aside, [role=complementary]") && !e.closest("main") ? "aside" : e.closest("main, [role=main]") ? "main" : "body";
  const bare = href => { try { const u = new URL(href); return u.protocol.startsWith("http") ? u.pathname.replace(/\/$/, "") || "/" : u.href; } catch { return href; } };
  const helps = /^(tel:|mailto:)|\b(help|contact|support|chat)\b|도움|문의|상담|고객|연락|ヘルプ|お問い?合わ?せ|相談|帮助|联系|咨询|客服|ช่วยเหลือ|ติดต่อ|trợ giúp|hỗ trợ|liên hệ/i;
  const repeated = [], help = [];
  for (const e of m.all("a[href], button, input[type=search]")) {
    if (!m.exposed(e)) continue;
    const where = place(e), href = e.localName === "a" ? bare(e.href) : `${e.localName}:${e.id || e.name || e.className}`, name = m.name(e).slice(0, 80);
    if (e.localName === "a" && new URL(e.href, location).hash && bare(e.href) === bare(location.href)) continue;
    if (where !== "main" && where !== "body") repeated.push([where, href, name, e.querySelector("svg, img") && !m.texts(e).length ? e.querySelector("svg, img").outerHTML.length : 0]);
    if (helps.test(`${e.getAttribute("href") || ""} ${name}`) && !(e.getAttribute("href") || "").startsWith("#")) help.push([href, where]);
  }
  const search = m.all("input[type=search], [role=search] input, search input, form[action*=search] input[type=text], form[action*=services] input").filter(m.exposed).map(e => m.name(e))[0] || "";
  const links = m.all("a[href]").filter(m.exposed);
  const map = links.some(e => /site ?map|a ?(to|-|–) ?z|index of|all (pages|services)|사이트맵|전체 ?(메뉴|서비스)|サイトマップ|一覧|网站地图|站点地图|全部服务|แผนผัง|บริการทั้งหมด|sơ đồ trang|tất cả dịch vụ/i.test(m.name(e)) || /site-?map/.test(e.getAttribute("href")));
  const nav = m.all("nav a[href], [role=navigation] a[href], header a[href], footer a[href]").filter(m.exposed).map(e => bare(e.href));
  const fields = m.all("main form input:not([type=hidden], [type=submit], [type=button], [type=search], [type=radio], [type=checkbox], [type=password]), main form textarea").filter(m.drawn).map(e => [m.name(e), (e.getAttribute("autocomplete") || "").toLowerCase(), e.value ? 1 : 0]);
  return {title: m.squeezed(document.title), heading: m.squeezed(m.all("h1").find(m.exposed)?.textContent), path: location.pathname, repeated, help, search, map, nav: [...new Set(nav)],
    step: !!m.all("form[method=post i]").find(e => m.drawn(e) && e.closest("main") && e.querySelector("input:not([type=hidden]), select, textarea")), fields};
}
