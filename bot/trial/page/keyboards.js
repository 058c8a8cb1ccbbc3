// The buttons under a message, and those below the input line.

import { copy } from "./bubble.js";
import { h, icon } from "./dom.js";
import { safe } from "./entities.js";
import { shareContact, shareLocation } from "./sharing.js";

/** The keyboard of the message `messageId`. */
export function inlineKeyboard(phone, messageId, rows) {
  return h(
    "div",
    { class: "keyboard" },
    rows.map((row) => h("div", { class: "keys" }, row.map((button) => inlineButton(phone, messageId, button)))),
  );
}

/** One button of the message `messageId`. */
export function inlineButton(phone, messageId, button) {
  const style = button.style ?? null;
  if (button.url) {
    const follow = (event) => {
      if (phone.follows(button.url)) event.preventDefault();
    };
    const given = { href: safe(button.url), target: "_blank", rel: "noopener noreferrer", class: "key", "data-style": style, onclick: follow };
    return h("a", given, button.text, icon("out"));
  }
  const press = (event) => {
    const pressed = event.currentTarget;
    if (pressed.getAttribute("aria-busy")) return;
    does(phone, messageId, button, pressed);
  };
  return h("button", { type: "button", class: "key", "data-label": button.text, "data-style": style, onclick: press }, button.text);
}

async function does(phone, messageId, button, pressed) {
  if (button.callback_data !== undefined) {
    pressed.setAttribute("aria-busy", "true");
    const done = await phone.does("presses", { message_id: messageId, data: button.callback_data });
    if (!done) pressed.removeAttribute("aria-busy");
    return;
  }
  if (button.copy_text) return copy(phone, button.copy_text.text);
  const inline = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  if (inline !== undefined) return phone.composer.askInline(inline);
  phone.toast(phone._("This button needs a real phone."));
}

/** The keyboard below the input line; `used` is called after a press. */
export function replyKeyboard(phone, rows, used) {
  return rows.map((row) =>
    h(
      "div",
      { class: "keys" },
      row.map((given) => {
        const button = typeof given === "string" ? { text: given } : given;
        const press = () => {
          used();
          if (button.request_contact) return shareContact(phone);
          if (button.request_location) return shareLocation(phone);
          return phone.does("types", { text: button.text });
        };
        return h("button", { type: "button", class: "key", "data-label": button.text, "data-style": button.style ?? null, onclick: press }, button.text);
      }),
    ),
  );
}
