(m) => {
  // A title that is there, is words, and has to do with the page's heading.
  const rows = [], title = m.squeezed(document.title), e = document.querySelector("head > title");
  const empty = /^(untitled( (document|page))?|document|new page|page( \d+)?|home ?page|index|title|welcome|test|제목( 없음)?|무제|새 (문서|페이지)|無題(ドキュメント)?|タイトル|新しいページ|无标题(文档)?|标题|首页|ไม่มีชื่อ|หน้าใหม่|không (có )?tiêu đề|trang mới|react app|vite app)$/i;
  if (!title) m.say(rows, "2.4.2", "failed", e, "Give the page a title that says what it is.");
  else if (empty.test(title) || /^[\w-]+\.(html?|php|aspx?|jsp)$/i.test(title) || /^(https?:\/\/|localhost|\/)/.test(title) || !/\p{L}/u.test(title))
    m.say(rows, "2.4.2", "failed", e, `"${title}" does not say what the page is.`);
  else {
    const heading = m.all("h1").find(m.exposed), said = heading ? m.squeezed(heading.textContent).toLowerCase() : "";
    const pairs = text => new Set([...text.replace(/[\s\p{P}]+/gu, "")].map((c, i, l) => c + (l[i + 1] || "")).filter(p => p.length > 1));
    const a = pairs(said), b = pairs(title.toLowerCase()), shared = [...a].filter(p => b.has(p)).length;
    if (a.size > 6 && shared / Math.min(a.size, b.size || 1) < 0.2) m.say(rows, "2.4.2", "cantTell", e, `The title "${title}" and the heading "${said}" share no word.`);
  }
  return rows;
}
