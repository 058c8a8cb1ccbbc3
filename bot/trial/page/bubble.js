// One message, or the messages of one album.

import { openMenu } from "./dialog.js";
import { h, icon, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { startLinks } from "./links.js";
import { media } from "./media.js";
import { rich } from "./rich.js";
import { timeOfDay } from "./texts.js";

const START = /^\/start \S+$/; // the app does not show what a link hands to the bot

/** A row of the chat with `bodies` in it; `seen` says that the bot has reacted since. */
export function bubble(phone, bodies, byBot, seen) {
  const [body] = bodies;
  const captioned = bodies.find((each) => each.text ?? each.caption) ?? body;
  const written = captioned.text ?? captioned.caption ?? "";
  const text = byBot ? written : written.replace(START, "/start");
  const entities = captioned.entities ?? captioned.caption_entities;
  const shown = media(phone, bodies);
  const who = byBot ? phone.profile.name : phone.person.first_name;
  const content = [
    h("span", { class: "vh" }, `${who}: `),
    body.forward_origin && h("p", { class: "forwarded" }, phone._("Forwarded from {name}", { name: origin(body, phone) })),
    body.via_bot && h("p", { class: "forwarded" }, phone._("via @{name}", { name: body.via_bot.username })),
    body.reply_to_message && quoted(phone, body.reply_to_message),
    shown,
    body.rich_message && rich(phone, body),
    text && h("div", { class: "text" }, formatted(phone, text, entities), metaSpace()),
    meta(phone, bodies, byBot, seen),
  ];
  const onlyPicture = !text && (body.photo || body.video || body.animation || body.sticker);
  const classes = ["message", byBot ? "in" : "out", onlyPicture ? "bare" : "", bodies.length > 1 ? "album" : ""];
  const bubbled = h("div", { class: "bubble" }, content);
  const markup = bodies.at(-1).reply_markup?.inline_keyboard;
  return h(
    "div",
    { class: classes.filter(Boolean).join(" "), "data-message": body.message_id },
    h("div", { class: "line" }, bubbled, moreButton(phone, captioned, byBot, text)),
    markup && inlineKeyboard(phone, body.message_id, markup),
  );
}

function meta(phone, bodies, byBot, seen) {
  const edited = bodies.some((each) => each.edit_date) && h("span", {}, phone._("edited"));
  const ticks = byBot ? null : h("span", { class: "ticks" }, icon("tick"), icon("ticks"));
  const time = h("time", {}, timeOfDay(bodies[0].date, phone.language));
  return h("span", { class: seen ? "meta seen" : "meta" }, edited, time, ticks);
}

/** Room at the end of the last line, so that the time fits beside short words. */
function metaSpace() {
  return h("span", { class: "meta-space", "aria-hidden": "true" });
}

function origin(body, phone) {
  const from = body.forward_origin;
  return (
    from.sender_user?.first_name ?? from.sender_user_name ?? from.sender_chat?.title ?? from.chat?.title ?? phone._("somebody")
  );
}

function quoted(phone, message) {
  const name = message.from?.is_bot ? phone.profile.name : (message.from?.first_name ?? "");
  return h("div", { class: "quoted" }, h("b", {}, name), h("span", {}, message.text ?? message.caption ?? "…"));
}

function moreButton(phone, body, byBot, text) {
  const label = phone._("Message menu");
  const button = iconButton("more", label, () => openMenu(button, label, items(phone, body, byBot, text), { lang: phone.language }), {
    class: "more",
    "aria-haspopup": "menu",
  });
  return button;
}

function items(phone, body, byBot, text) {
  const found = [{ label: phone._("Reply"), icon: "reply", does: () => phone.composer.replyTo(body) }];
  if (text) found.push({ label: phone._("Copy the text"), icon: "copy", does: () => copy(phone, text) });
  if (!byBot && text) found.push({ label: phone._("Edit"), icon: "edit", does: () => phone.composer.edit(body) });
  if (!byBot) {
    const does = () => phone.does("deletes", { message_id: body.message_id });
    found.push({ label: phone._("Delete"), icon: "trash", does });
  }
  const [link] = startLinks(body, phone.page.state.username);
  for (const other of link ? phone.others() : []) {
    const label = phone._("Open the link on the phone of {name}", { name: other.person.first_name });
    found.push({ label, icon: "forward", does: () => other.follows(link) });
  }
  return found;
}

/** Put `text` on the clipboard and say so. */
export async function copy(phone, text) {
  try {
    await navigator.clipboard.writeText(text);
    phone.toast(phone._("Copied"));
  } catch {
    phone.toast(phone._("The browser does not allow copying."));
  }
}
