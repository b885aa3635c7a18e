/* The one script of every page: colour scheme, the `/` key, lists that filter as you type,
   and the search, which is fetched only when somebody searches. Runs in the head, so that
   the stored scheme is in force before anything is painted. Sets text, never HTML. */
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.remove("no-js");
  root.classList.add("js");
  const base = new URL("..", document.currentScript.src);
  const key = "tearsheet.scheme:" + base.pathname;
  const stored = (() => { try { return localStorage.getItem(key); } catch { return null; } })();
  if (stored === "light" || stored === "dark") root.dataset.scheme = stored;

  // The two fonts that every page needs, before the style asks for them. (A browser refuses
  // to preload a font from a folder, and loads it all the same when the style asks.)
  if (location.protocol !== "file:")
    for (const font of ["source-serif-4", "source-sans-3"]) {
      const hint = document.createElement("link");
      Object.assign(hint, { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "" });
      hint.href = new URL(`assets/fonts/${font}-latin-wght-normal.woff2`, base).href;
      document.head.append(hint);
    }

  function toggleScheme() {
    const dark = root.dataset.scheme
      ? root.dataset.scheme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.scheme = dark ? "light" : "dark";
    try { localStorage.setItem(key, root.dataset.scheme); } catch { /* storage is off: the page keeps the choice */ }
  }

  // ---------------------------------------------------------------- search
  let loading = null;
  function load(path) {
    return new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = new URL(path, base).href;
      script.onload = done;
      script.onerror = () => failed(new Error(path));
      document.head.append(script);
    });
  }
  function loadSearch() {
    if (!loading) {
      const style = document.createElement("link");
      style.rel = "stylesheet";
      style.href = new URL("pagefind/pagefind-component-ui.css", base).href;
      const first = document.querySelector('link[rel="stylesheet"]');
      first.before(style);
      const scripts = ["pagefind/pagefind-component-ui.js", ...["stem", "indexed", "finder", "asking", "search"].map((name) => `assets/${name}.js`)];
      if (location.protocol === "file:") scripts.push("assets/offline.js");
      loading = Promise.all(scripts.map(load));
    }
    return loading;
  }
  function openSearch() {
    loadSearch().then(() => window.tearsheetSearch.open(base), () => { location.href = new URL("search/index.html", base).href; });
  }
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

  addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target);
    const control = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!slash && !control) return;
    if (event.target.closest?.("dialog[open]")) return;
    event.preventDefault();
    openSearch();
  });

  // ---------------------------------------------------------------- from a folder, without a server
  /* Addresses end in a slash, and only a server knows that index.html is meant. */
  function nameTheFile(event) {
    const link = event.target.closest?.("a[href]");
    if (link && link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }
  if (location.protocol === "file:") for (const kind of ["click", "auxclick", "contextmenu"]) addEventListener(kind, nameTheFile, true);

  // ---------------------------------------------------------------- lists that filter as you type
  function sieve(box) {
    const list = box.parentElement.querySelector("[data-sieved]");
    const items = [...list.querySelectorAll(":scope > ul > li, tbody > tr")];
    if (items.length < 12) return;
    const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const words = items.map((item) => plain(item.textContent));
    box.hidden = false;
    box.querySelector("input").addEventListener("input", (event) => {
      const wanted = plain(event.target.value).split(/\s+/).filter(Boolean);
      let shown = 0;
      items.forEach((item, index) => {
        item.hidden = !wanted.every((word) => words[index].includes(word));
        shown += !item.hidden;
      });
      box.querySelector("output").textContent = wanted.length ? `${shown} / ${items.length}` : "";
    });
  }

  // ---------------------------------------------------------------- tables that sort by a column
  function sortable(place) {
    const body = place.querySelector("tbody");
    const heads = [...place.querySelectorAll("thead th")];
    if (!body || body.rows.length < 2) return;
    const value = (row, column) => row.cells[column].textContent.trim();
    const compare = new Intl.Collator(root.lang, { numeric: true }).compare;
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const plain = (text) => text.replace(/(\d),(?=\d{3})/g, "$1");
        const rows = [...body.rows].sort((a, b) => compare(plain(value(a, column)), plain(value(b, column))));
        body.append(...(down ? rows.reverse() : rows));
      });
    });
  }

  // ---------------------------------------------------------------- the source view's fates as buttons
  function fates(list) {
    const chosen = new Set();
    const units = [...document.querySelectorAll(".ledger > li")];
    const none = document.querySelector("[data-none]"); // the counts are of the whole source
    for (const item of list.children) {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-pressed", "false");
      button.append(...item.childNodes);
      item.append(button);
      button.addEventListener("click", () => {
        const fate = "fate-" + item.dataset.fate;
        if (!chosen.delete(fate)) chosen.add(fate);
        button.setAttribute("aria-pressed", String(chosen.has(fate)));
        for (const unit of units) unit.hidden = chosen.size > 0 && !chosen.has(unit.className);
        none.textContent = units.every((unit) => unit.hidden) ? none.dataset.none : "";
      });
    }
  }

  // ---------------------------------------------------------------- a link to every paragraph
  function pilcrows(body) {
    for (const block of body.querySelectorAll(":scope > [id]")) {
      const link = document.createElement("a");
      link.className = "ts-pilcrow headerlink";
      link.href = "#" + block.id;
      link.textContent = "¶";
      link.tabIndex = -1; // a hundred more stops would bury the links of the text
      link.setAttribute("aria-hidden", "true");
      link.addEventListener("click", () => { navigator.clipboard?.writeText(link.href).catch(() => {}); });
      block.append(link);
    }
  }

  // ---------------------------------------------------------------- words that a search found
  function markWords(place, wanted) {
    const plain = wanted.map((word) => word.replace(/[^\p{L}\p{N}]+/gu, "\\P{L}+")).filter(Boolean);
    if (!plain.length) return;
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${plain.join("|")})(?![\\p{L}\\p{N}])`, "giu");
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const pieces = text.data.split(pattern);
      if (pieces.length < 2) continue;
      text.replaceWith(...pieces.map((piece, index) => {
        if (index % 2 === 0) return piece;
        const mark = document.createElement("mark");
        mark.textContent = piece;
        return mark;
      }));
    }
  }

  // ---------------------------------------------------------------- who a linked name is
  /* A small card under a linked name, on hover and focus, with what the list of names on this
     page says of it: nothing is fetched. Escape puts it away. */
  function hints(body) {
    const words = JSON.parse(document.getElementById("ts-words").textContent);
    const names = new Map([...document.querySelectorAll(".ts-names a")].map((link) => [link.pathname, link]));
    const card = document.createElement("div");
    card.className = "ts-hint";
    card.id = "ts-hint";
    card.setAttribute("role", "tooltip");
    card.hidden = true;
    document.body.append(card);
    const line = (name, text) => Object.assign(document.createElement("span"), { className: name, textContent: text });
    const hide = () => { card.hidden = true; };
    function show(link) {
      const known = names.get(link.pathname);
      if (!known) return;
      const [label, count] = known.children;
      const often = count.textContent === "1" ? words.hint_once : `${count.textContent} ${words.hint_often}`;
      card.replaceChildren(line("ts-hint__kind", known.closest("ul").dataset.kind), line("ts-hint__label", label.textContent), line("ts-hint__count", often));
      card.hidden = false;
      const at = link.getClientRects()[0];
      const room = document.documentElement.clientWidth - card.offsetWidth - 8;
      card.style.left = `${scrollX + Math.max(8, Math.min(at.left, room))}px`;
      card.style.top = `${scrollY + at.bottom + 6}px`;
      link.setAttribute("aria-describedby", card.id);
    }
    for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
      body.addEventListener(begin, (event) => { const link = event.target.closest("a.entity"); if (link) show(link); });
      body.addEventListener(end, hide);
    }
    addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  }

  addEventListener("DOMContentLoaded", () => {
    document.querySelector("[data-scheme-toggle]")?.addEventListener("click", toggleScheme);
    for (const opener of document.querySelectorAll("[data-search-open]")) {
      opener.addEventListener("pointerenter", loadSearch, { once: true });
      opener.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        openSearch();
      });
    }
    document.querySelectorAll("[data-sieve]").forEach(sieve);
    document.querySelectorAll("[data-fates]").forEach(fates);
    document.querySelectorAll("[data-sortable]").forEach(sortable);
    const found = new URLSearchParams(location.search).getAll("mark").slice(0, 12);
    for (const place of document.querySelectorAll(".ts-body, .ts-standfirst, .ts-aliases")) markWords(place, found);
    const body = document.querySelector(".ts-body");
    if (body) {
      pilcrows(body);
      hints(body);
    }
    if (document.querySelector("[data-search-page]")) loadSearch().then(() => window.tearsheetSearch.page(base));
  });
})();
