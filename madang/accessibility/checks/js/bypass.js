(m) => {
  // A way past what is repeated: a skip link that works, or a main landmark.
  const rows = [], skip = /skip|jump to|본문|바로가기|건너뛰|スキップ|本文|跳到|跳过|跳转|ข้าม|bỏ qua|chuyển (đến|tới) nội dung/i;
  const links = m.all("a[href^='#']").filter(e => m.exposed(e) && e.getAttribute("href").length > 1);
  const target = e => { const id = decodeURIComponent(e.hash.slice(1)); return document.getElementById(id) || document.getElementsByName(id)[0]; };
  const first = m.all("a[href], button").filter(m.exposed).slice(0, 5);
  const skips = links.filter(e => skip.test(m.name(e)) && first.includes(e));
  for (const e of skips) {
    const to = target(e);
    if (!to) m.say(rows, "2.4.1", "failed", e, "The skip link leads nowhere: its target is not on the page.");
    else if (!m.exposed(to) && !to.closest("main")) m.say(rows, "2.4.1", "failed", e, "The skip link leads to something hidden.");
    else if (e.compareDocumentPosition(to) & 4 && to.matches("nav, header, [role=navigation], [role=banner]")) m.say(rows, "2.4.1", "failed", e, "The skip link leads to the menu that it should skip.");
  }
  for (const e of m.all("a[href='#'], a[href^='javascript:']").filter(e => skip.test(m.name(e)) && first.includes(e))) m.say(rows, "2.4.1", "failed", e, "The skip link leads nowhere.");
  const main = m.all("main, [role=main]").filter(m.exposed), heading = m.all("h1").find(m.exposed);
  if (!main.length && !skips.length) {
    const before = m.all("a[href], button").filter(e => m.exposed(e) && (heading ? e.compareDocumentPosition(heading) & 4 : true));
    if (before.length >= 3) m.say(rows, "2.4.1", "failed", document.body, "Put the content into <main> and a skip link before everything that repeats.");
  }
  if (main.length > 1) m.say(rows, "best", "cantTell", main[1], "A page has one main part.");
  return rows;
}
