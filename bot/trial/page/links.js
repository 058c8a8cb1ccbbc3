// Links that lead into the bot.

/** What `https://t.me/<username>?start=…` hands to the bot, "" for a link without; null for any other link. */
export function startPayload(address, username) {
  let link;
  try {
    link = new URL(address);
  } catch {
    return null;
  }
  if (link.protocol === "tg:" && link.host === "resolve") {
    return link.searchParams.get("domain") === username ? (link.searchParams.get("start") ?? "") : null;
  }
  if (!["t.me", "telegram.me"].includes(link.host)) return null;
  if (link.pathname.slice(1).toLowerCase() !== username.toLowerCase()) return null;
  return link.searchParams.get("start") ?? "";
}

/** The addresses of a message that open the bot: in its text and on its buttons. */
export function startLinks(message, username) {
  const text = message.text ?? message.caption ?? "";
  const marked = (message.entities ?? message.caption_entities ?? []).map((entity) =>
    entity.type === "text_link" ? entity.url : text.slice(entity.offset, entity.offset + entity.length),
  );
  const buttons = (message.reply_markup?.inline_keyboard ?? []).flat().map((button) => button.url ?? "");
  return [...marked, ...buttons].filter((address) => startPayload(address, username) !== null);
}
