// What this is, and how it becomes a bot that everybody can write to.

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";

/** Three steps from the trial to a bot in Telegram. */
export function showAbout(_) {
  const link = h("a", { href: "https://t.me/BotFather", target: "_blank", rel: "noopener noreferrer" }, "@BotFather");
  const steps = h(
    "ol",
    { class: "steps" },
    h("li", {}, h("p", {}, _("In Telegram, write /newbot to @BotFather and choose a name. You get a token.")), h("p", {}, link)),
    h("li", {}, h("p", {}, _("Put the token into a file called .env beside the Makefile:")), h("pre", {}, "BOT_TOKEN=123456789:AAH…")),
    h(
      "li",
      {},
      h("p", {}, _("Start Meldind again. It prints a line with /start and a code: send it to your bot to become its owner.")),
      h("pre", {}, "make run"),
    ),
  );
  openDialog(
    _("Set up a real bot in three steps"),
    [
      h("p", {}, _("This is a trial: the bot is the real one, the phones and Telegram are played by this computer.")),
      steps,
      h("p", { class: "quiet" }, _("What you try out here is kept apart from the real reports.")),
    ],
    _,
  );
}
