// What the page says, in the languages of the bot's catalogues.

import { get } from "./server.js";

let texts = {};

/** Fetch the translations; before that everything is said in English. */
export async function loadTexts() {
  texts = await get("/trial/texts");
}

/** A function that says a sentence in `language`, its named places filled: _("Write to {name}", {name}). */
export function speaker(language) {
  const said = texts[language] ?? {};
  return (text, places = {}) => (said[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
}

/** The language among `languages` that the reader's browser likes best. */
export function preferred(languages) {
  const norwegian = { nb: "da", nn: "da", no: "da", sv: "da" };
  for (const tag of navigator.languages ?? []) {
    const language = tag.split("-")[0];
    const known = norwegian[language] ?? language;
    if (languages.includes(known)) return known;
  }
  return "en";
}

/** How `language` writes dates and numbers: British for English, as the bot does. */
export function locale(language) {
  return language === "en" ? "en-GB" : language;
}

/** The time of day of `seconds` since 1970. */
export function timeOfDay(seconds, language) {
  return new Date(seconds * 1000).toLocaleTimeString(locale(language), { hour: "2-digit", minute: "2-digit" });
}

/** A size in bytes as people read it. */
export function size(bytes, language) {
  const units = ["byte", "kilobyte", "megabyte"];
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 2);
  return new Intl.NumberFormat(locale(language), {
    style: "unit",
    unit: units[power],
    unitDisplay: "short",
    maximumFractionDigits: power && bytes / 1000 ** power < 10 ? 1 : 0,
  }).format(bytes / 1000 ** power);
}
