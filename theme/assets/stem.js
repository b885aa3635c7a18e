/* The stem of a word, as the index has it: the English stemmer of the Snowball project
   (Porter2, https://snowballstem.org/algorithms/english/stemmer.html), of which Pagefind makes
   the words of its index whatever their language. tests/test_search_finder.py holds it to
   Pagefind's. */
"use strict";
window.tearsheetStem = (() => {
  const WHOLE = new Map(Object.entries({
    skis: "ski", skies: "sky", dying: "die", lying: "lie", tying: "tie", idly: "idl", gently: "gentl",
    ugly: "ugli", early: "earli", only: "onli", singly: "singl",
    sky: "sky", news: "news", howe: "howe", atlas: "atlas", cosmos: "cosmos", bias: "bias", andes: "andes",
  }));
  const AS_IT_IS = new Set(["evening", "inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"]);
  const BEGINNINGS = /^(arsen|commun|emerg|gener|inter|later|organ|past|univers)/; // what follows them is an ending
  const SHORT = /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/; // the last syllable is a short one
  const SECOND = endings({
    tional: "tion", enci: "ence", anci: "ance", abli: "able", entli: "ent", izer: "ize", ization: "ize",
    ational: "ate", ation: "ate", ator: "ate", alism: "al", aliti: "al", alli: "al", fulness: "ful", fulli: "ful",
    ousli: "ous", ousness: "ous", iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble", lessli: "less",
    ogist: "og", ogi: (before) => (before.endsWith("l") ? "og" : null), li: (before) => (/[cdeghkmnrt]$/.test(before) ? "" : null),
  });
  const THIRD = endings({
    tional: "tion", ational: "ate", alize: "al", icate: "ic", iciti: "ic", ical: "ic", ful: "", ness: "",
    ative: (before, second) => (before.length >= second ? "" : null),
  });
  const FOURTH = endings({
    ...Object.fromEntries(["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism", "ate", "iti", "ous", "ive", "ize"].map((one) => [one, ""])),
    ion: (before) => (/[st]$/.test(before) ? "" : null),
  });

  function endings(table) {
    return Object.entries(table).sort((a, b) => b[0].length - a[0].length);
  }

  /* Puts another ending in the place of the longest that fits, where it lies behind `from`. */
  function replaced(word, table, from, second) {
    const found = table.find(([ending]) => word.endsWith(ending));
    if (!found) return word;
    const before = word.slice(0, -found[0].length);
    const instead = typeof found[1] === "function" ? found[1](before, second) : found[1];
    return before.length >= from && instead !== null ? before + instead : word;
  }

  function region(word, from) {
    const found = word.slice(from).match(/[aeiouy][^aeiouy]/);
    return found ? from + found.index + 2 : word.length;
  }

  function plural(word) {
    word = word.replace(/'s'$|'s$|'$/, "");
    if (word.endsWith("sses")) return word.slice(0, -2);
    if (/ie[ds]$/.test(word)) return word.slice(0, word.length > 4 ? -2 : -1);
    return /[aeiouy].+s$/.test(word) && !/[us]s$/.test(word) ? word.slice(0, -1) : word;
  }

  function past(word, first) {
    const [ending] = word.match(/eedly$|ingly$|edly$|eed$|ing$|ed$/) ?? [""];
    const before = word.slice(0, word.length - ending.length);
    if (ending.startsWith("eed")) return before.length >= first ? `${before}ee` : word;
    if (!ending || !/[aeiouy]/.test(before)) return word;
    if (ending === "ing" && /^[^aeiouy][yY]$/.test(before)) return `${before[0]}ie`;
    if (/(at|bl|iz)$/.test(before)) return `${before}e`;
    if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(before)) return /^[aeo]..$/.test(before) ? before : before.slice(0, -1);
    return before.length === first && SHORT.test(before) ? `${before}e` : before;
  }

  function last(word, first, second) {
    const before = word.slice(0, -1);
    if (word.endsWith("e") && (before.length >= second || (before.length >= first && !SHORT.test(before)))) return before;
    return word.endsWith("ll") && before.length >= second ? before : word;
  }

  return (whole) => {
    if (WHOLE.has(whole)) return WHOLE.get(whole);
    if ([...whole].length < 3) return whole;
    let word = whole.replace(/^'/, "").replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
    const [start] = word.match(BEGINNINGS) ?? [];
    const first = start ? start.length : region(word, 0);
    const second = region(word, first);
    word = plural(word);
    if (AS_IT_IS.has(word)) return word;
    word = past(word, first).replace(/(?<=.[^aeiouy])[yY]$/s, "i");
    word = replaced(word, SECOND, first, second);
    word = replaced(word, THIRD, first, second);
    word = replaced(word, FOURTH, second, second);
    return last(word, first, second).replaceAll("Y", "y");
  };
})();
