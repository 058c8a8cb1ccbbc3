// A rich message, block by block, as Telegram shows it.

import { h } from "./dom.js";
import { expandable, link, spoiler } from "./entities.js";
import { inlineButton } from "./keyboards.js";
import { media } from "./media.js";
import { moment } from "./texts.js";

const SIMPLE = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  marked: "mark",
  subscript: "sub",
  superscript: "sup",
};

/** The blocks of the rich message in `body`. */
export function rich(phone, body) {
  const { blocks, is_rtl: rightToLeft } = body.rich_message;
  return h("div", { class: "text rich", dir: rightToLeft ? "rtl" : null }, shown(phone, body, blocks));
}

function shown(phone, body, blocks) {
  return blocks.map((each) => block(phone, body, each));
}

function block(phone, body, given) {
  const say = (text) => words(phone, body, text);
  switch (given.type) {
    case "heading":
      // The page itself has two levels above a message.
      return h("p", { class: `heading of-${given.size}`, role: "heading", "aria-level": String(Math.min(given.size + 2, 9)) }, say(given.text));
    case "pre":
      return h("pre", { "data-language": given.language ?? null }, h("code", {}, say(given.text)));
    case "footer":
      return h("p", { class: "footer" }, say(given.text));
    case "divider":
      return h("hr");
    case "anchor":
      return null;
    case "list":
      return list(phone, body, given.items);
    case "blockquote":
      return h("blockquote", {}, shown(phone, body, given.blocks), credit(say, given));
    case "expandable_blockquote":
      return expandable(phone, [say(given.text), credit(say, given)]);
    case "pullquote":
      return h("blockquote", { class: "pull" }, say(given.text), credit(say, given));
    case "details":
      return h("details", { open: given.is_open ?? false }, h("summary", {}, say(given.summary)), shown(phone, body, given.blocks));
    case "table":
      return table(say, given);
    case "buttons":
      return h("div", { class: "keyboard" }, h("div", { class: "keys" }, given.buttons.map((each) => button(phone, body, each))));
    case "mathematical_expression":
      return h("p", {}, h("code", {}, given.expression));
    case "map":
      return figure(say, given, media(phone, [{ location: given.location }]));
    case "collage":
    case "slideshow":
      return figure(say, given, shown(phone, body, given.blocks));
    case "voice_note":
      return figure(say, given, media(phone, [{ voice: given.voice_note }]));
    case "photo":
    case "video":
    case "animation":
    case "audio":
    case "document":
      return figure(say, given, media(phone, [{ [given.type]: given[given.type], has_media_spoiler: given.has_spoiler }]));
    default:
      return h("p", {}, say(given.text));
  }
}

function list(phone, body, items) {
  return h(
    "ul",
    {},
    items.map((item) => {
      const box = item.has_checkbox && h("span", { "aria-hidden": "true" }, item.is_checked ? "☑ " : "☐ ");
      const label = box || h("span", { class: "label" }, item.label);
      return h("li", {}, label, h("div", {}, shown(phone, body, item.blocks)));
    }),
  );
}

function table(say, given) {
  const classes = ["bordered", "striped", "compact"].filter((each) => given[`is_${each}`]);
  const cell = (each) =>
    h(
      each.is_header ? "th" : "td",
      { colspan: each.colspan ?? null, rowspan: each.rowspan ?? null, "data-align": each.align, "data-valign": each.valign },
      each.text && say(each.text),
    );
  const rows = given.cells.map((row) => h("tr", {}, row.map(cell)));
  const caption = given.caption && h("caption", {}, say(given.caption));
  return h("div", { class: "wide", tabindex: "0" }, h("table", { class: classes.join(" ") || null }, caption, h("tbody", {}, rows)));
}

function figure(say, given, inside) {
  const caption = given.caption && h("figcaption", {}, say(given.caption.text), credit(say, given.caption));
  return h("figure", {}, inside, caption);
}

function credit(say, given) {
  return given.credit && h("cite", {}, say(given.credit));
}

/** A text with its marks. */
function words(phone, body, text) {
  if (typeof text === "string") return text;
  if (Array.isArray(text)) return text.flatMap((each) => words(phone, body, each));
  const inside = text.text === undefined ? null : words(phone, body, text.text);
  switch (text.type) {
    case "spoiler":
      return spoiler(phone, inside);
    case "url":
      return link(phone, text.url, inside);
    case "email_address":
      return link(phone, `mailto:${text.email_address}`, inside);
    case "phone_number":
      return link(phone, `tel:${text.phone_number}`, inside);
    case "date_time":
      return moment(text.unix_time, text.date_time_format, phone.language, inside);
    case "custom_emoji":
      return text.alternative_text;
    case "mathematical_expression":
      return h("code", {}, text.expression);
    case "anchor":
      return null;
    case "button":
      return h("span", { class: "keyboard" }, button(phone, body, text.button));
    default:
      return h(SIMPLE[text.type] ?? "span", {}, inside);
  }
}

function button(phone, body, given) {
  const label = plain(given.text);
  if (given.disabled) return h("button", { type: "button", class: "key", disabled: true }, label);
  return inlineButton(phone, body.message_id, { ...given, text: label });
}

/** The words of a text without its marks. */
function plain(text) {
  if (typeof text === "string") return text;
  if (Array.isArray(text)) return text.map(plain).join("");
  return text.alternative_text ?? plain(text.text ?? "");
}
