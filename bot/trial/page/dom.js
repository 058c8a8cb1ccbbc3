// Making elements.

/**
 * An element: h("button", {class: "send", onclick: send}, "Send"). An attribute that is null or false is left out, one
 * that is true stands without a value; children that are null or false are left out.
 */
export function h(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...shown(children));
  return element;
}

/** Give `element` new children. */
export function fill(element, ...children) {
  element.replaceChildren(...shown(children));
}

/**
 * Do `change` to `element`. Where what had the keyboard in it is gone or hidden then, the keyboard goes on at what
 * `next` gives for it.
 */
export function keepFocus(element, change, next) {
  const before = element.contains(document.activeElement) ? document.activeElement : null;
  change();
  if (before && !before.checkVisibility()) next(before).focus();
}

/** A button that says what it does in `label` and shows an icon. */
export function iconButton(name, label, onclick, given = {}) {
  return h("button", { type: "button", "aria-label": label, title: label, onclick, ...given }, icon(name));
}

function shown(children) {
  return children.flat(2).filter((child) => child !== null && child !== undefined && child !== false);
}

const SVG = "http://www.w3.org/2000/svg";

/** A picture that says nothing: what it means stands beside it, or in the label of its button. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", class: `icon icon-${name}` })) {
    svg.setAttribute(key, value);
  }
  for (const path of ICONS[name].split("|")) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", path);
    svg.append(line);
  }
  return svg;
}

const ICONS = {
  send: "M4 12l16-8-5 16-3.500-6.500z|M11.500 13.500L20 4",
  attach: "M20 11l-8.500 8.500a5 5 0 01-7-7L13 4a3.400 3.400 0 015 5l-8.300 8.300a1.700 1.700 0 01-2.500-2.500L15 7",
  mic: "M12 3a3 3 0 013 3v6a3 3 0 01-6 0V6a3 3 0 013-3z|M5.500 11.500a6.500 6.500 0 0013 0|M12 18v3",
  menu: "M4 7h16|M4 12h16|M4 17h16",
  more: "M12 5.500v.01|M12 12v.01|M12 18.500v.01",
  close: "M6 6l12 12|M18 6L6 18",
  keyboard: "M3 7h18v11H3z|M7 11h.01|M11 11h.01|M15 11h.01|M8 15h8",
  photo: "M4 5h16v14H4z|M4 16l5-5 4 4 3-3 4 4|M15.500 9h.01",
  file: "M7 3h7l4 4v14H7z|M14 3v4h4",
  place: "M12 21c-4.500-5-7-8.300-7-11.300a7 7 0 0114 0C19 12.700 16.500 16 12 21z|M12 12a2.500 2.500 0 100-5 2.500 2.500 0 000 5z",
  person: "M12 12a4 4 0 100-8 4 4 0 000 8z|M4.500 20c1-4 4-5.500 7.500-5.500s6.500 1.500 7.500 5.500",
  play: "M8 5.500v13l10.500-6.500z",
  pause: "M8 5.500v13|M16 5.500v13",
  tick: "M3 13l4 4 9-10",
  ticks: "M2 13l4 4 9-10|M11.500 16.500l.5.500 9-10",
  reply: "M10 8V4l-7 7 7 7v-4c5 0 8 1.500 11 5-1-6-4.500-10-11-11z",
  edit: "M4 20l1-4L16 5l3 3L8 19z|M14 7l3 3",
  copy: "M9 9h11v11H9z|M15 9V4H4v11h5",
  trash: "M5 7h14|M9 7V4h6v3|M7 7l1 13h8l1-13",
  out: "M8 16L17 7|M10 7h7v7",
  sun: "M12 8a4 4 0 100 8 4 4 0 000-8z|M12 2.500v2|M12 19.500v2|M2.500 12h2|M19.500 12h2|M5.300 5.300l1.400 1.400|M17.300 17.300l1.400 1.400|M5.300 18.700l1.400-1.400|M17.300 6.700l1.400-1.400",
  moon: "M20 14.500A8.500 8.500 0 119.500 4a7 7 0 0010.500 10.500z",
  add: "M12 5v14|M5 12h14",
  gears: "M4 7h9|M17 7h3|M15 4.500v5|M4 17h3|M11 17h9|M9 14.500v5",
  rocket: "M5 15c-1.500 1-2 5-2 5s4-.5 5-2|M9 15l-1-3c1.500-5 5-8.500 12-9-.5 7-4 10.500-9 12l-3-1z|M15 9h.01",
  block: "M12 3a9 9 0 100 18 9 9 0 000-18z|M5.700 5.700l12.600 12.600",
  globe: "M12 3a9 9 0 100 18 9 9 0 000-18z|M3 12h18|M12 3c3 3 3.500 6 3.500 9s-.5 6-3.500 9c-3-3-3.500-6-3.500-9S9 6 12 3z",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  search: "M10.500 4a6.500 6.500 0 100 13 6.500 6.500 0 000-13z|M15.500 15.500L21 21",
  album: "M7 4h14v12H7z|M3 8v12h14|M7 13l4-4 4 4 2-2 4 4",
  forward: "M14 8V4l7 7-7 7v-4c-5 0-8 1.500-11 5 1-6 4.500-10 11-11z",
};
