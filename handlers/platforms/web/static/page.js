// The parts of the page that every other part needs.

export const $ = (id) => document.getElementById(id);
export const [scroller, words, filePicker, waiting, newest, drop] = ["scroll", "words", "files", "waiting", "newest", "drop"].map($);
export const say = document.body.dataset;
export const touch = matchMedia("(pointer: coarse)");

const calm = matchMedia("(prefers-reduced-motion: reduce)");
export const pace = () => (calm.matches ? "auto" : "smooth");

export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}
