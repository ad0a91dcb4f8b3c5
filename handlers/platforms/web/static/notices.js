// One honest line above the writing box, until it is read or no longer true.

import { $, say } from "./page.js";

export function notify(text, kind = "") {
  const same = [...$("notices").children].find((each) => each.firstChild.textContent === text);
  if (same) return;
  const notice = document.createElement("p");
  notice.className = `notice ${kind}`;
  notice.append(text);
  const close = document.createElement("button");
  close.type = "button";
  close.setAttribute("aria-label", say.sayClose);
  close.textContent = "×";
  close.addEventListener("click", () => notice.remove());
  if (!kind) notice.append(close);
  $("notices").append(notice);
}

export function reconnected() {
  $("notices").querySelectorAll(".network").forEach((each) => each.remove());
}
