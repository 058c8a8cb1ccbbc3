// A bot with telegraf that does what tests/clients/checks.py asks of it.

import { createServer } from "node:http";
import { Markup, Telegraf, TelegramError } from "telegraf";
import { message } from "telegraf/filters";

const { API_ROOT, TOKEN, HOOK } = process.env;
const bot = new Telegraf(TOKEN, { telegram: { apiRoot: API_ROOT, webhookReply: false } });
const picture = () => ({ source: Buffer.from(process.env.PICTURE, "base64"), filename: "a.png" });

async function refusal(context, action) {
  try {
    await action();
    await context.reply("nothing was refused");
  } catch (error) {
    if (!(error instanceof TelegramError)) throw error;
    await context.reply(`${error.code} ${error.parameters?.retry_after ?? error.description}`);
  }
}

bot.command("me", async (context) => {
  const me = await context.telegram.getMe();
  await context.telegram.setMyCommands([{ command: "me", description: "Me" }]);
  await context.reply(`${me.username} ${(await context.telegram.getMyCommands()).length}`);
});
bot.command("html", (context) => context.replyWithHTML("<b>a</b> &amp; <code>b</code>"));
bot.command("markdown", (context) => context.replyWithMarkdownV2("*a* b\\."));
bot.command("edit", async (context) => {
  const sent = await context.reply("before");
  await context.telegram.editMessageText(sent.chat.id, sent.message_id, undefined, "after");
});
bot.command("keyboard", (context) => context.reply("Press", Markup.inlineKeyboard([Markup.button.callback("Button", "data")])));
bot.action("data", async (context) => {
  await context.answerCbQuery("Toast");
  await context.editMessageText("pressed");
});
bot.command("upload", async (context) => {
  await context.replyWithPhoto(picture(), { caption: "photo" });
  await context.replyWithDocument({ source: Buffer.from("content"), filename: "a.txt" }, { caption: "document" });
});
bot.on(message("document"), async (context) => {
  const link = await context.telegram.getFileLink(context.message.document.file_id);
  await context.reply(`got ${await (await fetch(link)).text()}`);
});
bot.command("poll", (context) => context.replyWithPoll("Question?", ["Yes", "No"]));
bot.command("album", (context) =>
  context.replyWithMediaGroup([
    { type: "photo", media: picture(), caption: "one" },
    { type: "photo", media: picture() },
  ]),
);
bot.command("e400", (context) => refusal(context, () => context.telegram.editMessageText(context.chat.id, 99999, undefined, "x")));
bot.command("e403", (context) => refusal(context, () => context.telegram.sendMessage(Number(context.payload), "x")));
bot.command("e429", (context) => refusal(context, () => context.telegram.sendMessage(context.chat.id, "x")));
bot.command("answer", async (context) => {
  context.telegram.webhookReply = true;
  await context.reply("answered");
});

if (HOOK) {
  bot.botInfo = await bot.telegram.getMe();
  const server = createServer(bot.webhookCallback(new URL(HOOK).pathname));
  server.listen(Number(new URL(HOOK).port), "127.0.0.1", async () => {
    await bot.telegram.setWebhook(HOOK);
    console.log("ready");
  });
} else {
  await bot.launch(() => console.log("ready"));
}
