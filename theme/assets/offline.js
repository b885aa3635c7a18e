/* The search from a folder, without a server: hands Pagefind the files of its index, which
   lie beside it as scripts (tearsheet/offline.py). Loaded from file:// alone. */
"use strict";
window.tearsheetOffline = (() => {
  const bundle = new URL("../pagefind/", document.currentScript.src).href;
  const waiting = new Map();
  const taken = new Map();
  let loading = null;

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

  async function answer(address) {
    const name = new URL(address, bundle).href.slice(bundle.length).split("?")[0];
    if (!taken.has(name)) {
      if (!waiting.has(name)) waiting.set(name, script(`offline/${name}.js`));
      await waiting.get(name);
    }
    const bytes = taken.get(name);
    return {
      arrayBuffer: async () => bytes.slice().buffer,
      json: async () => JSON.parse(new TextDecoder().decode(bytes)),
    };
  }

  return {
    address: bundle + "pagefind.js",
    fetch: answer,
    load: () => (loading ??= script("offline/pagefind.js")),
    take,
  };
})();
