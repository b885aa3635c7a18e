/* Reads an index in Pagefind's format, with what tearsheet/search/joined.py puts beside it:
   takes the address of its folder, gives its pages, and the words and facets that are asked for,
   each fetched once. Read by finder.js. */
"use strict";
window.tearsheetIndex = (() => {
  const USUAL = 25; // the weight of a word, coded, unless the index says another
  const MOST_WEIGHT = 255;
  const MOST_FREQUENT = 4; // words that begin as the one asked for, beside those of its piece
  const LANGUAGE = "en_"; // what the names of pieces begin with
  const SIGNATURE = "pagefind_dcd";
  const text = new TextDecoder();

  // ---------------------------------------------------------------- files
  async function unpacked(response) {
    let bytes = new Uint8Array(await (await response).arrayBuffer());
    if (text.decode(bytes.subarray(0, SIGNATURE.length)) !== SIGNATURE)
      bytes = new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
    return bytes.subarray(SIGNATURE.length);
  }

  /* Reads CBOR as far as an index has it: whole numbers, texts, arrays of known length. */
  function reader(bytes) {
    let at = 0;
    function size() {
      const low = bytes[at++] & 31;
      if (low < 24) return low;
      let value = 0;
      for (const end = at + 2 ** (low - 24); at < end;) value = value * 256 + bytes[at++];
      return value;
    }
    function number() {
      return isNegative() ? -1 - size() : size();
    }
    function string() {
      const length = size();
      return text.decode(bytes.subarray(at, (at += length)));
    }
    function any() {
      const kind = bytes[at] >> 5;
      if (kind === 3) return string();
      return kind === 4 ? list(any) : number();
    }
    function list(read) {
      return Array.from({ length: size() }, read);
    }
    const isNegative = () => bytes[at] >> 5 === 1;
    return { size, number, isNegative, string, any, list };
  }

  // ---------------------------------------------------------------- words
  /* Where a word stands: its pages, and of the n-th of them what lies from starts[n] to
     starts[n + 1] in locations and weights, and what the fields of the page have of it. */
  function readPlaces(read) {
    const count = read.size();
    const pages = new Uint32Array(count);
    const starts = new Uint32Array(count + 1);
    const locations = [];
    const weights = [];
    const fields = new Map();
    for (let n = 0, page = 0; n < count; n++) {
      const parts = read.size();
      pages[n] = page += read.number();
      let weight = USUAL;
      let location = 0;
      for (let left = read.size(); left; left--) {
        const value = read.number();
        if (value < 0) {
          weight = Math.min(-1 - value, MOST_WEIGHT);
          location = 0;
        } else {
          locations.push((location += value));
          weights.push(weight);
        }
      }
      starts[n + 1] = locations.length;
      if (parts > 2) readFields(read, n, fields);
    }
    return { pages, starts, locations, weights, fields };
  }

  function readFields(read, n, fields) {
    let of = null;
    let location = 0;
    for (let left = read.size(); left; left--) {
      const value = read.number();
      if (value < 0) {
        if (!of) fields.set(n, (of = []));
        of.push({ field: -1 - value, locations: [] });
        location = 0;
      } else of.at(-1).locations.push((location += value));
    }
  }

  /* The words of a piece in their order: each with its forms, itself first. */
  function readWords(bytes) {
    const read = reader(bytes);
    read.size();
    return read.list(() => {
      read.size();
      const word = read.string();
      const forms = [{ form: word, ...readPlaces(read) }];
      for (let left = read.size(); left; left--) {
        read.size();
        forms.push({ form: read.string(), ...readPlaces(read) });
      }
      return { word, forms };
    });
  }

  /* A word too frequent for a piece, with the sums of its weights in the place of where it stands. */
  function readBrief(bytes) {
    const read = reader(bytes);
    read.size();
    const word = read.string();
    const forms = read.list(() => {
      read.size();
      const places = { form: read.string(), pages: [], brief: [], fields: new Map() };
      let page = 0;
      for (let left = read.size(); left;) {
        places.pages.push((page += read.number()));
        places.brief.push(read.number());
        const of = [];
        for (left -= 2; left && read.isNegative(); left--) of.push({ field: -1 - read.number(), locations: [] });
        if (of.length) places.fields.set(places.pages.length - 1, of);
      }
      return places;
    });
    return [{ word, forms }];
  }

  /* A value of a facet with its pages, each of which is told by its distance to the last. */
  function readPages([value, distances]) {
    let page = 0;
    return [value, distances.map((distance) => (page += distance))];
  }

  // ---------------------------------------------------------------- one index of several
  async function open(folder, fetched) {
    const get = (path) => unpacked(fetched(folder + path));
    const entry = await (await fetched(`${folder}pagefind-entry.json?ts=${Date.now()}`)).json();
    const [{ hash }] = Object.values(entry.languages);
    const [blocks, lengths, beginnings, names, briefs, filters, fields] = reader(await get(`pagefind.${hash}.pf_lists`)).any();
    const brief = new Set(briefs);
    const once = new Map();
    const keep = (path, read) => {
      if (!once.has(path)) once.set(path, get(path).then(read).catch((error) => { once.delete(path); throw error; }));
      return once.get(path);
    };
    const piece = (at, whole) =>
      brief.has(at) && !whole ? keep(`index/${LANGUAGE}${names[at]}.pf_brief`, readBrief) : keep(`index/${LANGUAGE}${names[at]}.pf_index`, readWords);
    /* The words among which those are that begin so, or the one that is the longest beginning:
       those of its piece, as Pagefind has it, and the frequent ones that follow. */
    const words = async (stem, whole) => {
      const from = Math.max(0, beginnings.findLastIndex((one) => !isLater(one, stem)));
      const beyond = beginnings.findIndex((one, at) => at > from && !one.startsWith(stem));
      const after = briefs.filter((at) => at > from && (beyond < 0 || at < beyond)).slice(0, whole ? 0 : MOST_FREQUENT);
      const found = (await Promise.all([from, ...after].map((at) => piece(at, whole)))).flat();
      const here = whole || beyond === from + 1 || found.some(({ word }) => word.startsWith(stem));
      return here || from + 1 === beginnings.length ? found : [...found, ...(await piece(from + 1))];
    };
    const filter = (name) => {
      const file = filters.find(([one]) => one === name)?.[1];
      return file ? keep(`filter/${file}.pf_facet`, (bytes) => reader(bytes).any()[1].map(readPages)) : [];
    };
    const ids = blocks.flatMap(([mark, count]) => Array.from({ length: count }, (_, place) => `${mark}/${place}`));
    const fragment = async (id) => JSON.parse(text.decode(await get(`fragment/${id}.pf_fragment`)));
    return { offset: 0, ids, lengths, fields, joining: entry.include_characters ?? [], filters: filters.map(([name]) => name), words, filter, fragment };
  }

  /* The order of the index is that of code points, which is not that of JavaScript's texts. */
  function isLater(one, other) {
    const [a, b] = [[...one], [...other]];
    const at = a.findIndex((letter, place) => letter !== b[place]);
    return at >= 0 && (b[at] === undefined || a[at].codePointAt() > b[at].codePointAt());
  }

  return { open };
})();
