// SPDX-License-Identifier: GPL-3.0-or-later
// Search as one types on the help pages; without it the form is sent as any other.
"use strict";
(() => {
  const form = document.querySelector("form.search"), box = document.getElementById("q");
  const said = document.getElementById("said"), found = document.getElementById("found");
  if (!form || !box || !said || !found) return;
  let timer = 0, turn = 0;

  const clear = () => {
    turn += 1;
    said.textContent = "";
    found.replaceChildren();
    found.hidden = true;
  };

  const row = (one) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = one.url;
    link.lang = one.language;
    link.textContent = one.title;
    item.append(link);
    return item;
  };

  const ask = async () => {
    const words = box.value.trim(), mine = ++turn;
    if (!words) return clear();
    const wish = new URLSearchParams(new FormData(form));
    wish.set("q", words);
    wish.set("as", "json");
    try {
      const answer = await fetch(form.action + "?" + wish, {credentials: "omit"});
      const got = answer.ok ? await answer.json() : null;
      // An older question's answer may come after a newer one's.
      if (!got || mine !== turn) return;
      said.textContent = got.said;
      found.replaceChildren(...got.articles.map(row));
      found.hidden = !got.articles.length;
    } catch {
      clear();
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !found.hidden) {
      clear();
      box.focus();
      event.preventDefault();
    }
    const links = [...found.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (!step || !links.length || (at < 0 && step < 0)) return;
    event.preventDefault();
    (links[at + step] || (at + step < 0 ? box : links[at])).focus();
  });
})();
