// Windows and menus that come up over the page.

import { h, icon, iconButton } from "./dom.js";

/** Show a window with a heading; `close` in the answer closes it. Its end gives the focus back to where it was. */
export function openDialog(title, content, _, given = {}) {
  const dialog = h(
    "dialog",
    { "aria-labelledby": "dialog-title", ...given },
    h("h2", { id: "dialog-title" }, title),
    content,
    iconButton("close", _("Close"), () => dialog.close(), { class: "close" }),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A menu of `items` ({label, icon, does}) beside `anchor`. */
export function openMenu(anchor, label, items, given = {}) {
  const menu = h("div", { class: "menu", role: "menu", popover: "auto", "aria-label": label, ...given });
  for (const item of items) {
    const choose = () => {
      menu.hidePopover();
      item.does();
    };
    const kind = item.checked === undefined ? "menuitem" : "menuitemradio";
    const checked = item.checked === undefined ? null : String(item.checked);
    menu.append(
      h("button", { type: "button", role: kind, tabindex: "-1", "aria-checked": checked, onclick: choose }, icon(item.icon), item.label),
    );
  }
  menu.addEventListener("keydown", (event) => move(event, menu));
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    anchor.setAttribute("aria-expanded", "false");
    if (menu.contains(document.activeElement) || document.activeElement === document.body) anchor.focus();
    menu.remove();
  });
  anchor.after(menu);
  menu.showPopover();
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor);
  menu.querySelector("button")?.focus();
}

function place(menu, anchor) {
  const beside = anchor.getBoundingClientRect();
  const own = menu.getBoundingClientRect();
  const above = beside.top - own.height - 6;
  const below = beside.bottom + 6;
  const top = below + own.height < innerHeight ? below : Math.max(above, 6);
  const left = Math.min(Math.max(beside.right - own.width, 6), innerWidth - own.width - 6);
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
}

/** Arrow keys, Home and End among the buttons of `list`. */
export function move(event, list) {
  const buttons = [...list.querySelectorAll("button:not([hidden])")];
  const at = buttons.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  buttons.at(next % buttons.length).focus();
}
