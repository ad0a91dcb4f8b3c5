// The writing box, files dropped, pasted or picked, and the keys.

import { hand, press, speak } from "./asking.js";
import { $, drop, filePicker, words } from "./page.js";

function grow() {
  words.style.height = "auto";
  words.style.height = `${Math.min(words.scrollHeight, innerHeight * 0.4)}px`;
}

words.addEventListener("input", grow);
words.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  speak();
});

filePicker.addEventListener("change", () => {
  const files = [...filePicker.files];
  filePicker.value = "";
  hand(files);
});

document.addEventListener("paste", (event) => {
  if (!event.clipboardData?.files.length) return;
  event.preventDefault();
  hand([...event.clipboardData.files]);
});

document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  drop.hidden = false;
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.hidden = true;
});
document.addEventListener("drop", (event) => {
  drop.hidden = true;
  if (!event.dataTransfer.files.length) return;
  event.preventDefault();
  hand([...event.dataTransfer.files]);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  drop.hidden = true;
  $("notices").querySelectorAll(".notice:not(.network)").forEach((each) => each.remove());
  words.focus();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.id === "say") {
    event.preventDefault();
    speak();
  } else if (form.getAttribute("action") === "/press") {
    event.preventDefault();
    press(form, event.submitter);
  }
});
