// The messages of a chat, the newest at the bottom.

import { bubble } from "./bubble.js";
import { fill, h } from "./dom.js";
import { locale } from "./texts.js";

const NEAR = 120; // pixels from the bottom within which somebody is taken to read the newest

export class Feed {
  constructor(phone) {
    this.phone = phone;
    this.entries = new Map(); // by message id: {body, byBot, key}; the messages of an album share the key
    this.rows = new Map(); // by key: the element
    this.pending = new Map(); // by query id: the button that waits for its answer
    this.list = h("div", { class: "messages" });
    this.empty = h("div", { class: "empty" });
    this.element = h("div", { class: "feed", role: "log", tabindex: "0" }, this.empty, this.list);
    this.atEnd = true;
    this.element.addEventListener("scroll", () => {
      this.atEnd = this.isAtEnd();
    });
    // A picture that arrives, or a keyboard that takes room, must not push the newest message out of sight.
    const observer = new ResizeObserver(() => this.atEnd && this.scrollDown());
    observer.observe(this.element);
    observer.observe(this.list);
  }

  /** Show everything anew: the language has changed. */
  render() {
    this.element.setAttribute("aria-label", this.phone._("Chat with {name}", { name: this.phone.profile.name }));
    this.renderEmpty();
    const entries = [...this.entries.values()];
    this.entries.clear();
    this.rows.clear();
    this.day = null;
    fill(this.list);
    for (const { body, byBot, seen } of entries) this.add(body, byBot, false, seen);
  }

  renderEmpty() {
    const { phone } = this;
    this.empty.hidden = this.entries.size > 0;
    const description = phone.profile.description || phone._("Press START to begin.");
    fill(this.empty, h("p", { class: "question" }, phone._("What can this bot do?")), h("p", {}, description));
  }

  add(body, byBot, isNew, seen = false) {
    const stays = this.atEnd || !byBot || !isNew;
    const key = body.media_group_id ? `album-${body.media_group_id}` : `message-${body.message_id}`;
    this.entries.set(body.message_id, { body, byBot, key, seen });
    this.empty.hidden = true;
    if (!this.rows.has(key)) this.markDay(body.date);
    this.show(key, isNew);
    if (stays) this.scrollDown();
  }

  change(body) {
    const entry = this.entries.get(body.message_id);
    if (!entry) return;
    entry.body = body;
    this.show(entry.key, false);
    if (this.atEnd) this.scrollDown();
  }

  remove(id) {
    const entry = this.entries.get(id);
    if (!entry) return;
    this.entries.delete(id);
    if (this.bodies(entry.key).length > 0) {
      this.show(entry.key, false);
    } else {
      this.rows.get(entry.key).remove();
      this.rows.delete(entry.key);
    }
  }

  /** A button was pressed, here or by another hand: it waits until the bot answers. */
  pressed(messageId, queryId, label, isNew) {
    if (!isNew) return;
    const row = this.rows.get(this.entries.get(messageId)?.key);
    const buttons = [...(row?.querySelectorAll(".keyboard button") ?? [])];
    const button = buttons.find((each) => each.dataset.label === label);
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    this.pending.set(queryId, { messageId, label });
  }

  /** The bot has answered a press. */
  answered(queryId) {
    const press = this.pending.get(queryId);
    this.pending.delete(queryId);
    const row = press && this.rows.get(this.entries.get(press.messageId)?.key);
    for (const button of row?.querySelectorAll("[aria-busy]") ?? []) button.removeAttribute("aria-busy");
  }

  /** What the person wrote before has been read. */
  botWasHere() {
    for (const entry of this.entries.values()) {
      if (entry.byBot || entry.seen) continue;
      entry.seen = true;
      this.rows.get(entry.key)?.querySelector(".meta")?.classList.add("seen");
    }
  }

  bodies(key) {
    return [...this.entries.values()].filter((entry) => entry.key === key).map((entry) => entry.body);
  }

  show(key, isNew) {
    const entry = [...this.entries.values()].find((each) => each.key === key);
    const row = bubble(this.phone, this.bodies(key), entry.byBot, entry.seen);
    const there = this.rows.get(key);
    const focused = there?.contains(document.activeElement) ? document.activeElement.dataset.label : undefined;
    if (there) there.replaceWith(row);
    else this.list.append(row);
    this.rows.set(key, row);
    row.classList.toggle("new", isNew);
    // A press changes the message it was made on: whoever uses the keyboard stays there.
    if (focused !== undefined) {
      const buttons = [...row.querySelectorAll(".keyboard button")];
      (buttons.find((each) => each.dataset.label === focused) ?? buttons[0] ?? this.element).focus();
    }
    for (const press of this.pending.values()) {
      const button = [...row.querySelectorAll(".keyboard button")].find((each) => each.dataset.label === press.label);
      if (this.entries.get(press.messageId)?.key === key) button?.setAttribute("aria-busy", "true");
    }
  }

  markDay(seconds) {
    const date = new Date(seconds * 1000);
    const day = date.toDateString();
    if (day === this.day) return;
    this.day = day;
    const written = date.toLocaleDateString(locale(this.phone.language), { day: "numeric", month: "long" });
    this.list.append(h("p", { class: "day" }, day === new Date().toDateString() ? this.phone._("Today") : written));
  }

  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  scrollDown() {
    this.atEnd = true;
    requestAnimationFrame(() => {
      this.element.scrollTop = this.element.scrollHeight;
    });
  }
}
