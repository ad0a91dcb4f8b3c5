// What the owner says, presses and hands over, and the lines that come back.

import { bringUp, atBottom, focusOn, showLines, toBottom } from "./lines.js";
import { notify } from "./notices.js";
import { $, parse, say, scroller, waiting, words } from "./page.js";

const csrf = document.querySelector("#press [name=csrf]").value;

async function ask(address, data, waitingFor) {
  wait(waitingFor);
  try {
    const response = await fetch(address, { method: "POST", body: data, headers: { "X-Purr-Part": "1", "X-Csrf": csrf } });
    const fragment = parse(await response.text());
    if (response.ok) return answered(fragment);
    notify(fragment.querySelector(".notice")?.textContent ?? say.sayNotSent);
  } catch {
    notify(say.sayNotSent);
  } finally {
    wait("");
  }
  return null;
}

export function answered(fragment) {
  const answer = fragment.firstElementChild;
  const { business, language, title } = answer.dataset;
  if (business !== say.business || language !== document.documentElement.lang) location.reload();
  retitle(title);
  return showLines(fragment);
}

function retitle(title) {
  if ($("title").textContent === title) return;
  $("title").textContent = title;
  document.title = title === "Purr" ? title : `${title} · Purr`;
}

let waits = 0;

function wait(text) {
  waits += text ? 1 : -1;
  if (text) waiting.firstElementChild.textContent = text;
  const low = atBottom();
  waiting.hidden = waits === 0;
  scroller.setAttribute("aria-busy", String(waits > 0));
  if (low) toBottom();
}

export async function speak() {
  const text = words.value.trim();
  if (!text) return;
  const data = new FormData();
  data.append("text", text);
  const own = ownBubble(text);
  write("");
  const placed = await ask("/say", data, say.sayWaiting);
  own.remove();
  if (placed) settle(placed);
  else if (!words.value) write(text);
  words.focus();
}

export async function hand(files) {
  if (!files.length) return;
  const limit = Number(say.limit);
  if ([...files].reduce((sum, file) => sum + file.size, 0) > limit) return notify(say.sayTooBig);
  const data = new FormData();
  for (const file of files) data.append("files", file);
  const own = ownBubble([...files].map((file) => file.name).join("\n"));
  const placed = await ask("/say", data, say.sayReading);
  own.remove();
  if (placed) settle(placed);
}

function settle(placed) {
  const fresh = placed.find((line) => line.matches(".purr")) ?? placed.at(-1);
  toBottom();
  if (fresh) bringUp(fresh);
}

function ownBubble(text) {
  const own = parse('<article class="line mine sending"><div class="said"><section class="bubble"><div class="text"><p></p></div></section></div></article>').firstChild;
  own.querySelector("p").textContent = text;
  $("log").append(own);
  toBottom();
  return own;
}

export async function press(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  const line = (button ?? form).closest(".line");
  const alive = button?.classList.contains("look");
  const stilled = alive ? [button] : [...line.querySelectorAll("button")];
  stilled.forEach((each) => (each.disabled = true));
  button?.classList.add("pressed");
  const placed = await ask("/press", data, say.sayWaiting);
  stilled.forEach((each) => (each.disabled = false));
  button?.classList.remove("pressed");
  if (placed?.length) focusOn(answerTo($(line.id) ?? line, placed));
}

// What an answer brought up to date further up, such as the morning list, is no answer: the eye stays where the hand is.
function answerTo(pressed, placed) {
  const below = placed.filter((each) => each.matches(".purr") && pressed.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING);
  return below.at(-1) ?? pressed;
}

function write(text) {
  words.value = text;
  words.dispatchEvent(new Event("input"));
}
