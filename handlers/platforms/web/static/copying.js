// Buttons that put a text on the clipboard.

import { notify } from "./notices.js";
import { $, say } from "./page.js";

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    if (!copyTheOldWay(button.dataset.copy)) return notify(say.sayNotCopied);
  }
  $("told").textContent = `${button.dataset.copied}: ${button.dataset.copy.slice(0, 60)}`;
  button.classList.add("copied");
  setTimeout(() => {
    button.classList.remove("copied");
    $("told").textContent = "";
  }, 1800);
}

// The clipboard of the browser is there on this computer and over https only.
function copyTheOldWay(text) {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
