async (m) => {
  // Sound and film: captions, and whatever begins by itself.
  const rows = [];
  // A browser fetches captions when they are switched on, and no sooner: switched on unseen, each gets three seconds.
  const fetched = (t) => new Promise(done => {
    if (t.readyState > 1) { done(); return; }
    const mode = t.track.mode, end = () => { t.track.mode = mode; done(); };
    t.addEventListener("load", end, { once: true });
    t.addEventListener("error", end, { once: true });
    setTimeout(end, 3000);
    if (mode === "disabled") t.track.mode = "hidden";
  });
  await Promise.all(m.all("video track[src]").map(fetched));
  for (const e of m.all("video")) {
    if (!m.drawn(e)) continue;
    const tracks = m.all("track", e), words = tracks.filter(t => /^(captions|subtitles)$/.test(t.getAttribute("kind") || "subtitles") && (t.getAttribute("src") || "").trim());
    const silent = e.hasAttribute("muted") || /no sound|silent|without sound|소리 없|음성 없|音声なし|无声|không (có )?tiếng|ไม่มีเสียง/i.test(`${m.described(e)} ${e.getAttribute("aria-label") || ""} ${e.nextElementSibling?.textContent || ""}`);
    if (!words.length) m.say(rows, "1.2.2", silent ? "cantTell" : "failed", e, "Give the video captions (<track kind=\"captions\">).");
    else if (words.every(t => t.readyState === 3)) m.say(rows, "1.2.2", "failed", words[0], "The captions' file cannot be read.");
    else if (words.every(t => t.readyState === 2 && t.track.cues && !t.track.cues.length)) m.say(rows, "1.2.2", "failed", words[0], "The captions' file holds no words.");
    else if (!words.some(t => m.lang(e) && (t.srclang || "").toLowerCase().startsWith(m.lang(e))) && words.every(t => t.srclang)) m.say(rows, "1.2.2", "cantTell", words[0], "There are captions, but none in the page's language.");
    if (!e.controls && !/play|pause|재생|再生|播放|เล่น|phát/i.test(m.all("button").map(m.name).join(" "))) m.say(rows, "2.1.1", "cantTell", e, "Give the video controls that keys reach.");
  }
  const stop = m.all("button, [role=button], input[type=button]").some(b => m.exposed(b) && /pause|stop|mute|sound|정지|멈춤|멈추|음소거|소리|停止|一時停止|ミュート|音|暂停|静音|หยุด|ปิดเสียง|dừng|tắt tiếng|tạm dừng/i.test(m.name(b)));
  for (const e of m.all("audio[autoplay], video[autoplay]")) {
    if (e.muted || e.hasAttribute("muted")) continue;
    if (!e.controls && !stop) m.say(rows, "1.4.2", "failed", e, "Sound begins by itself and nothing stops it: let people begin it.");
    else m.say(rows, "1.4.2", "cantTell", e, "Sound begins by itself: let people begin it.");
  }
  for (const e of m.all("bgsound, embed[autostart=true], object[data$='.mp3'], embed[src$='.mp3'], embed[src$='.wav']")) m.say(rows, "1.4.2", "failed", e, "Sound begins by itself and nothing stops it.");
  for (const e of m.all("iframe[src*='autoplay=1'], iframe[src*='autoplay=true'], iframe[src*='auto_play=true']")) if (!/mute(d)?=(1|true)/.test(e.src)) m.say(rows, "1.4.2", "cantTell", e, "A player begins by itself: let people begin it.");
  for (const s of m.all("script:not([src])")) if (/new\s+Audio\s*\(|AudioContext\s*\(|speechSynthesis\s*\.\s*speak/.test(s.textContent) && !/addEventListener|onclick/.test(s.textContent) && !stop) m.say(rows, "1.4.2", "failed", s, "A script sounds by itself and nothing stops it.");
  const words = m.all("audio").filter(e => m.drawn(e));
  for (const e of words) if (e.controls && !/transcript|대본|녹취|전문|文字起こし|書き起こし|文字稿|文本|บทถอดความ|bản ghi|lời thoại/i.test((e.closest("figure, section, div, p, li") || document.body).textContent)) m.say(rows, "1.2.1", "cantTell", e, "Give the recording a transcript.");
  return rows;
}
