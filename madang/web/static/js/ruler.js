/* The reading ruler: a band that goes along with the pointer, or with the focus of the keyboard. It covers no control and
   takes no press; without it, the block that is pointed at or worked in is shown by the style sheet alone. */
"use strict";
(() => {
  const band = document.createElement("div");
  band.className = "ruler";
  band.setAttribute("aria-hidden", "true");
  document.body.append(band);
  const to = (y) => {
    const top = Math.max(0, y - band.offsetHeight / 2);
    band.animate([{ transform: "translateY(" + top + "px)" }], { duration: 0, fill: "forwards" });
    band.classList.add("on");
  };
  document.addEventListener("pointermove", (event) => to(event.clientY), { passive: true });
  document.addEventListener("pointerdown", (event) => to(event.clientY), { passive: true });
  document.addEventListener("focusin", (event) => {
    if (!event.target.matches(":focus-visible")) return;
    const box = event.target.getBoundingClientRect();
    to(box.top + Math.min(box.height, innerHeight) / 2);
  });
})();
