// A text with its entities, as Telegram shows it.

import { h } from "./dom.js";
import { moment } from "./texts.js";

/** The nodes for `text` as marked by `entities`; offsets count UTF-16 units, as strings do here. */
export function formatted(phone, text, entities = []) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nested(phone, text, sorted, 0, text.length);
}

function nested(phone, text, entities, from, to) {
  const nodes = [];
  let at = from;
  let rest = entities.filter((entity) => entity.offset < to && entity.offset + entity.length > from);
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start > at) nodes.push(text.slice(at, start));
    if (end > start) {
      const inside = others.filter((other) => other.offset < end);
      nodes.push(marked(phone, entity, text.slice(start, end), nested(phone, text, inside, start, end)));
      at = end;
    }
    // One that reaches beyond its neighbour goes on behind it.
    rest = others.filter((other) => other.offset + other.length > at);
  }
  if (at < to) nodes.push(text.slice(at, to));
  return nodes;
}

function marked(phone, entity, text, inside) {
  switch (entity.type) {
    case "bold":
      return h("b", {}, inside);
    case "italic":
      return h("i", {}, inside);
    case "underline":
      return h("u", {}, inside);
    case "strikethrough":
      return h("s", {}, inside);
    case "code":
      return h("code", {}, inside);
    case "pre":
      return h("pre", { "data-language": entity.language ?? null }, h("code", {}, inside));
    case "blockquote":
      return h("blockquote", {}, inside);
    case "expandable_blockquote":
      return expandable(phone, inside);
    case "spoiler":
      return spoiler(phone, inside);
    case "text_link":
      return link(phone, entity.url, inside);
    case "url":
      return link(phone, /^[a-z]+:/i.test(text) ? text : `https://${text}`, inside);
    case "email":
      return link(phone, `mailto:${text}`, inside);
    case "phone_number":
      return link(phone, `tel:${text.replaceAll(" ", "")}`, inside);
    case "bot_command":
      return h("button", { type: "button", class: "inline", onclick: () => phone.does("types", { text }) }, inside);
    case "mention":
      return link(phone, `https://t.me/${text.slice(1)}`, inside);
    case "date_time":
      return moment(entity.unix_time, entity.date_time_format, phone.language, inside);
    default:
      return h("span", { class: entity.type === "hashtag" ? "tag" : null }, inside);
  }
}

/** An address that a browser may open; null for one that would run something. */
export function safe(address) {
  return /^(https?|mailto|tel|tg):/i.test(address) ? address : null;
}

/** A link; one that opens the bot does so on this phone. */
export function link(phone, address, inside) {
  const follow = (event) => {
    if (phone.follows(address)) event.preventDefault();
  };
  return h("a", { href: safe(address), target: "_blank", rel: "noopener noreferrer", onclick: follow }, inside);
}

/** A text that is read after a press. */
export function spoiler(phone, inside) {
  const label = phone._("Hidden text; press to read it");
  const hidden = h("span", { class: "hidden", inert: true }, inside);
  const button = h("button", { type: "button", class: "spoiler", "aria-label": label }, hidden);
  button.addEventListener("click", () => button.replaceWith(h("span", { class: "revealed" }, inside)));
  return button;
}

/** A quotation of which the beginning is shown. */
export function expandable(phone, inside) {
  const quote = h("blockquote", { class: "expandable" }, inside);
  const more = h("button", { type: "button", class: "inline", "aria-expanded": "false" }, phone._("Show more"));
  more.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? phone._("Show less") : phone._("Show more");
  });
  return h("div", {}, quote, more);
}
