/* The frame of the desk: a document that can run nothing, patched from outside. What comes from the server is made of an
   allow-list there; it is checked against this copy of it once more before it is put in. */
"use strict";
(() => {
  const TAGS = new Set(("main header footer nav section article aside div p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table"
    + " caption thead tbody tfoot tr th td figure figcaption blockquote pre address hgroup fieldset legend label details"
    + " summary dialog hr br a abbr b bdi bdo cite code data del dfn em i ins kbd mark q s samp small span strong sub sup"
    + " time u var wbr").split(" "));
  const ATTRIBUTES = new Set(("class data-ref lang dir colspan rowspan scope translate role hidden open aria-hidden"
    + " aria-invalid aria-current aria-expanded aria-disabled aria-checked aria-label").split(" "));
  const LANG = { zh: "zh-Hans" };
  const TICKED = ["checkbox", "radio"];

  /** Copies what is allowed of a node's children into another document, and nothing else. */
  const copy = (from, to, doc) => {
    for (const node of from.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) to.append(doc.createTextNode(node.data));
      if (node.nodeType !== Node.ELEMENT_NODE || !TAGS.has(node.localName)) continue;
      const made = doc.createElement(node.localName);
      for (const { name, value } of node.attributes) if (ATTRIBUTES.has(name)) made.setAttribute(name, value);
      copy(node, made, doc);
      to.append(made);
    }
    return to;
  };
  const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;

  /** The frame: show, part, blank, seen, mark. choose(ref) is called when something in it is pressed. */
  window.madangFrame = (iframe, choose) => {
    let page = null, blank = true, number = null, doc = null;

    const find = (ref) => (doc && ref ? doc.querySelector("[data-ref=\"" + CSS.escape(ref) + "\"]") : null);
    const name = (kind, element) => {
      doc.querySelectorAll("." + kind).forEach((old) => old.classList.remove(kind));
      element?.classList.add(kind);
    };
    const draw = () => {
      if (!doc) return;
      const body = doc.body;
      if (blank || !page) { body.replaceChildren(); return; }
      const sheet = doc.querySelector("link[rel=stylesheet]:not([data-look])") ?? doc.createElement("link");
      if (!sheet.isConnected) doc.head.insertBefore(sheet, doc.querySelector("link[data-look]")); // the look comes last
      const { style: address } = page, look = new URL(address, location.href);
      if (look.origin === location.origin && look.pathname.startsWith("/static/")) {
        sheet.rel = "stylesheet";
        if (sheet.getAttribute("href") !== look.pathname) sheet.href = look.pathname;
      }
      const top = number === page.number ? doc.scrollingElement.scrollTop : 0;
      number = page.number;
      doc.documentElement.lang = LANG[page.lang] ?? page.lang;
      doc.title = page.title;
      body.replaceChildren(copy(parsed(page.html), doc.createDocumentFragment(), doc));
      doc.scrollingElement.scrollTop = top;
    };
    const ready = () => {
      if (!iframe.contentDocument || iframe.contentDocument.readyState === "loading") return;
      doc = iframe.contentDocument;
      doc.addEventListener("click", (event) => {
        const element = event.target.closest?.("[data-ref]");
        event.preventDefault();
        if (element) choose(element.dataset.ref);
      });
      if (page || blank === null) draw();
    };
    iframe.addEventListener("load", ready);
    ready();

    const scroll = (event) => {
      const element = find(event.ref);
      if (!element) return;
      const box = element.getBoundingClientRect();
      const top = box.top + doc.scrollingElement.scrollTop + (event.past ?? 0) * box.height;
      iframe.contentWindow.scrollTo({ top, behavior: "instant" });
    };
    const value = (event, known) => {
      const element = find(event.ref);
      if (!element) return;
      const role = element.getAttribute("role");
      if (TICKED.includes(role)) {
        const checked = event.checked === true;
        if (role === "radio" && checked) {
          element.closest("fieldset")?.querySelectorAll("[role=radio]").forEach((other) => {
            other.setAttribute("aria-checked", "false");
          });
        }
        element.setAttribute("aria-checked", String(checked));
        return;
      }
      const at = known?.options?.indexOf(event.value) ?? -1;
      element.textContent = at >= 0 ? known.labels?.[at] ?? event.value : event.value ?? "";
    };
    const open = (event) => {
      const element = find(event.ref);
      const box = element?.closest("details, dialog") ?? element;
      box?.toggleAttribute("open", event.open);
      if (element?.hasAttribute("aria-expanded")) element.setAttribute("aria-expanded", String(event.open));
    };

    return {
      show: (made) => { page = made; blank = false; draw(); },
      blank: () => { blank = true; page = null; draw(); },
      part: (fragment) => {
        const element = find(fragment.ref);
        const gone = element ? [...element.querySelectorAll("[data-ref]")].map((old) => old.dataset.ref) : [];
        element?.replaceChildren(copy(parsed(fragment.html), doc.createDocumentFragment(), doc));
        return gone;
      },
      /** Whether an element stands in the page's own part. */
      inside: (ref) => Boolean(find(ref)?.closest("main")),
      /** One small event of the citizen's page. known: what the registry says of the element. */
      seen: (event, known) => {
        if (!doc || blank) return;
        if (event.type === "focus") {
          const element = find(event.ref);
          name("twin-focus", element);
          element?.scrollIntoView({ block: "nearest" });
        } else if (event.type === "scroll") scroll(event);
        else if (event.type === "value") value(event, known);
        else if (event.type === "toggle" || event.type === "dialog") open(event);
        else if (event.type === "invalid") find(event.ref)?.setAttribute("aria-invalid", String(event.invalid));
      },
      /** What the agent has chosen in the list, or pointed out to the citizen. */
      mark: (ref, kind) => {
        if (!doc || blank) return;
        const element = find(ref);
        name(kind, element);
        element?.scrollIntoView({ block: "nearest" });
      },
    };
  };
})();
