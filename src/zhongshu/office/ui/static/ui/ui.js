// Pages work without this. Night switch, keys, dialogs, phrases, the zone of a scan beside its field.
"use strict";
const night = document.getElementById("night");
const one = (selector, inside = document) => inside.querySelector(selector);
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const typing = (target) => target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

// Night: the server reads the cookie, so the next page comes in the right colours.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-theme-switch]")) return;
  event.preventDefault();
  const dark = matchMedia(night.media).matches;
  night.media = dark ? "not all" : "screen";
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${dark ? "light" : "dark"}; path=/; max-age=31536000; samesite=lax${secure}`;
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
  const phrase = event.target.closest("[data-phrase]");
  if (phrase) {
    const field = document.getElementById(phrase.dataset.phrase);
    field.setRangeText(phrase.textContent, field.selectionStart, field.selectionEnd, "end");
    field.focus();
  }
  for (const menu of all("details.top-me[open]")) if (!menu.contains(event.target)) menu.open = false;
});

// Keys: one letter, on the row one stands on, or on the page.
const rows = () => all(".queue-what a");
const step = (by) => {
  const links = rows();
  const here = links.indexOf(document.activeElement);
  links[here < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + by))]?.focus();
};
const help = () => {
  const dialog = document.getElementById("keys");
  const list = one("[data-keys]", dialog);
  for (const old of all("[data-here]", list)) old.remove();
  const seen = new Set();
  for (const button of all("[data-key]")) {
    const key = button.dataset.key;
    if (seen.has(key)) continue;
    seen.add(key);
    const line = list.firstElementChild.cloneNode(true);
    line.dataset.here = "";
    one("dt", line).replaceChildren(Object.assign(document.createElement("kbd"), { textContent: key.toUpperCase() }));
    one("dd", line).textContent = [...button.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join("");
    list.append(line);
  }
  dialog.showModal();
};
const press = (key) => {
  const row = document.activeElement.closest(".queue-row") ?? one(".queue-row[aria-current]");
  const button = (row && one(`[data-key="${key}"]`, row)) ?? all("[data-key]").find((each) => each.dataset.key === key && !each.closest(".queue-row"));
  button?.click();
  return button;
};
document.addEventListener("keydown", (event) => {
  const writing = event.target.closest(".compose textarea");
  if (writing && (event.ctrlKey || event.metaKey) && event.key === "Enter") one("[data-rank=seal]", writing.form)?.click();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || one("dialog[open]:modal")) return;
  const known = { j: () => step(1), k: () => step(-1), "/": () => one("[type=search]")?.focus(), "?": help };
  const key = event.key.toLowerCase();
  if (known[key]) known[key]();
  else if (!/^[a-z]$/.test(key) || !press(key)) return;
  event.preventDefault();
});

document.addEventListener("focusin", ({ target }) => {
  const row = target.closest(".queue-row");
  if (row) for (const each of all(".queue-row[aria-current]")) each.removeAttribute("aria-current");
  row?.setAttribute("aria-current", "true");
  const name = target.closest("[data-zone]")?.dataset.zone;
  for (const zone of all(".zones [data-zone]")) zone.toggleAttribute("data-on", zone.dataset.zone === name);
});
