// What is in the window, for sight.py.
() => {
  if (!document.body) return null; // the page is just coming
  const numbers = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const solid = (colour) => { const [, , , a = 1] = numbers(colour); return colour !== "transparent" && a > .5; };
  const light = (colour) => { const [r, g, b] = numbers(colour).map(v => { v /= 255;
    return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const apart = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + .05) / (Math.min(x, y) + .05); };
  const canvas = getComputedStyle(document.body).getPropertyValue("color-scheme") && matchMedia("(prefers-color-scheme:dark)").matches
    ? "rgb(18,18,18)" : "rgb(255,255,255)";
  const ground = (element) => { for (let e = element; e; e = e.parentElement) {
    const colour = getComputedStyle(e).backgroundColor; if (solid(colour)) return colour; } return canvas; };
  const inside = (box) => { const l = Math.max(0, box.left), t = Math.max(0, box.top),
    r = Math.min(innerWidth, box.right), b = Math.min(innerHeight, box.bottom);
    return r - l > 1 && b - t > 1 ? {x: (l + r) / 2, y: (t + b) / 2, l, t, w: r - l, h: b - t} : null; };
  const shows = (element, box) => { const at = inside(box); if (!at) return null;
    const top = document.elementFromPoint(at.x, at.y);
    return top && (element.contains(top) || top.contains(element)) && !(top !== element && top.contains(element)
      && getComputedStyle(element).clipPath !== "none") ? at : null; };
  const chunks = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest("script,style,option,.vh:not(:focus)")) continue;
    if (!node.parentElement.checkVisibility({checkVisibilityCSS: true, checkOpacity: true})) continue;
    const range = document.createRange(); range.selectNodeContents(node);
    const at = [...range.getClientRects()].map(box => shows(node.parentElement, box)).find(Boolean);
    if (!at || apart(getComputedStyle(node.parentElement).color, ground(node.parentElement)) < 1.6) continue;
    chunks.push({node, at});
  }
  const text = (root) => root ? chunks.filter(({node}) => root.contains(node)).map(({node}) => node.data).join(" ") : "";
  const shaded = (s, under) => (s.boxShadow.match(/rgba?\([^)]*\)[^,]*/g) || []).some(each => {
    const colour = each.slice(0, each.indexOf(")") + 1), lengths = each.slice(colour.length).match(/-?[\d.]+px/g) || [];
    return !each.includes("inset") && parseFloat(lengths[3] || 0) >= 2 && solid(colour) && apart(colour, under) >= 3; });
  const ringed = (element) => [null, "::after", "::before"].some(part => {
    const s = getComputedStyle(element, part), under = ground(element.parentElement || element);
    if (part && s.content === "none") return false;
    return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 && solid(s.outlineColor)
      && apart(s.outlineColor, under) >= 3 || shaded(s, under); });
  const border0 = (element) => { const s = getComputedStyle(element);
    return ["Top", "Bottom"].some(side => parseFloat(s["border" + side + "Width"]) >= 1
      && s["border" + side + "Style"] !== "none" && apart(s["border" + side + "Color"], ground(element.parentElement)) >= 1.5); };
  const bounded = (element) => { const s = getComputedStyle(element), border = border0(element);
    const line = [element, ...element.querySelectorAll("*")].some(e => getComputedStyle(e).textDecorationLine.includes("underline"));
    const own = solid(s.backgroundColor) && apart(s.backgroundColor, ground(element.parentElement)) >= 1.3;
    const native = ["radio", "checkbox", "file"].includes(element.type) && s.appearance !== "none";
    const around = element.matches("input") && element.parentElement.matches("form") && border0(element.parentElement);
    return border || around || line || own || native || !!element.closest("nav,header,footer,summary,.crumbs,li") && element.matches("a,summary"); };
  const reach = (own, at, dx, dy) => { let far = 0; // how far from the middle a press still counts
    for (let d = 2; d <= 40; d += 2) { const hit = document.elementFromPoint(at.x + dx * d, at.y + dy * d);
      if (!hit || !(own.contains(hit) || hit === own.closest("label"))) break; far = d; } return far; };
  const focus = document.activeElement;
  const pressed = "a[href],button,summary,input:not([type=hidden]),select,textarea,[tabindex='0'],[tabindex='-1'],iframe";
  const rolls = e => e === focus && e !== document.body && !e.matches(pressed); // Firefox brings Tab to what scrolls by itself
  const things = [...document.querySelectorAll(pressed), ...(focus && rolls(focus) ? [focus] : [])]
    .filter(e => !e.closest("[inert]")).map(e => {
    const label = e.labels?.[0], own = e.matches("input[type=radio],input[type=checkbox]") && label ? label : e;
    const boxes = own === e && e.matches("a") ? [...e.getClientRects()] : [own.getBoundingClientRect()];
    const at = boxes.map(box => shows(own, box)).find(Boolean);
    if (!at) return null;
    const field = e.matches("input,select,textarea");
    let words = text(e.matches("[tabindex='-1'],[tabindex='0']") && !e.matches("a,button,input,summary") ? e : own === e && field ? label : own);
    if (field && !words) words = text(e.form?.querySelector("button")) || text(e.parentElement);
    const row = e.closest("li,tr,dd,.field,fieldset,article,form,section,dialog,aside");
    const whole = (own === e ? boxes.find(box => inside(box)) : boxes[0]);
    const wrong = e.closest(".field,fieldset")?.querySelector(".err");
    return {kind: field ? (e.matches("input[type=radio],input[type=checkbox]") ? "choice" : "box")
        : e.matches("a") ? "link" : e.matches("summary") ? "fold" : e.matches("button") ? "button" : rolls(e) ? "scroller" : "place",
      words, row: text(row), x: at.x, y: at.y, w: Math.max(whole.width, reach(own, at, -1, 0) + reach(own, at, 1, 0)),
      h: Math.max(whole.height, reach(own, at, 0, -1) + reach(own, at, 0, 1)), cut: at.h + 1 < Math.min(whole.height, innerHeight / 2),
      checked: e.matches("input[type=radio],input[type=checkbox]") ? e.checked : e.getAttribute("aria-pressed") === "true",
      value: e.matches("select") ? (e.selectedOptions[0]?.label ?? "") : field ? String(e.value ?? "") : "", error: text(wrong),
      focused: e === focus, ring: e === focus && (ringed(e) || ringed(own) || e.matches("iframe") && ringed(e.parentElement)), bounded: bounded(own === e ? e : own) || bounded(e)};
  }).filter(Boolean);
  const page = getComputedStyle(document.documentElement).overflowY === "hidden" ? document.body : document.scrollingElement;
  return {title: document.title, text: chunks.map(({node}) => node.data).join("\n"), things,
    lost: focus && focus !== document.body && !things.some(each => each.focused),
    top: page.scrollTop <= 0, bottom: Math.ceil(page.scrollTop + page.clientHeight) >= page.scrollHeight};
}
