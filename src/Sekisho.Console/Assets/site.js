// Little script: pages work without it. It only saves clicks.
"use strict";
document.addEventListener("click", event => {
  const button = event.target.closest("button[data-confirm]");
  if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
});
document.addEventListener("submit", event => {
  // One decision, one click: a second one while the first is under way says nothing new.
  const form = event.target;
  if (form.dataset.sent) { event.preventDefault(); return; }
  if (form.method === "post") form.dataset.sent = "yes";
});
