// Checks the policy's text on the server while it is typed. Without it the "Check" button does the same.
"use strict";
const box = document.querySelector("textarea[data-validate]");
if (box) {
  const list = document.getElementById("text-errors");
  let timer = 0, asked = 0;
  const show = errors => {
    list.replaceChildren();
    if (errors.length === 0) {
      const ok = document.createElement("p");
      ok.className = "note ok";
      ok.textContent = box.dataset.ok;
      list.append(ok);
    }
    const lines = box.value.split("\n");
    for (const error of errors) {
      const line = document.createElement("p");
      line.className = "error";
      const jump = document.createElement("button");
      jump.type = "button";
      jump.className = "plain jump";
      jump.textContent = `${box.dataset.line} ${error.line}: ${error.message}`;
      jump.addEventListener("click", () => {
        const start = lines.slice(0, error.line - 1).reduce((n, l) => n + l.length + 1, 0);
        box.focus();
        box.setSelectionRange(start, start + (lines[error.line - 1] || "").length);
      });
      line.append(jump);
      const mark = document.createElement("pre");
      mark.className = "marked";
      mark.textContent = `▶ ${(lines[error.line - 1] || "").slice(0, 200)}`;
      list.append(line, mark);
    }
  };
  const check = async () => {
    const mine = ++asked;
    const form = new FormData();
    form.append("text", box.value);
    form.append("__RequestVerificationToken", box.form.elements["__RequestVerificationToken"].value);
    try {
      const answer = await fetch(box.dataset.validate, { method: "POST", body: new URLSearchParams(form), redirect: "error" });
      if (answer.ok && mine === asked) show(await answer.json());
    } catch { /* The button remains. */ }
  };
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(check, 600); });
}
