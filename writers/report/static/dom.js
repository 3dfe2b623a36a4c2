// Elements. Text of documents is only ever set as text; markup is never parsed.

const SVG = "http://www.w3.org/2000/svg";
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;

/** The text with letters that turn the reading direction shown by their code. */
function visible(text) {
  return String(text).replace(
    TURNING,
    (letter) => `⟦U+${letter.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟧`,
  );
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(3).filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

/** An HTML element; "td.wide" sets a class. */
function h(tag, properties, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  return fill(element, properties, children);
}

/** An SVG element. */
function s(tag, properties, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElementNS(SVG, name);
  if (classes.length) element.setAttribute("class", classes.join(" "));
  return fill(element, properties, children);
}

/** Text of a document, kept apart from the direction of what stands around it. */
function quoted(text, tag = "bdi") {
  return h(tag, null, visible(text ?? ""));
}

/** A wide thing in a frame of its own, so that the page itself never scrolls sideways. */
function scrolled(label, ...content) {
  return h("div.scroll", { tabindex: "0", role: "group", "aria-label": label }, ...content);
}

function link(hash, ...children) {
  return h("a", { href: hash }, ...children);
}

/** Hands text to the reader as a file. */
function download(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

function announce(text) {
  document.getElementById("say").textContent = text;
}
