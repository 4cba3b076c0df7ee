(() => {
  // What every check needs to know of a page: what is seen, what it is called, which colours it has. Nothing is changed.
  const m = {};
  m.all = (selector, root = document) => [...root.querySelectorAll(selector)];
  // A field called "children" takes that name away from its form.
  const kids = Object.getOwnPropertyDescriptor(Element.prototype, "children").get;
  m.kids = e => [...kids.call(e)];
  m.box = e => e.getBoundingClientRect();
  m.style = (e, pseudo) => getComputedStyle(e, pseudo);
  m.squeezed = text => (text || "").replace(/\s+/g, " ").trim();
  m.attributes = e => (e.getAttributeNames?.() || []).filter(n => n.startsWith("on")).map(n => n.slice(2));
  m.listeners = m.attributes;

  const unseen = new WeakMap();
  const hides = e => {
    if (unseen.has(e)) return unseen.get(e);
    const s = m.style(e), b = m.box(e);
    const cut = /^rect\((0px|1px)(,? (0px|1px)){3}\)$/.test(s.clip) || /^inset\((50%|100%)/.test(s.clipPath)
      || (s.overflow !== "visible" && s.position === "absolute" && b.width <= 1 && b.height <= 1);
    const away = s.position !== "static" && (b.right + scrollX <= 0 || b.bottom + scrollY <= 0);
    const hidden = cut || away || (e.parentElement ? hides(e.parentElement) : false);
    unseen.set(e, hidden);
    return hidden;
  };
  m.drawn = e => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true, opacityProperty: true, visibilityProperty: true});
  m.exposed = e => e.checkVisibility({checkVisibilityCSS: true, visibilityProperty: true}) && !e.closest("[aria-hidden=true], [inert]");
  m.seen = e => { if (!m.drawn(e) || hides(e)) return false; const b = m.box(e); return b.width > 1 && b.height > 1; };

  m.path = e => {
    if (!(e instanceof Element)) return "";
    const steps = [];
    for (let at = e; at; at = at.parentElement) {
      if (at.id && document.querySelectorAll("#" + CSS.escape(at.id)).length === 1) { steps.unshift("#" + CSS.escape(at.id)); break; }
      const name = at.localName, same = at.parentElement ? m.kids(at.parentElement).filter(x => x.localName === name) : [at];
      steps.unshift(same.length > 1 ? `${name}:nth-of-type(${same.indexOf(at) + 1})` : name);
    }
    return steps.join(" > ");
  };
  m.say = (rows, criterion, outcome, e, advice) => rows.push({
    criterion, outcome, advice, target: e ? m.path(e) : "html", html: e ? e.outerHTML.slice(0, 300) : "",
  });

  m.referred = (e, attribute) => (e.getAttribute(attribute) || "").split(/\s+/).filter(Boolean).map(id => document.getElementById(id)).filter(Boolean);
  m.inside = e => m.squeezed([...e.childNodes].map(n => {
    if (n.nodeType === 3) return n.data;
    if (n.nodeType !== 1 || n.getAttribute("aria-hidden") === "true" || ["SCRIPT", "STYLE", "TEMPLATE"].includes(n.tagName)) return "";
    if (!n.checkVisibility({checkVisibilityCSS: true, visibilityProperty: true}) && n.tagName !== "TITLE") return "";
    const inline = m.style(n).display.startsWith("inline");
    const said = n.getAttribute("aria-label") || (["IMG", "AREA"].includes(n.tagName) ? n.getAttribute("alt") || n.title : "")
      || (n.matches("input:not([type=hidden])") ? n.value : "") || m.inside(n);
    return inline ? said : ` ${said} `;
  }).join(""));
  m.labels = e => [...(e.labels || [])];
  m.name = e => {
    const by = m.referred(e, "aria-labelledby");
    if (by.length) return m.squeezed(by.map(x => x.getAttribute("aria-label") || m.inside(x) || x.textContent).join(" "));
    const label = m.squeezed(e.getAttribute("aria-label"));
    if (label) return label;
    if (e.matches("input[type=submit], input[type=button], input[type=reset]")) return m.squeezed(e.value || (e.type === "submit" ? "Submit" : ""));
    if (e.matches("img, area, input[type=image]")) return m.squeezed(e.getAttribute("alt") || e.title);
    if (e.matches("input, select, textarea, meter, progress, output")) {
      const labels = m.squeezed(m.labels(e).map(m.inside).join(" "));
      return labels || m.squeezed(e.title || e.placeholder);
    }
    if (e.localName === "svg") return m.squeezed(e.querySelector(":scope > title")?.textContent);
    if (e.matches("fieldset")) return m.squeezed(e.querySelector(":scope > legend")?.textContent);
    if (e.matches("table")) return m.squeezed(e.caption?.textContent);
    return m.inside(e) || m.squeezed(e.title);
  };
  m.described = e => m.squeezed([...m.referred(e, "aria-describedby"), ...m.referred(e, "aria-errormessage")].map(x => x.textContent).join(" "));

  m.texts = (root = document.body) => {
    // Every text node that is seen or heard, with its element.
    const found = [], walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, e = node.parentElement;
      if (!node.data.trim() || !e || e.closest("script, style, template, noscript, textarea, svg title, datalist")) continue;
      if (e.checkVisibility({checkVisibilityCSS: true, visibilityProperty: true})) found.push([node, e]);
    }
    return found;
  };
  m.own = e => m.squeezed([...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join(" "));
  m.lang = e => (e.closest("[lang]")?.getAttribute("lang") || "").toLowerCase().split("-")[0];

  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true}), colours = new Map();
  m.colour = text => {
    if (!colours.has(text)) {
      const plain = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text);
      if (plain) colours.set(text, [+plain[1], +plain[2], +plain[3], plain[4] === undefined ? 1 : +plain[4]]);
      else {
        canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = "#000"; canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
        colours.set(text, [r, g, b, a / 255]);
      }
    }
    return colours.get(text);
  };
  m.over = (front, back) => [0, 1, 2].map(i => front[i] * front[3] + back[i] * (1 - front[3])).concat(1);
  m.background = e => {
    // The colour behind what stands in ``e``; null where a picture or a gradient is.
    const layers = [];
    for (let at = e; at; at = at.parentElement) {
      const s = m.style(at);
      if (s.backgroundImage !== "none") return null;
      const c = m.colour(s.backgroundColor);
      if (c[3] > 0) layers.push(c);
      if (c[3] === 1) break;
    }
    return layers.reduceRight((back, front) => m.over(front, back), m.canvasColour());
  };
  m.canvasColour = () => matchMedia("(prefers-color-scheme: dark)").matches && /dark/.test(m.style(document.documentElement).colorScheme) ? [18, 18, 18, 1] : [255, 255, 255, 1];
  const luminance = c => c.slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  m.ratio = (a, b) => { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };

  m.controls = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], [role=checkbox], "
    + "[role=radio], [role=switch], [role=tab], [role=menuitem], [role=option], [role=slider], [role=combobox], [tabindex], audio[controls], video[controls], iframe, [contenteditable=true]";
  m.tabbable = e => e.tabIndex >= 0 && !e.disabled && !e.closest("[inert], fieldset[disabled]") && e.checkVisibility({checkVisibilityCSS: true, visibilityProperty: true})
    && (e.matches(m.controls)) && !(e.localName === "summary" && e.parentElement?.localName !== "details")
    && !(e.type === "radio" && e.name && !e.checked && m.all(`input[type=radio][name="${CSS.escape(e.name)}"]`, e.form || document).some((o, i, l) => o !== e && (o.checked || (i === 0 && !l.some(x => x.checked)))));
  m.modal = () => m.all("dialog:modal, [role=dialog][aria-modal=true], [role=alertdialog][aria-modal=true]").find(m.drawn);
  m.rules = () => {
    // Every style rule with the media queries around it; sheets of other origins cannot be read.
    const found = [], walk = (rules, media) => { for (const r of rules) {
      if (r.selectorText !== undefined) found.push([r, media]);
      if (r.cssRules?.length) walk(r.cssRules, r.media ? [...media, r.media.mediaText] : media);
    } };
    for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) { try { walk(sheet.cssRules, []); } catch { /* another origin's */ } }
    return found;
  };
  m.scripts = () => m.all("script:not([src])").filter(s => !s.type || /javascript|module/.test(s.type)).map(s => s.textContent).join("\n");
  m.wait = ms => new Promise(done => setTimeout(done, ms));
  m.adopt = css => {
    const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => { document.adoptedStyleSheets = document.adoptedStyleSheets.filter(x => x !== sheet); };
  };
  m.block = e => e.closest("li, p, td, th, dd, dt, caption, figcaption, h1, h2, h3, h4, h5, h6, legend, label, blockquote") || e.parentElement;
  m.under = e => m.squeezed(m.all("h1, h2, h3, h4, h5, h6", e.form || document).filter(h => h.compareDocumentPosition(e) & 4).map((h, i) => i + h.textContent).pop());
  m.cjk = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]/;
  return m;
})()
