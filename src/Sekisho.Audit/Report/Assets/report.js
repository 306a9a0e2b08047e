// The page is readable without this. It sorts the tables and keeps the page's own language in step with the switch.
"use strict";
(() => {
  const root = document.documentElement;
  const choices = [...document.querySelectorAll("input[name=language]")];
  const speak = () => {
    const code = choices.find(c => c.checked).value;
    root.lang = code;
    document.title = document.body.dataset[code];
  };
  choices.forEach(c => c.addEventListener("change", speak));
  speak();

  // What is asked for by a link is opened; a language or a place kept by the browser from last time holds.
  const open = () => {
    const found = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    found && found.querySelectorAll(".what > details").forEach(d => { d.open = true; });
  };
  addEventListener("hashchange", open);
  open();

  const text = new Intl.Collator(undefined, { numeric: true });
  const keyOf = (cell, number) => {
    const key = cell.dataset.key ?? cell.textContent.trim();
    if (!number) return key;
    const value = parseFloat(key.replaceAll(",", ""));
    return Number.isNaN(value) ? -1 : value;
  };
  const sort = (table, heading) => {
    const column = heading.cellIndex, number = heading.dataset.type === "number";
    const before = heading.getAttribute("aria-sort");
    const falling = before ? before === "ascending" : number && heading.dataset.first !== "low";
    for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
    // Where each thing is a group of rows, the groups are put in order, by their first row.
    const groups = table.dataset.sort === "groups", body = groups ? table : table.tBodies[0];
    const things = [...(groups ? table.tBodies : body.rows)].map(thing => ({ thing, key: keyOf((groups ? thing.rows[0] : thing).cells[column], number) }));
    things.sort((a, b) => (falling ? -1 : 1) * (number ? a.key - b.key : text.compare(a.key, b.key)));
    things.forEach((t, i) => t.thing.classList.toggle("rest", i >= Number(table.dataset.first)));
    body.append(...things.map(t => t.thing));
  };
  for (const table of document.querySelectorAll("table[data-sort]")) {
    table.classList.add("sortable");
    for (const heading of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, heading));
      heading.append(button);
    }
  }

  // Browsers that cannot show the inside of something closed on paper.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".what > details:not([open]), details.printed:not([open])")].filter(d => d.checkVisibility());
    opened.forEach(d => { d.open = true; });
  });
  addEventListener("afterprint", () => { opened.forEach(d => { d.open = false; }); opened = []; });
})();
