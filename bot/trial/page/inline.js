// Asking the bot inline: what one types behind its name, and what it offers.

import { move } from "./dialog.js";
import { fill, h } from "./dom.js";

const PAUSE = 300; // milliseconds without a key after which the bot is asked

export class InlineBox {
  constructor(phone, input) {
    this.phone = phone;
    this.input = input;
    this.asked = null;
    this.element = h("div", { class: "panel inline-results", role: "group", hidden: true });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        this.hide();
        this.input().focus();
      } else {
        move(event, this.element);
      }
    });
  }

  render() {
    this.element.setAttribute("aria-label", this.phone._("What the bot offers"));
  }

  hide() {
    this.element.hidden = true;
  }

  typed(text) {
    clearTimeout(this.waiting);
    const name = `@${this.phone.page.state.username} `;
    if (!text.startsWith(name)) {
      this.hide();
      return;
    }
    this.say(this.phone._("Asking…"));
    this.waiting = setTimeout(() => this.ask(text.slice(name.length)), PAUSE);
  }

  async ask(query) {
    const done = await this.phone.does("inline_query", { text: query });
    this.asked = done?.query_id;
    if (this.early?.query_id === this.asked) this.offers(this.early);
  }

  say(text) {
    fill(this.element, h("p", {}, text));
    this.element.hidden = false;
  }

  offers(change) {
    this.early = change; // the answer may be here before the question's own
    if (change.query_id !== this.asked) return;
    if (change.results.length === 0) {
      this.say(this.phone._("Nothing found."));
      return;
    }
    fill(this.element, change.results.map((result) => this.entry(change.query_id, result)));
    this.element.hidden = false;
  }

  entry(queryId, result) {
    const choose = async () => {
      this.input().value = "";
      this.input().dispatchEvent(new Event("input"));
      await this.phone.does("chooses", { query_id: queryId, result_id: result.id });
      this.input().focus();
    };
    return h(
      "button",
      { type: "button", onclick: choose },
      h("b", {}, result.title ?? result.type),
      result.description && h("span", {}, result.description),
    );
  }

  enter(event) {
    const first = this.element.hidden ? null : this.element.querySelector("button");
    if (!first) return;
    event.preventDefault();
    first.focus();
  }
}
