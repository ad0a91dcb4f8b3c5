// The live stream, and coming back after it was lost.

import { answered } from "./asking.js";
import { showLines, takeAway } from "./lines.js";
import { notify, reconnected } from "./notices.js";
import { parse, say } from "./page.js";

let mark = say.after;
let stream = null;
let worried = 0;

export function listen() {
  stream?.close();
  stream = new EventSource(`/events?after=${encodeURIComponent(mark)}`);
  stream.addEventListener("open", () => {
    clearTimeout(worried);
    worried = 0;
    reconnected();
  });
  stream.addEventListener("line", (event) => {
    mark = event.lastEventId;
    showLines(parse(JSON.parse(event.data)));
  });
  stream.addEventListener("stale", refresh);
  stream.addEventListener("error", lost);
}

function lost() {
  // A short hiccup is not worth a word: the browser is back within two seconds.
  worried ||= setTimeout(() => notify(say.sayLost, "network"), 2500);
  if (stream.readyState === EventSource.CLOSED) setTimeout(refresh, 1000);
}

async function refresh() {
  try {
    const response = await fetch("/lines", { headers: { "X-Purr-Part": "1" } });
    if (response.status === 403) {
      clearTimeout(worried);
      reconnected();
      return notify(say.sayRestarted, "network");
    }
    if (!response.ok) throw new Error(String(response.status));
    mark = response.headers.get("X-Purr-Mark");
    const fragment = parse(await response.text());
    takeAway(fragment);
    answered(fragment);
    if (stream.readyState === EventSource.CLOSED) listen();
  } catch {
    if (stream.readyState === EventSource.CLOSED) setTimeout(refresh, 1000);
  }
}
