(m, given) => {
  // Pages that want to be held one way. Looked at in the window as it stands.
  const rows = [], turned = e => { const s = m.style(e), t = s.transform.match(/matrix\(([^)]+)\)/); if (/^-?(90|270)deg$/.test(s.rotate)) return true; if (!t) return false; const [a, b] = t[1].split(",").map(Number); return Math.abs(a) < 0.02 && Math.abs(Math.abs(b) - 1) < 0.02; };
  const asked = m.rules().some(([, media]) => media.some(q => /orientation\s*:|aspect-ratio/.test(q)));
  if (given.first) {
    if (/orientation\s*\.\s*lock\s*\(|lockOrientation\s*\(/.test(m.scripts())) m.say(rows, "1.3.4", "failed", m.all("script:not([src])").find(s => /ock(Orientation)?\s*\(/.test(s.textContent)), "Let people hold the device as they can: do not lock its orientation.");
    const heard = ["orientationchange", "deviceorientation"].some(t => m.listeners(window).includes(t)) || /orientation|innerWidth\s*[<>]\s*(window\.)?innerHeight|innerHeight\s*[<>]\s*(window\.)?innerWidth/.test(m.scripts());
    return {rows, asked: asked || heard};
  }
  for (const e of [document.documentElement, document.body, ...m.all("body > *, main, main > *")]) if (turned(e) && m.box(e).height > 100) { m.say(rows, "1.3.4", "failed", e, "The page turns itself: let people hold the device as they can."); break; }
  const words = m.texts().filter(([, e]) => m.seen(e)).map(([n]) => n.data.trim()).join(" ");
  return {rows, size: words.length, turn: /(rotate|turn) (your|the) (device|phone|screen|tablet)|(landscape|portrait) mode|(기기|화면|휴대폰|휴대전화)(를|을)? ?(돌려|회전)|(端末|画面|デバイス)を(回転|横|縦)|(旋转|横屏|竖屏)|หมุน(หน้าจอ|อุปกรณ์|เครื่อง)|xoay (màn hình|thiết bị|điện thoại)/i.test(words)};
}
