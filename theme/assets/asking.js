/* What the search's components ask: searches, in the chosen order, and facets once the first
   results are shown. Put in the place of the components' own loading of Pagefind. */
"use strict";
window.tearsheetAsking = (() => {
  const FIRST = 20; // results whose texts come before the facets; theme/assets/search.js shows so many

  /* Takes the place of the component's own loading, which fetches the lists of all facets, the
     largest files of all, before it asks for a word: here they come once the first results are
     shown. Every search goes out with the chosen sort. A search without a word lists everything,
     to be narrowed by facets alone: switched on once loaded, because the component would else
     put a search for nothing in the place of the one that made it load. */
  function prepare(instance, state) {
    const facets = { wanted: false, shown: null, all: null };
    const load = instance.__doLoad__.bind(instance);
    let api = null;
    instance.__doLoad__ = async () => {
      try {
        api = await library(instance);
      } catch {
        return load(); // says what is wrong, to reader and console
      }
      const search = async (term, options) => {
        const found = await api.search(term, options);
        if (state.sort !== "relevance") found.results = await inOrder(found.results, state.sort, instance);
        // Until the lists of all facets are there nothing is counted, and the pane is not told.
        return afterFirst(facets.shown ? found : { ...found, filters: {}, totalFilters: {} }, () => facets.wanted && show());
      };
      instance.__pagefind__ = { ...api, search };
      instance.faceted = true;
      if (!instance.searchTerm && instance.__searchID__ === 0) instance.triggerSearch("");
    };
    const all = () => (facets.all ??= api.filters());
    const show = () => (facets.shown ??= all().then(() => tellPane(instance, api)));
    /* Somebody looks at the pane: it is filled at once where results are shown already. */
    const want = () => {
      facets.wanted = true;
      if (api && instance.searchResult) show();
    };
    return { want, all };
  }

  async function tellPane(instance, api) {
    const asked = instance.__searchID__;
    const { filters, totalFilters } = await api.search(instance.searchTerm || null, { filters: instance.searchFilters });
    if (asked !== instance.__searchID__) return tellPane(instance, api);
    instance.availableFilters = filters;
    instance.totalFilters = totalFilters;
    instance.__dispatch__("filters", { available: filters, total: totalFilters });
  }

  /* Calls `then` when the texts of the results in sight have come. */
  function afterFirst(found, then) {
    let waiting = 0;
    for (const one of found.results.slice(0, FIRST)) {
      const data = one.data;
      one.data = async () => {
        waiting += 1;
        try { return await data(); } finally { if (!(waiting -= 1)) setTimeout(() => waiting || then()); }
      };
    }
    if (!found.results.length) setTimeout(then);
    return found;
  }

  /* A large archive has two indexes (tearsheet/search/bundles.py), which are searched as one; the
     first names the other. From a folder, without a server, their files are plain scripts. */
  async function library(instance) {
    const first = instance.options.bundlePath;
    const others = await (await fetched(`${first}bundles.json`)).json();
    const folders = [...others.map((name) => `${first}${name}/`), first]; // oldest first
    instance.folders = folders;
    return window.tearsheetFinder.open({ folders, baseUrl: instance.pagefindOptions.baseUrl, fetched });
  }

  function fetched(path) {
    const address = new URL(path, location.href).href;
    return location.protocol === "file:" ? window.tearsheetOffline.fetch(address) : fetch(address);
  }

  let dates = null;
  async function inOrder(results, sort, instance) {
    dates ??= allDates(instance.folders);
    const known = await dates;
    const date = (one) => known.get(one.id) || "0000";
    const key = sort === "oldest" ? (one) => (date(one) === "0000" ? "9999" : date(one)) : date;
    const sign = sort === "oldest" ? 1 : -1;
    return [...results].sort((a, b) => (key(a) === key(b) ? 0 : key(a) < key(b) ? -sign : sign));
  }

  /* The dates of all pages, by the marks of their blocks: fetched by who sorts by them. */
  async function allDates(folders) {
    const tables = await Promise.all(folders.map(async (folder) => (await fetched(`${folder}dates.json`)).json()));
    const found = new Map();
    for (const [mark, listed] of tables.flatMap(Object.entries)) listed.forEach((date, place) => found.set(`${mark}/${place}`, date));
    return found;
  }

  return { prepare };
})();
