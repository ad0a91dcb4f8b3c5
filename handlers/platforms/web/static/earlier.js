// What was said before: fetched and put on top without moving what is being read.

import { markDays } from "./lines.js";
import { notify } from "./notices.js";
import { $, parse, say, scroller } from "./page.js";

document.addEventListener("click", async (event) => {
  if (event.target.id !== "earlier") return;
  event.preventDefault();
  const link = event.target;
  const address = link.getAttribute("href").replace("/?", "/lines?");
  const response = await fetch(address, { headers: { "X-Purr-Part": "1" } }).catch(() => null);
  if (!response?.ok) return notify(say.sayNotSent);
  const older = parse(await response.text());
  const height = scroller.scrollHeight;
  $("log").setAttribute("aria-live", "off");
  const lines = older.querySelectorAll(".line");
  link.replaceWith(...[older.querySelector("#earlier"), ...lines].filter(Boolean));
  markDays();
  scroller.scrollTop += scroller.scrollHeight - height;
  lines[lines.length - 1]?.focus({ preventScroll: true });
  setTimeout(() => $("log").setAttribute("aria-live", "polite"), 500);
});
