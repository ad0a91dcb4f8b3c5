// Lines arrive, change and stay in the order they were said; the page moves as little as it can.

import { $, newest, pace, scroller, touch, words } from "./page.js";

// The same line may come twice, as an answer and in the live stream: what did not change stays, with all that is typed in it.
function placeLine(line) {
  const old = $(line.id);
  if (old?.dataset.version === line.dataset.version) return old;
  if (old) old.replaceWith(line);
  else insert(line);
  return line;
}

function insert(line) {
  const lines = [...$("log").querySelectorAll(".line[id]")];
  // Older than all that is shown: it comes with what was said before, when that is asked for.
  if ($("earlier") && Number(line.dataset.at) < Number(lines[0]?.dataset.at)) return;
  const before = lines.findLast((other) => Number(other.dataset.at) <= Number(line.dataset.at));
  const first = $("log").querySelector(".day, .line");
  if (before) before.after(line);
  else if (first) first.before(line);
  else $("log").append(line);
}

export function showLines(fragment) {
  const low = atBottom();
  const lines = [...fragment.querySelectorAll(".line")];
  const placed = lines.map(placeLine).filter((line) => line.isConnected);
  if (!placed.some((line) => lines.includes(line))) return placed;
  $("log").querySelector(".empty")?.remove();
  markDays();
  if (low) toBottom();
  else newest.hidden = atBottom();
  return placed;
}

// After too long, or when somebody was erased: what is not among these lines may be gone, and is fetched again when it is wanted.
export function takeAway(fragment) {
  const kept = new Set([...fragment.querySelectorAll(".line")].map((line) => line.id));
  for (const shown of $("log").querySelectorAll(".line[id], .day, #earlier")) if (!kept.has(shown.id)) shown.remove();
  const earlier = fragment.querySelector("#earlier");
  if (earlier) $("log").prepend(earlier);
  markDays();
}

export function markDays() {
  let last = "";
  for (const line of $("log").querySelectorAll(".line[id]")) {
    const before = line.previousElementSibling;
    const sign = before?.matches(".day") ? before : null;
    if (line.dataset.day === last) sign?.remove();
    else if (!sign) line.before(daySign(line.dataset.day));
    last = line.dataset.day;
  }
}

function daySign(day) {
  const sign = document.createElement("p");
  sign.className = "day";
  sign.textContent = dayName(day);
  return sign;
}

function dayName(day) {
  const [year, month, date] = day.split("-").map(Number);
  const then = new Date(year, month - 1, date);
  const now = new Date();
  const away = Math.round((then - new Date(now.getFullYear(), now.getMonth(), now.getDate())) / 86400000);
  const language = document.documentElement.lang;
  if (away > -2 && away < 2) return new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(away, "day");
  const parts = { weekday: "long", day: "numeric", month: "long" };
  if (year !== now.getFullYear()) parts.year = "numeric";
  return new Intl.DateTimeFormat(language, parts).format(then);
}

export function atBottom() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 120;
}

export function toBottom() {
  scroller.scrollTo({ top: scroller.scrollHeight });
  newest.hidden = true;
}

export function bringUp(line) {
  const top = line.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  const tall = line.offsetHeight > scroller.clientHeight - 24;
  if (tall) scroller.scrollBy({ top: top - 12, behavior: pace() });
  else line.scrollIntoView({ block: "nearest", behavior: pace() });
}

export function focusOn(line) {
  const wrong = line.querySelector("[aria-invalid=true], .wrong input");
  const question = wrong ?? (touch.matches ? null : line.querySelector(".form :is(input:not([type=hidden]), textarea, select)"));
  (question ?? line).focus({ preventScroll: true });
  bringUp(line);
}

newest.addEventListener("click", () => {
  toBottom();
  words.focus();
});
scroller.addEventListener("scroll", () => {
  if (atBottom()) newest.hidden = true;
}, { passive: true });
