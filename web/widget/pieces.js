// SPDX-License-Identifier: GPL-3.0-or-later
// Small makers of elements and texts.

/** An element with attributes, listeners (functions) and children; words always become text nodes. */
function make(tag, attributes, ...children) {
  const drawn = tag === "svg" || tag === "path";
  const element = drawn ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** What every part has: a class, a name for ::part() and one for tests. */
const mark = (name, more) => ({ class: name, part: name, "data-test": name, ...more });

const icon = (d, width = "2") =>
  make("svg", { viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "stroke-width": width, "aria-hidden": "true",
    "stroke-linecap": "round", "stroke-linejoin": "round" }, make("path", { d }));

/** An absolute address that does no harm when it is followed, else nothing: never javascript:, data: and the like. */
function safe(address, base) {
  try {
    const url = new URL(address, base);
    return /^(https?|mailto):$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** JSON knows no half surrogates. */
const whole = (text) => text.replace(/[\ud800-\udfff]/gu, "\ufffd");

const bytes = (text) => new TextEncoder().encode(text).length;

const anchor = (href, words) => make("a", { href, target: "_blank", rel: "noopener noreferrer" }, words);

/** Text with its addresses made into links. One ends at the first sign that is not ASCII: Chinese has no blanks. */
function linked(text) {
  const pieces = [];
  let at = 0;
  for (const match of text.matchAll(/\b(?:https?:\/\/|mailto:)[!#-&(-;=?-_a-z~]+|[\w.+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63})+/gi)) {
    let words = match[0].replace(/[.,;:!?*_\]]+$/, "");
    if (words.endsWith(")") && !words.includes("(")) words = words.slice(0, -1).replace(/[.,;:!?]+$/, "");
    const href = safe(words.includes(":") ? words : "mailto:" + words);
    if (!href) continue;
    pieces.push(text.slice(at, match.index), anchor(href, words));
    at = match.index + words.length;
  }
  pieces.push(text.slice(at));
  return pieces;
}

function setText(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** The time of day, with the day when it is another one. */
function moment(iso, language) {
  const time = new Date(iso);
  if (isNaN(time)) return "";
  const day = time.toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "short" };
  return time.toLocaleString(language, { hour: "numeric", minute: "2-digit", ...day });
}

/** A small fact about this tab alone. */
function recall(name, value) {
  try {
    if (value === undefined) return sessionStorage.getItem("spoc:" + name) === "true";
    sessionStorage.setItem("spoc:" + name, String(value));
  } catch {
    return false;
  }
}

/** Black or white, whichever is read more easily on that colour (WCAG 2.2, relative luminance). */
function readableOn(colour) {
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(colour)?.[1];
  if (!hex) return null;
  const parts = hex.length === 3 ? [...hex].map((c) => c + c) : hex.match(/../g);
  const [r, g, b] = parts.map((part) => {
    const c = parseInt(part, 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
}
