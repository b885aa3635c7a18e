/* Searches an index in Pagefind's format: takes words and chosen facets, gives the pages that
   have them, ranked as Pagefind 1.5.2 ranks, and how many have each value of each facet. In the
   place of Pagefind's own, because that compares every result with every place of a word, and
   every page of a facet with every result: 0.4 to 2 s for a common word in 10,000 records. Each
   thing here is looked at once. tests/test_search_finder.py holds the two together. */
"use strict";
window.tearsheetFinder = (() => {
  const SATURATION = 1.4; // k1 and b of BM25, and the other weights, are Pagefind's
  const LENGTH = 0.75;
  const SAME_ACCENTS = 1.8;
  const FIELD_WEIGHTS = { title: 5 };
  const UNIT = 24; // what a weight of 1 is in the index
  const MOST_WEIGHT = 255;
  const PUNCTUATION = /^\p{Pd}|\p{Pe}|\p{Pf}|\p{Pi}|\p{Po}|\p{Ps}$/u;
  const PHRASE = /^\s*".+"\s*$/;
  const coded = new TextEncoder();

  async function open({ folders, baseUrl, fetched }) {
    const indexes = await Promise.all(folders.map((folder) => window.tearsheetIndex.open(folder, fetched)));
    let total = 0;
    let words = 0;
    for (const index of indexes) {
      index.offset = total;
      total += index.ids.length;
      for (const length of index.lengths) words += length;
    }
    const archive = { indexes, total, average: words / total, baseUrl, lists: new Map() };
    return { search: (term, options) => search(archive, term, options?.filters ?? {}), filters: () => filters(archive) };
  }

  // ---------------------------------------------------------------- what was asked
  function normal(term, joining) {
    let found = "";
    for (const { segment } of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(term))
      if (joining.includes(segment)) found += segment;
      else if (!PUNCTUATION.test(segment)) found += segment.toLocaleLowerCase();
    return found.replace(/\s{2,}/g, " ").trim();
  }

  const plain = (term) => term.normalize("NFD").replace(/\p{M}/gu, "");

  /* The words of the index that a word asked for means: those that begin with its stem, or else
     the longest that it begins with. */
  async function meant(archive, stem, whole) {
    const near = await Promise.all(archive.indexes.map(async (index) => ({ index, words: await index.words(stem, whole) })));
    const all = near.flatMap(({ index, words }) => words.map(({ word, forms }) => ({ index, word, forms })));
    const longer = all.filter(({ word }) => word.startsWith(stem));
    if (longer.length) return longer;
    const shorter = all.filter(({ word }) => stem.startsWith(word));
    const longest = Math.max(0, ...shorter.map(({ word }) => word.length));
    return shorter.filter(({ word }) => longest && word.length === longest);
  }

  function alike(asked, form) {
    return form.startsWith(asked) || asked.startsWith(form);
  }

  /* How near a word comes in length to the one that was asked for, 0 to 1. */
  function nearness(word, stem) {
    const far = Math.min(Math.abs(coded.encode(word).length - coded.encode(stem).length) + 1, 255);
    return Math.exp(Math.exp(-0.125 * far * far) - 1);
  }

  async function askedTerms(archive, term, original, whole) {
    const asked = original.split(" ");
    return Promise.all(term.split(" ").map(async (word, at) => {
      const stem = window.tearsheetStem(word);
      const entries = (await meant(archive, stem, whole)).flatMap(({ index, word: found, forms }) =>
        forms.map((places) => ({ at, index, word: found, places, near: nearness(found, stem), accents: alike(asked[at] ?? "", places.form) ? SAME_ACCENTS : 1 })));
      return { stem, entries, pages: pagesOf(entries, archive.total) };
    }));
  }

  function pagesOf(entries, total) {
    const has = new Uint8Array(total);
    let count = 0;
    for (const { index, places } of entries)
      for (const page of places.pages) {
        count += 1 - has[index.offset + page];
        has[index.offset + page] = 1;
      }
    return { has, count };
  }

  // ---------------------------------------------------------------- ranking
  function rarity(total, count) {
    return Math.log((total - count + 0.5) / (count + 0.5) + 1);
  }

  /* By page, the entries that are on it, each with its place in their lists. */
  function byPage(terms, wanted) {
    const found = new Map();
    for (const { entries } of terms)
      for (const entry of entries) {
        const { pages } = entry.places;
        for (let n = 0; n < pages.length; n++) {
          const page = entry.index.offset + pages[n];
          if (!wanted[page]) continue;
          const there = found.get(page);
          if (there) there.push({ entry, n });
          else found.set(page, [{ entry, n }]);
        }
      }
    return found;
  }

  /* The places of a page at which words stand that were asked for; where two words asked for
     stand at one (a compound), its weight is that of both. Those of a word of which the index
     gave only a brief are looked for in the page's text, where that is at hand. */
  function placesOn(on, content) {
    const all = [];
    for (const { entry, n } of on) {
      const { brief, starts, locations, weights } = entry.places;
      if (!brief) for (let i = starts[n]; i < starts[n + 1]; i++) all.push({ entry, location: locations[i], weight: weights[i] });
      else if (content) for (const location of standing(entry, content)) all.push({ entry, location, weight: UNIT });
    }
    all.sort((a, b) => a.location - b.location);
    const places = [];
    for (let i = 0; i < all.length;) {
      const { location } = all[i];
      const here = new Map();
      for (; i < all.length && all[i].location === location; i++) if (!here.has(all[i].entry.at)) here.set(all[i].entry.at, all[i]);
      const these = [...here.values()];
      const weight = Math.min(Math.min(...these.map((one) => one.weight)) * these.length, MOST_WEIGHT);
      places.push({ location, weight, entries: these.map((one) => one.entry) });
    }
    return places;
  }

  /* Where a word stands in a text, by the count of its words, as Pagefind counts them. */
  function standing({ word }, content) {
    const found = [];
    content.split(/[\r\n\s]+/).forEach((one, location) => {
      const parts = plain(one.toLowerCase()).split(/[^\p{L}\p{N}]+/u);
      if ([...parts, parts.join("")].some((part) => window.tearsheetStem(part) === word)) found.push(location);
    });
    return found;
  }

  /* The weight of each word asked for on a page, by the first of its entries there. */
  function weightsOn(on) {
    const found = new Map();
    const first = new Map();
    const add = (word, weight) => found.set(first.get(word), (found.get(first.get(word)) ?? 0) + weight);
    for (const { entry } of on) if (!first.has(entry.word)) first.set(entry.word, entry);
    for (const { entry, n } of on) {
      const { brief, starts, weights } = entry.places;
      if (brief) {
        if (brief[n]) add(entry.word, brief[n]);
      } else if (on.length === 1) {
        let sum = 0;
        for (let i = starts[n]; i < starts[n + 1]; i++) sum += weights[i];
        if (sum) add(entry.word, sum);
      }
    }
    if (on.length > 1) for (const { weight, entries } of placesOn(on)) for (const { word } of entries) add(word, weight);
    return found;
  }

  function score(on, length, archive, rarities, all) {
    let sum = 0;
    for (const [entry, weight] of weightsOn(on)) {
      const often = (weight / UNIT) * entry.near;
      const usual = SATURATION * (1 - LENGTH + (LENGTH * length) / archive.average);
      sum += ((rarities[entry.at] * (SATURATION + 1) * often) / (usual + often)) * entry.accents;
    }
    const fields = new Map();
    for (const { entry, n } of on)
      for (const { field } of entry.places.fields.get(n) ?? []) {
        const name = entry.index.fields[field];
        if (!fields.has(name)) fields.set(name, new Map());
        fields.get(name).set(entry.word, rarities[entry.at]);
      }
    for (const [name, found] of fields) {
      const matched = [...found.values()].reduce((total, one) => total + one, 0);
      sum += (FIELD_WEIGHTS[name] ?? 1) * matched * (matched / all) ** 2;
    }
    return sum;
  }

  function ranked(archive, terms, wanted) {
    const rarities = terms.map(({ pages }) => rarity(archive.total, pages.count));
    const all = rarities.reduce((sum, one) => sum + one, 0);
    const found = [];
    for (const [page, on] of byPage(terms, wanted)) {
      const { length } = pageOf(archive, page);
      found.push({ page, score: score(on, length, archive, rarities, all), places: (content) => weighted(placesOn(on, content)) });
    }
    return found;
  }

  function weighted(places) {
    return places.map(({ location, weight, entries }) => ({
      weight: weight / UNIT,
      balanced_score: weight * weight * entries.reduce((sum, one) => sum + one.near, 0),
      location,
    }));
  }

  // ---------------------------------------------------------------- a phrase
  function phrases(archive, terms, wanted) {
    const exact = terms.map(({ stem, entries }, at) => ({ entries: entries.filter((entry) => entry.word === stem).map((entry) => ({ ...entry, at })) }));
    const found = [];
    for (const [page, on] of byPage(exact, wanted)) {
      const inText = (at) => on.filter(({ entry }) => entry.at === at).flatMap(({ entry: { places }, n }) => places.locations.slice(places.starts[n], places.starts[n + 1]));
      const begin = inARow(terms.map((_, at) => inText(at)));
      if (begin !== undefined) {
        const places = terms.map((_, at) => ({ weight: 1 / UNIT, balanced_score: 1, location: begin + at }));
        found.push({ page, score: 1, places: () => places });
        continue;
      }
      const { index } = on[0].entry;
      const field = index.fields.find((_, place) => inARow(terms.map((_, at) => inField(on, at, place))) !== undefined);
      if (field) found.push({ page, score: FIELD_WEIGHTS[field] ?? 1, places: () => [] });
    }
    return found;
  }

  function inField(on, at, place) {
    const of = on.filter(({ entry }) => entry.at === at).flatMap(({ entry, n }) => entry.places.fields.get(n) ?? []);
    return of.filter(({ field }) => field === place).flatMap(({ locations }) => locations);
  }

  function inARow(lists) {
    const rest = lists.slice(1).map((list) => new Set(list));
    return [...lists[0]].sort((a, b) => a - b).find((at) => rest.every((set, i) => set.has(at + i + 1)));
  }

  // ---------------------------------------------------------------- facets
  /* By value, the pages of an archive that have it. */
  function valuesOf(archive, name) {
    if (!archive.lists.has(name)) {
      archive.lists.set(name, (async () => {
        const found = new Map();
        for (const index of archive.indexes)
          for (const [value, pages] of await index.filter(name)) {
            const known = found.get(value) ?? [];
            for (const page of pages) known.push(page + index.offset);
            found.set(value, known);
          }
        return found;
      })().catch((error) => { archive.lists.delete(name); throw error; }));
    }
    return archive.lists.get(name);
  }

  async function filters(archive) {
    const names = [...new Set(archive.indexes.flatMap((index) => index.filters))].sort();
    archive.all = new Map(await Promise.all(names.map(async (name) => [name, await valuesOf(archive, name)])));
    return counts(archive, new Uint8Array(archive.total).fill(1));
  }

  /* Of each value of each facet, on how many of some pages it is; nothing before all are known. */
  function counts(archive, has) {
    const found = {};
    for (const [name, values] of archive.all ?? []) {
      found[name] = {};
      for (const [value, pages] of [...values].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
        let count = 0;
        for (const page of pages) count += has[page];
        found[name][value] = count;
      }
    }
    return found;
  }

  /* The pages that have every one of the chosen values. */
  async function chosen(archive, asked) {
    const has = new Uint8Array(archive.total).fill(1);
    for (const [name, values] of Object.entries(asked))
      for (const value of [values].flat()) {
        const with_ = new Uint8Array(archive.total);
        for (const page of (await valuesOf(archive, name)).get(value) ?? []) with_[page] = 1;
        for (let page = 0; page < has.length; page++) has[page] &= with_[page];
      }
    return has;
  }

  // ---------------------------------------------------------------- the search
  async function search(archive, term, asked) {
    const phrase = PHRASE.test(term ?? "");
    const original = normal(term ?? "", archive.indexes[0].joining);
    const words = plain(original);
    const [has, terms] = await Promise.all([chosen(archive, asked), words ? askedTerms(archive, words, original, phrase) : []]);
    const matched = term === null ? new Uint8Array(archive.total).fill(1) : together(terms, archive.total, phrase);
    const wanted = matched.map((one, page) => one & has[page]);
    const found = term === null ? everything(wanted) : phrase ? phrases(archive, terms, wanted) : ranked(archive, terms, wanted);
    found.sort((a, b) => b.score - a.score || b.page - a.page); // of one rank the newest first
    if (phrase) wanted.fill(0);
    if (phrase) for (const { page } of found) wanted[page] = 1;
    return {
      results: found.map((one) => result(archive, one)),
      unfilteredResultCount: matched.reduce((sum, one) => sum + one, 0),
      filters: counts(archive, wanted),
      totalFilters: counts(archive, matched),
    };
  }

  /* The pages that have all words asked for. A word that no page has is passed over, unless no
     word asked for is there, or they are a phrase. */
  function together(terms, total, phrase) {
    const known = phrase ? terms : terms.filter(({ entries }) => entries.length);
    if (!known.length) return new Uint8Array(total);
    const has = known[0].pages.has.slice();
    for (const { pages } of known.slice(1)) for (let page = 0; page < total; page++) has[page] &= pages.has[page];
    return has;
  }

  function everything(wanted) {
    const found = [];
    for (let page = 0; page < wanted.length; page++) if (wanted[page]) found.push({ page, score: 0, places: () => [] });
    return found;
  }

  function pageOf(archive, page) {
    const index = archive.indexes.findLast((one) => one.offset <= page);
    return { index, id: index.ids[page - index.offset], length: index.lengths[page - index.offset] };
  }

  function result(archive, { page, score: found, places }) {
    const { index, id } = pageOf(archive, page);
    return { id, score: found, data: () => fragment(archive, index, id, places) };
  }

  async function fragment(archive, index, id, places) {
    const found = await index.fragment(id);
    const url = `${archive.baseUrl}/${found.url}`.replace(/\/+/g, "/");
    const content = found.content.replaceAll("\u200b", "");
    return { ...found, url, content, weighted_locations: places(found.content), sub_results: [] };
  }

  return { open };
})();
