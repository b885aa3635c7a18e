/* The search from a folder, without a server: hands out the files of its index, which
   lie beside it as scripts (tearsheet/search/offline.py). Loaded from file:// alone. */
"use strict";
window.tearsheetOffline = (() => {
  const PACK = 10; // fragments in a script, as tearsheet/search/offline.py packs them
  const bundle = new URL("../pagefind/", document.currentScript.src).href;
  const waiting = new Map();
  const taken = new Map();

  function script(path) {
    return new Promise((done, failed) => {
      const made = document.createElement("script");
      made.src = new URL(path, bundle).href;
      made.onload = done;
      made.onerror = () => failed(new Error(path));
      document.head.append(made);
    });
  }

  function take(name, coded) {
    taken.set(name, Uint8Array.from(atob(coded), (letter) => letter.charCodeAt(0)));
  }

  /* The scripts of a bundle lie in it; those of fragments hold PACK each, and do not name it. */
  function placeOf(name) {
    const [, folder, rest] = name.match(/^(main\/)?(.*)$/);
    const [, mark, place] = rest.match(/^fragment\/(\w+)\/(\d+)\./) ?? [];
    const script = `${folder ?? ""}offline/${mark ? `${mark}/${Math.floor(place / PACK)}` : rest}.js`;
    return { taken: mark ? rest : name, script };
  }

  async function answer(address) {
    const place = placeOf(new URL(address, bundle).href.slice(bundle.length).split("?")[0]);
    if (!taken.has(place.taken)) {
      if (!waiting.has(place.script)) waiting.set(place.script, script(place.script));
      await waiting.get(place.script);
    }
    const bytes = taken.get(place.taken);
    return {
      arrayBuffer: async () => bytes.slice().buffer,
      json: async () => JSON.parse(new TextDecoder().decode(bytes)),
    };
  }

  return { fetch: answer, take };
})();
