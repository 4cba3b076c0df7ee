(m) => {
  // Instructions for those who see, told by shape, place or colour alone.
  const rows = [];
  const act = "(press|click|tap|select|choose|use|push|hit|touch|see|open|follow)", thing = "(buttons?|icons?|links?|box(es)?|fields?|arrows?|columns?|panels?|menus?|tabs?|symbols?|images?|pictures?)";
  const shape = "(round|square|triangular|circular|rectangular|star-?shaped|oval|big(ger)?|large(r)?|small(er)?)", place = "(left|right|left-hand|right-hand|top|bottom|upper|lower)( side| corner)?";
  const colour = "(red|green|blue|yellow|orange|grey|gray|black|white|purple|pink)";
  const sense = [
    new RegExp(`\\b${act}\\b[^.!?"“]{0,40}\\b(${shape}|${place})\\b[^.!?"“]{0,15}\\b${thing}\\b`, "i"), new RegExp(`\\b${act}\\b[^.!?"“]{0,30}\\b${thing}\\b[^.!?"“]{0,20}\\b(on|at|in|to) the ${place}`, "i"),
    /\b(when|after|until) you hear (the|a) (beep|sound|tone|bell)/i,
    /(동그란|둥근|네모난?|네모|세모|삼각형|사각형|별 ?모양의?|큰|작은|오른쪽|왼쪽|우측|좌측)(에 있는|의)? ?(버튼|단추|아이콘|상자|화살표|메뉴|칸)(을|를|으로)? ?(누르|클릭|선택|눌러)/,
    /(丸い|四角い|三角の?|大きい|小さい|右側?の|左側?の|右上の|左上の|右下の|左下の)(ボタン|アイコン|枠|矢印|メニュー|リンク)(を)?(押|クリック|選|タップ)/, /(点击|按下|请按|选择|点按)[^。，]{0,8}(圆形|方形|三角形|右侧|左侧|右边|左边|右上角|左上角|右下角|左下角)的?[^。，]{0,6}(按钮|图标|链接|箭头|菜单)/,
    /(กด|คลิก|เลือก|แตะ)[^.]{0,10}(ปุ่ม|ไอคอน|ลิงก์|ช่อง|ลูกศร)(กลม|วงกลม|สี่เหลี่ยม|สามเหลี่ยม|ด้านขวา|ด้านซ้าย|ทางขวา|ทางซ้าย|มุมขวา|มุมซ้าย|ใหญ่|เล็ก)/, /(nhấn|bấm|chọn|nhấp)[^.]{0,12}(nút|biểu tượng|ô|liên kết|mũi tên)[^.]{0,4}(tròn|vuông|tam giác|bên phải|bên trái|góc phải|góc trái|to|nhỏ)/i,
  ];
  const paint = [
    new RegExp(`\\b${act}\\b[^.!?"“]{0,30}\\b${colour}\\b[^.!?"“]{0,12}\\b${thing}`, "i"), new RegExp(`\\b(fields|items|rows|questions|answers|entries|dates|those|names|values|lines)\\b[^.!?]{0,25}\\b(in|with|marked|shown|written|are) (in )?(a )?${colour}\\b`, "i"), new RegExp(`\\b${colour} (fields|items|rows|questions|text|entries|dates|names|lines|means|= )`, "i"),
    /(빨간|빨강|붉은|초록|녹색|파란|노란|회색)(색)?( ?글씨| ?항목| ?칸| ?버튼| ?표시|으로 (표시|된|쓰인))/, /(赤|緑|青|黄色?|赤色|緑色|青色|灰色)(い|の)?(項目|文字|欄|ボタン|で(表示|示|書))/, /(红色|绿色|蓝色|黄色|灰色)(的)?(项目|文字|字段|栏|按钮|部分|标记|显示|标注)/, /(ปุ่ม|ช่อง|รายการ|ข้อความ)(ที่เป็น)?สี(แดง|เขียว|น้ำเงิน|เหลือง|เทา|ฟ้า)/, /(nút|ô|mục|dòng|chữ)( được)?( ghi| in| tô)?( bằng)? màu (đỏ|xanh|vàng|xám|cam)/i,
  ];
  const seen = new Set();
  for (const [, e] of m.texts()) {
    const b = m.block(e);
    if (!b || seen.has(b) || b.matches("option")) continue;
    seen.add(b);
    const text = m.inside(b);
    if (text.length > 1200) continue;
    if (sense.some(r => r.test(text))) m.say(rows, "1.3.3", "cantTell", b, "Name what to use by its words as well: not everybody sees its shape and place.");
    if (paint.some(r => r.test(text))) m.say(rows, "1.4.1", "cantTell", b, "Say it in words or a sign as well: not everybody sees the colour.");
  }
  return rows;
}
