/* The page of preferences changes as something is chosen. Nothing is saved before Save; without this, Try it shows the
   same. */
"use strict";
(() => {
  const root = document.documentElement, form = document.getElementById("looks"), say = document.querySelector("[data-say]");
  if (!form) return;
  let pause;
  form.addEventListener("change", (event) => {
    const { name, value, type } = event.target;
    if (type !== "radio") return;
    if (event.target === form.querySelector("input[name=\"" + name + "\"]")) root.removeAttribute("data-" + name);
    else root.setAttribute("data-" + name, value);
    event.target.closest("label").scrollIntoView({ block: "nearest", behavior: "instant" }); // what moves is not lost
    clearTimeout(pause);
    pause = setTimeout(() => { say.textContent = ""; setTimeout(() => { say.textContent = form.dataset.previewed; }, 100); }, 900);
  });
})();
