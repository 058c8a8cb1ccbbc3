// What the page says, in the languages of the bot's catalogues.

import { h } from "./dom.js";
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

/** A moment as its `format` says (r: from now; w, d or D, t or T: weekday, date, time), else as `inside` says it. */
export function moment(seconds, format, language, inside) {
  const date = new Date(seconds * 1000);
  const shown = format ? written(date, format, language) : inside;
  return h("time", { datetime: date.toISOString(), title: date.toLocaleString(locale(language)) }, shown);
}

function written(date, format, language) {
  if (format === "r") return fromNow(date, language);
  const options = {};
  if (format.includes("w")) options.weekday = "long";
  if (format.includes("d")) Object.assign(options, { day: "numeric", month: "numeric", year: "2-digit" });
  if (format.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/[tT]/.test(format)) Object.assign(options, { hour: "2-digit", minute: "2-digit" });
  if (format.includes("T")) options.second = "2-digit";
  return date.toLocaleString(locale(language), options);
}

function fromNow(date, language) {
  const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const left = (date.getTime() - Date.now()) / 1000;
  const [unit, seconds] = units.find(([, each]) => Math.abs(left) >= each) ?? units.at(-1);
  return new Intl.RelativeTimeFormat(locale(language), { numeric: "auto" }).format(Math.round(left / seconds), unit);
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
