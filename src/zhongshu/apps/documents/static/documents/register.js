// The tray and the split view. Pages work without this: dropping, keys, and what moves the scan.
"use strict";
{
  const one = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];

  // Dropping: each file goes by itself, so that a batch is not one long wait, and each has its answer.
  const drop = one("[data-drop]");
  const send = async (files) => {
    const list = one(".drop-list", drop);
    for (const file of files) {
      const body = new FormData(drop);
      body.delete("papers");
      body.append("papers", file, file.name);
      body.append("part", "1");
      const answer = await fetch(drop.action, { method: "POST", body });
      const said = new DOMParser().parseFromString(await answer.text(), "text/html");
      const rows = all("li", said.body);
      if (answer.ok && rows.length) list.append(...rows);
      else list.append(Object.assign(document.createElement("li"), { textContent: `${file.name} ${answer.status}` }));
    }
    if (one("[data-refused]", list) === null) location.assign(`${drop.dataset.done}?batch=${one("[name=batch]", drop).value}`);
  };
  if (drop) {
    drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.toggleAttribute("data-over", true); });
    drop.addEventListener("dragleave", () => drop.removeAttribute("data-over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.removeAttribute("data-over");
      const { files } = event.dataTransfer;
      if (files.length > 1) { send(files); return; }
      one("[type=file]", drop).files = files;
      drop.requestSubmit();
    });
    drop.addEventListener("submit", (event) => {
      const { files } = one("[type=file]", drop);
      if (files.length < 2) return;
      event.preventDefault();
      send(files);
    });
  }

  // The scan: larger, smaller, turned; page by page; and a place on it beside its field.
  const scan = one(".register-scan");
  if (scan) {
    for (const tools of all("[data-scans]")) tools.hidden = false;
    const step = (name, by, from, to) => {
      const now = Number(scan.dataset[name] ?? 0) + by;
      scan.dataset[name] = to === undefined ? (now + from) % from : Math.max(from, Math.min(to, now));
    };
    const page = (by) => {
      const pages = all(".scan", scan);
      const here = pages.findLastIndex((each) => each.offsetTop <= scan.scrollTop + 80);
      pages[Math.max(0, Math.min(pages.length - 1, here + by))].scrollIntoView({ block: "start" });
    };
    const tools = {
      out: () => step("zoom", -1, -1, 3), in: () => step("zoom", 1, -1, 3), turn: () => step("turn", 1, 4),
      before: () => page(-1), after: () => page(1),
    };
    scan.addEventListener("click", ({ target }) => {
      tools[target.closest("[data-scan]")?.dataset.scan]?.();
      const zone = target.closest(".zones [data-zone]");
      if (zone) one(`.field[data-zone="${zone.dataset.zone}"] :is(input, select, textarea)`)?.focus();
    });
    document.addEventListener("focusin", ({ target }) => {
      const name = target.closest(".field[data-zone]")?.dataset.zone;
      const place = name && one(`.zones [data-zone="${name}"]`);
      if (place) place.scrollIntoView({ block: "nearest" });
    });
  }

  // Keys: Enter goes to the next field, Ctrl and Enter registers.
  const entry = one("[data-entry]");
  if (entry) {
    const main = one("[name=enter]");
    const fields = () => all("input:not([type=hidden]), select, textarea", entry).filter((each) => each.offsetParent);
    for (const button of all("[data-ticks]")) button.hidden = false;
    const doubtful = one("[aria-invalid=true]", entry) ?? one(":is([data-sure=low], [data-sure=mid]) :is(input, select)", entry);
    (doubtful ?? (scan ? main : fields()[0])).focus({ preventScroll: true });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        main.click();
      } else if (entry.contains(event.target) && event.target.matches("input, select")) {
        event.preventDefault();
        const every = fields();
        (every[every.indexOf(event.target) + 1] ?? main).focus();
      }
    });
    entry.addEventListener("click", ({ target }) => {
      if (target.matches("[data-ticks]")) for (const box of all("[name=checks]", entry)) box.checked = true;
    });
  }
}
