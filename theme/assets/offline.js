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

  /* The scripts of a bundle lie in it; those of its fragments hold many, by the first letters of their marks. */
  function scriptOf(name) {
    const [, folder = "", rest] = name.match(/^((?:recent|\d+)\/)?(.*)$/);
    const fragment = rest.match(/^fragment\/[^_]*_(..)/);
    return `${folder}offline/${fragment ? `fragments-${fragment[1]}` : rest}.js`;
  }

  async function answer(address) {
    const name = new URL(address, bundle).href.slice(bundle.length).split("?")[0];
    if (!taken.has(name)) {
      const path = scriptOf(name);
      if (!waiting.has(path)) waiting.set(path, script(path));
      await waiting.get(path);
    }
    const bytes = taken.get(name);
    return {
      arrayBuffer: async () => bytes.slice().buffer,
      json: async () => JSON.parse(new TextDecoder().decode(bytes)),
    };
  }

  return {
    address: bundle + "pagefind.js",
    inside: (path) => new URL(path, bundle).href,
    fetch: answer,
    load: () => (loading ??= script("offline/pagefind.js")),
    take,
  };
})();
