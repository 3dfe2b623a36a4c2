// The page's own sentences, in Vietnamese or English.

const DATA = JSON.parse(document.getElementById("data").textContent);
const LANGUAGES = ["vi", "en"];
let language = remembered("solieu-language", LANGUAGES)
  || (/^vi/i.test(navigator.language || "vi") ? "vi" : "en");

function remembered(key, allowed) {
  try {
    const value = localStorage.getItem(key);
    return allowed.includes(value) ? value : null;
  } catch {
    return null; // some browsers forbid storage for files
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // then the choice lasts as long as the page is open
  }
}

/** The sentence of a key, {name} filled in. */
function t(key, values) {
  const pair = DATA.words[key];
  if (!pair) return key;
  return pair[LANGUAGES.indexOf(language)].replace(/\{(\w+)\}/g, (_, name) => values?.[name] ?? "");
}

/** A code of the dataset in words, where there are words for it. */
function named(kind, code) {
  if (!code) return "";
  if (kind === "metric" && DATA.metrics[code]) return DATA.metrics[code][LANGUAGES.indexOf(language)];
  const key = `${kind}.${code}`;
  return DATA.words[key] ? t(key) : code.replaceAll("_", " ");
}

/** Why something gave no figure, in words of the language where there are some. */
function because(reason) {
  const key = `reason.${reason}`;
  return DATA.words[key] ? t(key) : visible(reason);
}

function ours(row, name) {
  return language === "vi" ? row[name === "error" ? "error_vi" : "vi"] : row[name === "error" ? "error" : "en"];
}
