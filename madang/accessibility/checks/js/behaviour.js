async (m) => {
  // What happens by focus, by letters, by pressing down, by choosing: done inside the page, nothing leaves it.
  const rows = [], seen = [];
  let what = null;
  const note = (kind, detail) => { if (what) seen.push({...what, kind, detail}); };
  const leaving = e => { if (e.destination.sameDocument && !e.destination.url.includes("#")) return; if (!e.destination.sameDocument || what) note("leaves", e.destination.url); if (e.cancelable && !e.destination.sameDocument) e.preventDefault(); };
  globalThis.navigation?.addEventListener("navigate", leaving);
  const open = window.open, submit = HTMLFormElement.prototype.submit, request = HTMLFormElement.prototype.requestSubmit;
  window.open = () => { note("opens"); return null; };
  window.alert = () => note("alerts"); window.confirm = () => { note("alerts"); return false; }; window.prompt = () => { note("alerts"); return null; };
  HTMLFormElement.prototype.submit = function () { note("sends"); }; HTMLFormElement.prototype.requestSubmit = function () { note("sends"); };
  const fetched = window.fetch, sent = XMLHttpRequest.prototype.send, beacon = navigator.sendBeacon, spoken = WebSocket.prototype.send;
  window.fetch = () => new Promise(() => {}); XMLHttpRequest.prototype.send = () => {}; navigator.sendBeacon = () => true; WebSocket.prototype.send = () => {};
  addEventListener("submit", e => { note("sends"); e.preventDefault(); }, true);
  const dialogs = () => m.all("dialog[open], [role=dialog], [role=alertdialog]").filter(m.drawn).length;
  const live = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log], output, [role=timer], [role=progressbar]";
  let texts = [];
  const observer = new MutationObserver(list => {
    if (!what) return;
    for (const r of list) {
      const e = r.target.nodeType === 1 ? r.target : r.target.parentElement;
      if (!e || e.closest("head, script, style")) continue;
      const added = r.type === "characterData" ? m.squeezed(r.target.data) : r.type === "childList" ? m.squeezed([...r.addedNodes].map(n => n.textContent).join(" ")) : "";
      texts.push({...what, on: e, added, node: [...(r.addedNodes || [])].find(n => n.nodeType === 1) || e, attribute: r.attributeName || ""});
    }
  });
  observer.observe(document.documentElement, {subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["hidden", "open", "class", "style", "aria-expanded", "aria-checked", "aria-pressed", "aria-hidden", "checked", "value"]});
  // A task of its own, without the four milliseconds that timers take; what listens itself is given those.
  const flush = e => e && m.listeners(e).some(t => /^(focus|key|input|change)/.test(t)) ? m.wait(0) : new Promise(done => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); });
  const during = async (element, criterion, doing) => {
    texts = []; what = {element, criterion};
    const had = dialogs(), start = seen.length;
    try { doing(); } catch { /* the page's own fault */ }
    await flush(element);
    if (dialogs() > had) note("dialog");
    const records = texts; what = null;
    return {events: seen.slice(start), changed: records};
  };
  const says = {leaves: "leads to another page", opens: "opens a window", sends: "sends the form", dialog: "opens a dialog", alerts: "opens a message"};
  const widget = m.all("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex='-1'])").filter(e => m.drawn(e) && !e.disabled).slice(0, 150);

  // 3.2.1: focus
  for (const e of widget) {
    const {events} = await during(e, "3.2.1", () => e.focus({preventScroll: true}));
    for (const x of events) m.say(rows, "3.2.1", "failed", e, `To focus it ${says[x.kind]}: wait until it is pressed.`);
    const now = document.activeElement;
    if (!events.length && now !== e && now !== document.body && m.drawn(e)) m.say(rows, "3.2.1", "failed", e, "To focus it sends the focus elsewhere.");
    else if (!events.length && now === document.body && e.tabIndex >= 0 && m.drawn(e) && !e.closest("[inert]") && !m.modal() && m.listeners(e).some(t => /^focus/.test(t))) m.say(rows, "2.1.1", "failed", e, "It throws the focus away as soon as it gets it.");
  }
  document.activeElement?.blur?.();

  // 2.1.4: letters without Ctrl, Alt or Meta, outside every field
  const keyed = [window, document, document.body, document.documentElement].some(x => x && m.listeners(x).some(t => /^key(down|up|press)$/.test(t)));
  if (keyed) for (const key of "abcdefghijklmnopqrstuvwxyz0123456789/?.,;-+=[]!#".split("")) {
    const {events, changed} = await during(document.body, "2.1.4", () => {
      const code = /[a-z]/.test(key) ? `Key${key.toUpperCase()}` : /\d/.test(key) ? `Digit${key}` : "", number = key.toUpperCase().charCodeAt(0);
      for (const type of ["keydown", "keypress", "keyup"]) document.body.dispatchEvent(new KeyboardEvent(type, {key, code, keyCode: number, which: number, bubbles: true, cancelable: true}));
    });
    const moved = document.activeElement && document.activeElement !== document.body;
    if (moved) document.activeElement.blur();
    if (events.length || changed.length || moved) { m.say(rows, "2.1.4", "failed", document.body, `The letter "${key}" alone does something: ask for Ctrl or Alt with it, or let it be switched off.`); break; }
  }

  // 2.5.2: pressing down without letting go
  const down = /^(pointerdown|mousedown|touchstart)$/;
  for (const e of m.all("body *").filter(e => m.listeners(e).some(t => down.test(t)) && m.drawn(e)).slice(0, 60)) {
    if (e.matches("canvas, input[type=range], [role=slider], [role=scrollbar]")) continue;
    const b = m.box(e), at = {bubbles: true, cancelable: true, clientX: b.left + b.width / 2, clientY: b.top + b.height / 2, button: 0, buttons: 1, pointerId: 1, isPrimary: true};
    const before = document.body.innerText.length;
    const {events, changed} = await during(e, "2.5.2", () => {
      e.dispatchEvent(new PointerEvent("pointerdown", at)); e.dispatchEvent(new MouseEvent("mousedown", at));
      if (m.listeners(e).includes("touchstart")) e.dispatchEvent(Object.assign(new Event("touchstart", {bubbles: true, cancelable: true}), {touches: [at], changedTouches: [at], targetTouches: [at]}));
    });
    const real = changed.filter(c => c.attribute ? !(c.on === e && /class|style/.test(c.attribute)) && !/class|style/.test(c.attribute) || (/class|style/.test(c.attribute) && c.on !== e && document.body.innerText.length !== before) : c.added || c.on);
    if (events.length || real.length) {
      const kept = document.body.innerText.length;
      document.body.dispatchEvent(new PointerEvent("pointerup", {...at, clientX: 0, clientY: 0})); document.body.dispatchEvent(new MouseEvent("mouseup", {...at, clientX: 0, clientY: 0})); e.dispatchEvent(new PointerEvent("pointercancel", at));
      await flush();
      if (events.length || document.body.innerText.length === kept) m.say(rows, "2.5.2", "failed", e, "It acts as soon as it is pressed down: act when it is let go (click).");
    }
  }

  // 2.5.7: dragging; 2.5.4: motion
  for (const e of m.all("body *").filter(e => e.draggable && !e.matches("a, img") || m.listeners(e).some(t => /^(drag|dragstart)$/.test(t)) || (m.listeners(e).some(t => /^(pointermove|mousemove|touchmove)$/.test(t)) && m.listeners(e).some(t => down.test(t)))).slice(0, 40)) {
    if (!m.drawn(e) || e.matches("body, html, canvas, input")) continue;
    const item = e.closest("li, tr, [role=listitem], [role=option], fieldset, section, form, figure") || e.parentElement;
    const offer = m.all("button, select, input, [role=button], a[href]", item).filter(x => x !== e && !x.contains(e) && m.exposed(x)), keyedPress = m.listeners(e).includes("click");
    if (!offer.length && !(keyedPress && !e.draggable)) m.say(rows, "2.5.7", "failed", e, "It is only dragged: offer buttons, or a list to choose from, that do the same.");
  }
  const drops = m.all("body *").filter(e => m.listeners(e).includes("drop") && m.drawn(e));
  for (const e of drops) if (!m.all("input[type=file], button, a[href]", e.closest("form, section, fieldset, main") || document.body).some(x => m.exposed(x) || x.type === "file")) m.say(rows, "2.5.7", "failed", e, "Things are only dropped here: offer a button as well.");
  const moves = [window, document, document.body].flatMap(x => m.listeners(x)).concat([window.ondevicemotion && "devicemotion", window.ondeviceorientation && "deviceorientation"]).filter(t => /^(devicemotion|deviceorientation(absolute)?|shake|shaken)$/.test(t || "")).concat(/new\s+(Accelerometer|Gyroscope|LinearAccelerationSensor)\s*\(/.test(m.scripts()) ? ["sensor"] : []);
  if (moves.length) {
    const off = m.all("input[type=checkbox], button, [role=switch], select").some(x => m.exposed(x) && /motion|shak|tilt|gesture|흔들|기울|동작|振|傾|モーション|摇|倾斜|动作|เขย่า|เอียง|การเคลื่อนไหว|lắc|nghiêng|chuyển động/i.test(m.name(x)));
    if (!off) m.say(rows, "2.5.4", "failed", document.body, "Moving the device does something: let it be switched off, and offer a button.");
  }

  // 3.2.2 and 4.1.3: choosing and writing; pressing buttons that stay on the page
  const fields = m.all("input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image], [type=file], [type=password]), select, textarea").filter(e => m.drawn(e) && !e.disabled && !e.readOnly).slice(0, 60);
  // A control or a part of the page is no message, nor is the name of a button that has changed its state.
  const silent = [], offers = "input, select, textarea, button, a[href], h1, h2, h3, table";
  const judge = (element, changed, act) => {
    for (const c of changed) {
      const on = c.node.isConnected ? c.node : c.on;
      if (!on.isConnected || !c.on.isConnected) continue;
      const shownNow = c.attribute ? /hidden|style|class|open/.test(c.attribute) && c.on.matches("[class*=message], [class*=toast], [class*=alert], [class*=status], [class*=notice], [class*=saved], [class*=success], [class*=error], [id*=status], [id*=message], [id*=toast], [id*=result], [id*=alert]") && m.seen(c.on) && m.squeezed(c.on.textContent) : c.added;
      if (!shownNow || shownNow.length < 2 || c.on.closest(live) || on.closest?.(live) || on.querySelector?.(live) || element.contains(c.on) || c.on.contains(document.activeElement) && document.activeElement !== document.body && on.contains(document.activeElement)) continue;
      if (!m.seen(on) && !m.seen(c.on) || on.closest("dialog, [role=dialog], option, select, datalist, [role=listbox], details, [role=tabpanel], title")) continue;
      if (c.on.closest("button, summary") || on.matches?.(offers) || on.querySelector?.(offers) || element.getAttribute("aria-expanded") !== null || element.getAttribute("aria-controls") || element.getAttribute("aria-pressed") || m.referred(element, "aria-describedby").some(d => d.contains(c.on)) && act === "writing") continue;
      if (shownNow.length > 200) continue;
      silent.push([c.on, act, shownNow]);
    }
  };
  for (const e of fields) {
    if (!e.isConnected || !m.drawn(e)) continue; // what was written before has hidden it, as a search does that narrows a list
    const {events, changed} = await during(e, "3.2.2", () => {
      e.focus({preventScroll: true});
      if (e.localName === "select") { e.selectedIndex = e.selectedIndex + 1 < e.options.length ? e.selectedIndex + 1 : 0; }
      else if (/checkbox|radio/.test(e.type)) e.checked = !e.checked;
      else { try { e.value = e.type === "number" || e.type === "range" ? "1" : /date/.test(e.type) ? "2026-01-02" : e.maxLength === 1 ? "1" : e.maxLength > 0 ? "1".repeat(e.maxLength) : "test 1"; } catch { /* a type of its own */ } }
      for (const type of ["input", "change"]) e.dispatchEvent(new Event(type, {bubbles: true, cancelable: true}));
      if (!e.matches("select, [type=checkbox], [type=radio]")) e.dispatchEvent(new KeyboardEvent("keyup", {key: "1", bubbles: true}));
    });
    await m.wait(m.listeners(e).some(t => /input|change|key/.test(t)) ? 30 : 0);
    for (const x of events) m.say(rows, "3.2.2", "failed", e, `To fill it in ${says[x.kind]}: wait for a button.`);
    const now = document.activeElement;
    if (!events.length && now !== e && now !== document.body && e.isConnected) m.say(rows, "3.2.2", "failed", e, "To fill it in moves the focus: let people move it.");
    judge(e, changed, "writing");
  }
  const buttons = m.all("button[type=button], input[type=button], [role=button], button:not([type]), button[onclick]").filter(e => m.drawn(e) && !e.disabled && (e.type !== "submit" || !e.form || m.listeners(e).includes("click")) && !e.closest("dialog")).slice(0, 40);
  const pressed = [];
  for (const e of buttons) {
    if (!e.isConnected || !m.drawn(e) || /sign.?out|log.?out|로그아웃|ログアウト|退出|ออกจากระบบ|đăng xuất/i.test(m.name(e))) continue;
    const {changed} = await during(e, "click", () => e.click());
    pressed.push([e, changed]); judge(e, changed, "pressing");
  }
  if (pressed.length) {
    texts = []; what = {element: pressed[0][0], criterion: "later"};
    await m.wait(160);
    const later = texts; what = null;
    judge(pressed[0][0], later, "pressing");
  }
  for (const [on, act, text] of silent.filter((s, i, l) => l.findIndex(x => x[0] === s[0]) === i)) m.say(rows, "4.1.3", "failed", on, `"${text.slice(0, 60)}" appears after ${act} and is not said: give its place role="status".`);
  for (const e of m.all("[class], [id]")) {
    const marks = `${e.className.baseVal ?? e.className} ${e.id}`;
    if (!/(^|[-_ ])(toast|snackbar|flash-message|status-message|notification-message|alert-message|flash|toast-message|alert-success|alert-info|success-message)([-_ ]|$)/i.test(marks) || !m.seen(e) || !m.squeezed(e.textContent) || e.closest(live) || e.querySelector(live) || e.contains(document.activeElement) && document.activeElement !== document.body) continue;
    if (e.closest("a, button, nav") || e.querySelector("form, main, h1")) continue;
    m.say(rows, "4.1.3", "failed", e, "What is told here is not said by screen readers: give it role=\"status\".");
  }
  for (const e of m.all(live)) if ((e.getAttribute("aria-live") === "off" || e.getAttribute("aria-hidden") === "true") && m.squeezed(e.textContent)) m.say(rows, "4.1.3", "failed", e, "The place of messages is silenced.");
  observer.disconnect(); globalThis.navigation?.removeEventListener("navigate", leaving);
  window.fetch = fetched; XMLHttpRequest.prototype.send = sent; navigator.sendBeacon = beacon; WebSocket.prototype.send = spoken;
  window.open = open; HTMLFormElement.prototype.submit = submit; HTMLFormElement.prototype.requestSubmit = request;
  return rows;
}
