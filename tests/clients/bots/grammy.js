// A bot with grammY that does what tests/clients/checks.py asks of it.

import { createServer } from "node:http";
import { Bot, GrammyError, InlineKeyboard, InputFile, webhookCallback } from "grammy";

const { API_ROOT, TOKEN, HOOK } = process.env;
const client = { apiRoot: API_ROOT, canUseWebhookReply: (method) => method === "sendMessage" && answering };
const bot = new Bot(TOKEN, { client });
const picture = () => new InputFile(Buffer.from(process.env.PICTURE, "base64"), "a.png");
let answering = false;

async function refusal(context, action) {
  try {
    await action();
    await context.reply("nothing was refused");
  } catch (error) {
    if (!(error instanceof GrammyError)) throw error;
    await context.reply(`${error.error_code} ${error.parameters.retry_after ?? error.description}`);
  }
}

bot.command("me", async (context) => {
  const me = await context.api.getMe();
  await context.api.setMyCommands([{ command: "me", description: "Me" }]);
  await context.reply(`${me.username} ${(await context.api.getMyCommands()).length}`);
});
bot.command("html", (context) => context.reply("<b>a</b> &amp; <code>b</code>", { parse_mode: "HTML" }));
bot.command("markdown", (context) => context.reply("*a* b\\.", { parse_mode: "MarkdownV2" }));
bot.command("edit", async (context) => {
  const sent = await context.reply("before");
  await context.api.editMessageText(sent.chat.id, sent.message_id, "after");
});
bot.command("keyboard", (context) => context.reply("Press", { reply_markup: new InlineKeyboard().text("Button", "data") }));
bot.callbackQuery("data", async (context) => {
  await context.answerCallbackQuery("Toast");
  await context.editMessageText("pressed");
});
bot.command("upload", async (context) => {
  await context.replyWithPhoto(picture(), { caption: "photo" });
  await context.replyWithDocument(new InputFile(Buffer.from("content"), "a.txt"), { caption: "document" });
});
bot.on("message:document", async (context) => {
  const file = await context.getFile();
  const answer = await fetch(`${API_ROOT}/file/bot${TOKEN}/${file.file_path}`);
  await context.reply(`got ${await answer.text()}`);
});
bot.command("poll", (context) => context.replyWithPoll("Question?", [{ text: "Yes" }, { text: "No" }]));
bot.command("album", (context) =>
  context.replyWithMediaGroup([
    { type: "photo", media: picture(), caption: "one" },
    { type: "photo", media: picture() },
  ]),
);
bot.command("e400", (context) => refusal(context, () => context.api.editMessageText(context.chat.id, 99999, "x")));
bot.command("e403", (context) => refusal(context, () => context.api.sendMessage(Number(context.match), "x")));
bot.command("e429", (context) => refusal(context, () => context.api.sendMessage(context.chat.id, "x")));
bot.command("answer", async (context) => {
  answering = true;
  await context.reply("answered");
  answering = false;
});

if (HOOK) {
  await bot.init();
  const server = createServer(webhookCallback(bot, "http"));
  server.listen(Number(new URL(HOOK).port), "127.0.0.1", async () => {
    await bot.api.setWebhook(HOOK);
    console.log("ready");
  });
} else {
  await bot.start({ onStart: () => console.log("ready") });
}
