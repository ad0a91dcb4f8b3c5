// The page works without scripts; with them nothing reloads: lines arrive, change and are answered in place.

import "./copying.js";
import "./earlier.js";
import { markDays, toBottom } from "./lines.js";
import { listen } from "./listening.js";
import { touch, words } from "./page.js";
import "./writing.js";

document.documentElement.classList.add("scripted");
markDays();
toBottom();
if (!touch.matches) words.focus();
listen();
