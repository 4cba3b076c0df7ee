/* Of a group of choices only one is reached by Tab, the rest by arrows. Who has no arrows (two switches: Tab and a press)
   finds a button behind the group that chooses the next one. Who uses arrows never meets it. */
"use strict";
(() => {
  const next = document.querySelector("[data-next-choice]");
  if (!next) return;
  let arrows = false;
  document.addEventListener("keydown", (event) => {
    const radio = event.target;
    if (event.key.startsWith("Arrow")) arrows = true;
    if (event.key !== "Tab" || event.shiftKey || arrows || radio.type !== "radio") return;
    (radio.closest(".choices") ?? radio.closest("label")).after(next);
    next.dataset.nextChoice = radio.name;
    next.hidden = false;
  });
  next.addEventListener("click", () => {
    const all = [...(next.closest("form") ?? document).querySelectorAll("input[type=radio]:enabled")];
    const group = all.filter((each) => each.name === next.dataset.nextChoice);
    const radio = group[(group.findIndex((each) => each.checked) + 1) % group.length];
    radio.checked = true;
    ["input", "change"].forEach((name) => radio.dispatchEvent(new Event(name, { bubbles: true })));
    radio.closest("label").scrollIntoView({ block: "nearest" });
    const region = document.querySelector("[data-say]");
    if (region) region.textContent = radio.labels[0].innerText;
  });
  next.addEventListener("blur", () => { next.hidden = true; });
})();
