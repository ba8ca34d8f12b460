// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the element on the page that the script tag stands in; its data- attributes become the element's.

if (!customElements.get("spoc-chat")) customElements.define("spoc-chat", SpocChat);

const script = document.currentScript;
if (script && !document.querySelector("spoc-chat")) {
  const { desk, language, theme, accent, side, server } = script.dataset;
  const element = make("spoc-chat",
    { desk, language, theme, accent, side, server: server || new URL(script.src, location.href).origin });
  if (document.body) document.body.append(element);
  else addEventListener("DOMContentLoaded", () => document.body.append(element));
}
