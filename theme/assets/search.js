/* The search: Pagefind's components, laid out for an archive, with what they lack (a sort,
   excerpts by paragraph, the state in the address) on their instance API. Fetched only when
   somebody searches. Source text reaches the page through textContent alone. */
"use strict";
window.tearsheetSearch = (() => {
  const words = JSON.parse(document.getElementById("ts-words").textContent);
  const STEPS = [20, 60, 200]; // results shown, and after each "Show more"; theme/assets/tearsheet.css hides the others
  const MOST_RESULTS = 200; // rows laid out at once; the summary tells how many there are
  const MOST_EXCERPTS = 2; // paragraphs quoted for one result
  const EXCERPT_WORDS = 32;
  const LEAD_WORDS = 8; // words before the first hit of an excerpt
  const MARKED_WORDS = 6; // words to be marked on the page that a result leads to
  const LONG_FACET = 12; // values from which a facet gets a field to filter them
  const ANCHOR = /^(u\d+|about|names)$/; // a paragraph, or what an entity's page says of its names
  const FACETS = ["kind", "publication", "year", "month", "people", "organisations", "places", "topics", "completeness", "language"];
  const NAMES = ["people", "organisations", "places", "publication"];
  const FARTHEST = 0.34; // of a word's letters may differ in a name offered instead
  const SORTS = ["relevance", "newest", "oldest"];

  // Pagefind finds no filter value with a quotation mark or a backslash in it: they are indexed
  // as private characters (hooks/tearsheet_hooks.py), and turned back wherever they are shown.
  const shown = (value) => value.replaceAll("\ue022", '"').replaceAll("\ue05c", "\\");
  const stored = (value) => value.replaceAll('"', "\ue022").replaceAll("\\", "\ue05c");

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // ---------------------------------------------------------------- one result
  function result(found, query, base) {
    const meta = found.meta ?? {};
    const facts = [meta.kind, meta.publication, meta.date].filter(Boolean);
    const address = local(found.url);
    const link = element("a", { class: "ts-result__title-link", href: address, dir: "auto" }, meta.title || found.url);
    const passages = excerpts(found);
    const marked = new Set(passages.flatMap((passage) => passage.hits));
    const list = element("ul", { class: "ts-result__excerpts" });
    for (const passage of passages) list.append(element("li", {}, excerpt(passage, address, marked)));
    const also = passages.some((passage) => passage.hits.length) ? [] : otherNames(found, query);
    if (also.length) list.prepend(element("li", { class: "ts-result__why" }, `${words.search_also_written} `, ...also.flatMap((name, index) => [index ? ", " : "", element("mark", {}, name)])));
    if (meta.facet) list.append(element("li", {}, recordsThatName(meta, base)));
    return element(
      "li", { class: "ts-result" },
      element("p", { class: "ts-result__title" }, link),
      element("p", { class: "ts-result__facts" }, ...facts.map((fact) => element("span", { dir: "auto" }, fact))),
      list,
    );
  }

  /* A record can be found by a name that it does not use: another spelling of one that it does. */
  function otherNames(found, asked) {
    const wanted = simple(asked).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const names = (found.meta?.names ?? "").split("; ");
    return names.filter((name) => name && wanted.some((word) => simple(name).split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)))).slice(0, 3);
  }

  function recordsThatName(meta, base) {
    const link = element("a", { class: "ts-result__more" }, words.search_records_that_name);
    const url = new URL(location.protocol === "file:" ? "search/index.html" : "search/", base);
    url.searchParams.set("kind", words.one_record);
    url.searchParams.set(meta.facet, meta.title);
    link.href = url.href;
    return link;
  }

  function local(address) {
    const url = new URL(address, location.href);
    return url.origin === location.origin ? url.pathname : "#";
  }

  function excerpt(passage, address, marked) {
    const text = passage.anchor ? element("a", { dir: "auto" }) : element("p", { dir: "auto" });
    if (passage.anchor) {
      const query = new URLSearchParams([...marked].slice(0, MARKED_WORDS).map((word) => ["mark", word]));
      text.href = `${address}${marked.size ? `?${query}` : ""}#${passage.anchor}`;
    }
    if (passage.cutBefore) text.append("… ");
    passage.words.forEach((word, index) => {
      if (index) text.append(" ");
      text.append(...(passage.isHit[index] ? hit(word) : [word]));
    });
    if (passage.cutAfter) text.append(" …");
    return text;
  }

  function core(word) {
    return word.match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su).slice(1);
  }

  function hit(word) {
    const [before, inner, after] = core(word);
    return [before, element("mark", {}, inner || word), inner ? after : ""].filter(Boolean);
  }

  /* The paragraphs with most to show, each cut to a few words around its first hit. Pagefind
     numbers words as this split does; its own excerpts come as HTML, and these never do. */
  function excerpts(found) {
    const all = (found.content ?? "").split(/[\r\n\s]+/g);
    const anchors = (found.anchors ?? []).filter((one) => ANCHOR.test(one.id)).sort((a, b) => a.location - b.location);
    const passages = new Map();
    const title = anchors.length ? 0 : (found.meta?.title ?? "").split(/\s+/).length;
    for (const { location: at, balanced_score: score, weight } of found.weighted_locations ?? []) {
      const index = anchors.findLastIndex((one) => one.location <= at);
      if (index < 0 && (anchors.length || at < title)) continue; // in the title or the byline, which are shown anyway
      const passage = passages.get(index) ?? { index, score: 0, at: [] };
      passage.score += score ?? weight ?? 1;
      passage.at.push(at);
      passages.set(index, passage);
    }
    if (!passages.size && !anchors.length) return []; // the page of a name that is all there is to it
    if (!passages.size) passages.set(0, { index: anchors.length ? 0 : -1, score: 0, at: [] });
    const best = [...passages.values()].sort((a, b) => b.score - a.score).slice(0, MOST_EXCERPTS);
    return best.sort((a, b) => a.index - b.index).map((passage) => cut(passage, all, anchors)).filter((one) => one.words.length);
  }

  function cut(passage, all, anchors) {
    const from = anchors[passage.index]?.location ?? 0;
    const to = anchors[passage.index + 1]?.location ?? all.length;
    const first = passage.at.length ? Math.min(...passage.at) : from;
    const start = Math.max(from, Math.min(first - LEAD_WORDS, to - EXCERPT_WORDS));
    const end = Math.min(to, start + EXCERPT_WORDS);
    const hits = new Set(passage.at);
    return {
      anchor: anchors[passage.index]?.id,
      words: all.slice(start, end),
      isHit: all.slice(start, end).map((_, index) => hits.has(start + index)),
      hits: passage.at.map((at) => core(all[at] ?? "")[1]).filter(Boolean),
      cutBefore: start > from,
      cutAfter: end < to,
    };
  }

  // ---------------------------------------------------------------- facets and sort
  /* The pane prints a filter's own name, all values in one order: ours have words, years run
     backwards, everything else by how often it occurs. */
  function tune(pane) {
    const render = pane.renderFilterGroup.bind(pane);
    const sortValues = pane.sortValues.bind(pane);
    const renderCheckbox = pane.renderCheckbox.bind(pane);
    let rendering = "";
    pane.renderCheckbox = (place, ...rest) => {
      renderCheckbox(place, ...rest);
      for (const node of place.lastElementChild.childNodes) if (node.nodeType === Node.TEXT_NODE) node.data = (LABELS[rendering] ?? shown)(node.data);
    };
    pane.sortValues = (values, counts) => {
      if (rendering === "year" || rendering === "month") return [...values].sort((a, b) => /^\d/.test(b[0]) - /^\d/.test(a[0]) || (a[0] < b[0] ? 1 : -1));
      const sorted = sortValues(values, counts);
      return rendering === "kind" ? sorted.sort((a, b) => (b[0] === words.one_record) - (a[0] === words.one_record)) : sorted;
    };
    pane.renderFilterGroup = (name, ...rest) => {
      rendering = name;
      const group = render(name, ...rest);
      const label = words[`facet_${name}`];
      if (group && label) for (const place of group.querySelectorAll(".pf-filter-group-name, legend")) place.textContent = label;
      if (group) addSieve(group, label ?? name);
      return group;
    };
  }

  /* A long facet gets a field of its own, to find a value as one types. */
  function addSieve(group, label) {
    const options = group.querySelector(".pf-filter-options");
    if (options.children.length < LONG_FACET) return;
    const field = element("input", { type: "search", class: "ts-facet-sieve", "aria-label": `${words.search_in_facet} ${label}`, placeholder: words.search_in_facet, autocomplete: "off" });
    field.addEventListener("input", () => {
      const wanted = simple(field.value.trim());
      for (const option of options.children) option.hidden = !simple(option.textContent).includes(wanted);
    });
    options.before(field);
  }

  const LABELS = { language: languageName, month: monthName };
  function monthName(value) {
    const [, year, month] = value.match(/^(\d{4})-(\d\d)$/) ?? [];
    return year ? new Intl.DateTimeFormat(document.documentElement.lang, { year: "numeric", month: "long", timeZone: "UTC" }).format(Date.UTC(year, month - 1)) : value;
  }

  function languageName(tag) {
    try { return new Intl.DisplayNames(document.documentElement.lang, { type: "language" }).of(tag); } catch { return shown(tag); }
  }

  function sortControl(instance, state) {
    const select = element("select");
    for (const name of SORTS) select.append(element("option", { value: name }, words[`sort_${name}`]));
    select.value = state.sort;
    select.addEventListener("change", () => {
      state.sort = select.value;
      instance.triggerSearchWithFilters(instance.searchTerm, instance.searchFilters);
    });
    return element("label", { class: "ts-sort" }, words.sort_by, select);
  }

  function clearControl(instance) {
    const button = element("button", { type: "button", class: "ts-clear", hidden: "" }, words.clear_filters);
    button.addEventListener("click", () => instance.triggerFilters({}));
    instance.on("search", (term, filters) => { button.hidden = !Object.values(filters ?? {}).some((values) => values.length); });
    return button;
  }

  // ---------------------------------------------------------------- when nothing or too much is found
  const simple = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /* How many letters must be changed to make one word of the other (Levenshtein). */
  function distance(one, other) {
    let row = [...Array(other.length + 1).keys()];
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      for (let j = 1; j <= other.length; j++)
        next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
      row = next;
    }
    return row[other.length];
  }

  /* Names in the archive that are spelled nearly as what was asked for. */
  function nearNames(asked, filters) {
    const wanted = simple(asked).split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 3);
    const names = NAMES.flatMap((facet) => Object.keys(filters?.[facet] ?? {}));
    const scored = [...new Set(names)].map((name) => {
      const parts = simple(name).split(/[^\p{L}\p{N}]+/u);
      const far = wanted.map((word) => Math.min(...parts.map((part) => distance(word, part) / word.length)));
      return { name, far: Math.min(1, ...far) };
    });
    return scored.filter((one) => one.far <= FARTHEST).sort((a, b) => a.far - b.far).slice(0, 5).map((one) => shown(one.name));
  }

  function remark(instance, facets) {
    const place = element("p", { class: "ts-remark", "aria-live": "polite" });
    instance.on("results", async ({ results }) => {
      place.replaceChildren();
      if (results.length > MOST_RESULTS) place.append(words.search_too_many.replace("{number}", MOST_RESULTS));
      const asked = instance.searchTerm;
      if (results.length || !asked) return;
      const names = nearNames(asked, await facets.all());
      if (instance.searchTerm !== asked) return;
      if (names.length) place.append(words.search_near);
      for (const name of names) {
        const button = element("button", { type: "button" }, name);
        button.addEventListener("click", () => instance.triggerSearchWithFilters(name, {}));
        place.append(button);
      }
    });
    instance.on("loading", () => place.replaceChildren());
    return place;
  }

  /* A search shows few results at first; the rest are laid out, but hidden and not fetched. */
  function moreControl(instance, results) {
    const button = element("button", { type: "button", class: "ts-button ts-more" }, words.search_more);
    let total = 0;
    const show = (shown) => {
      results.dataset.shown = shown;
      button.hidden = total <= shown;
    };
    button.addEventListener("click", () => {
      const shown = Number(results.dataset.shown);
      show(STEPS[STEPS.indexOf(shown) + 1]);
    });
    instance.on("search", () => show(STEPS[0]));
    instance.on("results", (found) => {
      total = Math.min(found.results.length, MOST_RESULTS);
      show(Number(results.dataset.shown ?? STEPS[0]));
    });
    show(STEPS[0]);
    return button;
  }

  // ---------------------------------------------------------------- the parts, put together
  function parts(name, base, state) {
    const of = { instance: name };
    const bundle = new URL("pagefind/", base).pathname;
    const config = element("pagefind-config", { ...of, "bundle-path": bundle, "base-url": base.pathname, lang: "en" });
    const instance = window.PagefindComponents.getInstanceManager().getInstance(name);
    const facets = window.tearsheetAsking.prepare(instance, state);
    const input = element("pagefind-input", { ...of, placeholder: words.search_placeholder, debounce: "120" });
    const pane = element("pagefind-filter-pane", { ...of, sort: "count-desc", open: FACETS.slice(0, 3).join(",") });
    const results = element("pagefind-results", { ...of, "max-results": String(MOST_RESULTS) });
    results.resultTemplate = (found) => result(found, instance.searchTerm ?? "", base);
    tune(pane);
    const narrow = element("details", { class: "ts-search__narrow" }, element("summary", {}, words.narrow), clearControl(instance), pane);
    narrow.open = matchMedia("(min-width: 48.01rem)").matches;
    const body = element(
      "div", { class: "ts-search ts-search--waiting" },
      narrow,
      element("div", { class: "ts-search__bar" }, element("pagefind-summary", of), sortControl(instance, state)),
      element("div", { class: "ts-search__results" }, remark(instance, facets), results, moreControl(instance, results)),
    );
    // What the pane lists comes after the first results, or when somebody opens it.
    if (narrow.open) facets.want();
    else narrow.addEventListener("toggle", facets.want, { once: true });
    instance.on("filters", () => body.classList.remove("ts-search--waiting"));
    return { instance, config, input, body };
  }

  function address(base, instance, state) {
    const url = new URL(location.protocol === "file:" ? "search/index.html" : "search/", base);
    if (instance.searchTerm) url.searchParams.set("q", instance.searchTerm);
    for (const [name, values] of Object.entries(instance.searchFilters ?? {}))
      for (const value of values) url.searchParams.append(name, shown(value));
    if (state.sort !== "relevance") url.searchParams.set("sort", state.sort);
    return url.href;
  }

  // ---------------------------------------------------------------- the dialog
  let dialog = null;
  function open(base) {
    const here = document.querySelector("[data-search-here] pagefind-input");
    if (here) { here.focus(); return; }
    dialog ??= makeDialog(base);
    // A dialog that was closed a moment ago tells so a moment later; until then it thinks itself open.
    if (dialog.isOpen && !dialog.dialogEl.open) dialog.dialogEl.addEventListener("close", () => dialog.open(), { once: true });
    else dialog.open();
  }

  function makeDialog(base) {
    const state = { sort: "relevance" };
    const { instance, config, input, body } = parts("dialog", base, state);
    const all = element("a", { href: new URL("search/", base).href }, words.all_results);
    instance.on("search", () => { all.href = address(base, instance, state); });
    // The component moves what it holds when it is laid out, and what is moved is laid out
    // twice: so it gets a stand-in, and its parts afterwards.
    const modal = element("pagefind-modal", { instance: "dialog" }, element("span"));
    document.body.append(config, modal);
    modal.dialogEl.replaceChildren(
      element("pagefind-modal-header", {}, input),
      element("pagefind-modal-body", {}, body),
      element("div", { class: "ts-dialog-foot" }, all, element("pagefind-keyboard-hints", { instance: "dialog" })),
    );
    modal.addEventListener("click", (event) => { if (event.target.closest(".ts-result a")) modal.close(); });
    return modal;
  }

  // ---------------------------------------------------------------- the page
  function page(base) {
    const host = document.querySelector("[data-search-here]");
    const asked = new URLSearchParams(location.search);
    const state = { sort: SORTS.includes(asked.get("sort")) ? asked.get("sort") : "relevance" };
    const filters = {};
    for (const name of FACETS) if (asked.has(name)) filters[name] = asked.getAll(name).map(stored);
    const { instance, config, input, body } = parts("page", base, state);
    host.append(config, input, body);
    instance.on("search", () => history.replaceState(null, "", location.pathname + new URL(address(base, instance, state)).search));
    instance.triggerSearchWithFilters(asked.get("q") ?? "", filters);
    input.focus();
  }

  return { open, page };
})();
