// How the bot's process is, in words.

import { fill, h } from "./dom.js";

/** Say in `element` that the bot is in `state`. */
export function showBot(element, state, _) {
  element.dataset.state = state;
  fill(element, h("span", { class: "dot", "aria-hidden": "true" }), botState(state, _));
}

function botState(state, _) {
  switch (state) {
    case "starting":
      return _("The bot is starting");
    case "running":
      return _("The bot is running");
    case "stopping":
      return _("The bot is stopping");
    case "stopped":
      return _("The bot is stopped");
    case "killed":
      return _("The bot was killed");
    case "failed":
      return _("The bot has stopped with an error; see the terminal");
    default:
      return _("The trial has ended; start it again in the terminal");
  }
}
