(m) => {
  // Whether the page lets itself be zoomed.
  const rows = [], e = document.querySelector("meta[name=viewport]"), content = (e?.content || "").toLowerCase();
  const most = parseFloat(/maximum-scale\s*=\s*([\d.]+)/.exec(content)?.[1] ?? "10");
  if (/user-scalable\s*=\s*(no|0)\b/.test(content) || most < 2) m.say(rows, "1.4.4", "failed", e, "Let people zoom: take user-scalable and maximum-scale away.");
  return rows;
}
