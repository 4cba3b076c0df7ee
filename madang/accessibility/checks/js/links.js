(m) => {
  // Links whose words say nothing, and links of one name that lead to different places from one sentence.
  const rows = [];
  const vague = new Set(["click here", "here", "click", "more", "read more", "learn more", "see more", "view more", "more info", "more information", "details", "link", "this link", "this page",
    "go", "continue reading", "find out more", "view", "show more", "여기", "여기를 클릭", "클릭", "여기를 누르세요", "더보기", "더 보기", "자세히", "자세히 보기", "바로가기", "링크", "상세보기",
    "こちら", "ここ", "ここをクリック", "クリック", "詳細", "詳しくはこちら", "詳しく", "もっと見る", "続きを読む", "リンク", "这里", "点击这里", "点击", "更多", "详情", "查看更多", "查看详情", "阅读更多", "链接",
    "ที่นี่", "คลิกที่นี่", "คลิก", "เพิ่มเติม", "อ่านต่อ", "อ่านเพิ่มเติม", "ดูเพิ่มเติม", "รายละเอียด", "ลิงก์", "đây", "tại đây", "ở đây", "bấm vào đây", "nhấn vào đây", "xem thêm", "đọc thêm", "chi tiết", "thêm", "liên kết"]);
  const bare = text => text.toLowerCase().replace(/[\s\p{P}\p{S}]+$/u, "").replace(/^[\s\p{P}\p{S}]+/u, "").trim();
  const places = new Map();
  for (const e of m.all("a[href], [role=link], area[href]")) {
    if (!m.exposed(e)) continue;
    const name = m.name(e), said = bare(name), block = m.block(e), around = bare(m.inside(block).replace(name, ""));
    const told = m.described(e) || (block.matches("td") && block.closest("tr")?.querySelector("th")?.textContent.trim());
    if (vague.has(said)) {
      if (around.length < 4 && !told) m.say(rows, "2.4.4", "failed", e, `Say in the link where it leads; "${name}" stands alone.`);
      else if (/^(click here|here|click|여기|클릭|ここ|ここをクリック|クリック|こちら|这里|点击这里|点击|ที่นี่|คลิกที่นี่|คลิก|đây|tại đây|ở đây|bấm vào đây|nhấn vào đây)$/.test(said))
        m.say(rows, "2.4.4", "cantTell", e, `Say in the link where it leads; "${name}" means nothing in a list of links.`);
    } else if (/^(https?:\/\/|www\.)\S{25,}$/.test(name)) m.say(rows, "2.4.4", "cantTell", e, "Name the page instead of spelling out its address.");
    else if (/^[\w%-]+\.(html?|php|aspx?|jsp|jpe?g|png|gif|svg)$/i.test(name)) m.say(rows, "2.4.4", "failed", e, `Say where the link leads; "${name}" is a file's name.`);
    if (!name) { m.say(rows, "2.4.4", "failed", e, "Give the link words, or its picture an alternative."); continue; }
    const key = said + " " + m.path(block);
    if (!places.has(key)) places.set(key, []);
    places.get(key).push(e);
  }
  for (const same of places.values()) {
    const to = new Set(same.map(e => e.href || m.path(e)));
    if (to.size > 1 && !same.some(e => m.described(e))) m.say(rows, "2.4.4", "failed", same[1], `Two links of one sentence are both called "${m.name(same[1])}" and lead to different places.`);
  }
  return rows;
}
