// What a person does at the bottom of the phone: type, choose a command, attach, record, use the keyboard.

import { Commands } from "./commands.js";
import { openMenu } from "./dialog.js";
import { fill, h, icon, iconButton, keepFocus } from "./dom.js";
import { InlineBox } from "./inline.js";
import { replyKeyboard } from "./keyboards.js";
import { chooseFiles, sendFiles } from "./sending.js";
import { shareContact, shareLocation } from "./sharing.js";
import { chooseVoice, record } from "./voice.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.commands = new Commands(phone, () => this.input);
    this.inline = new InlineBox(phone, () => this.input);
    this.context = null; // {kind: "reply" or "edit", message}
    this.keyboard = null;
    this.keyboardShown = false;
    this.contextBar = h("div", { class: "context" });
    this.bar = h("div", { class: "bar" });
    this.keys = h("div", { class: "reply-keyboard" });
    this.start = h("button", { type: "button", class: "start", onclick: () => this.press() });
    this.element = h(
      "div",
      { class: "composer" },
      this.commands.element,
      this.inline.element,
      this.contextBar,
      this.bar,
      this.start,
      this.keys,
    );
    this.element.addEventListener("paste", (event) => this.paste(event));
  }

  /** Make everything anew, in the phone's language. */
  render() {
    const { phone } = this;
    const _ = phone._.bind(phone);
    const typed = this.input?.value ?? "";
    this.menuButton = h(
      "button",
      {
        type: "button",
        class: "menu-button",
        "aria-expanded": "false",
        "aria-controls": this.commands.element.id,
        onclick: () => this.toggleCommands(),
      },
      icon("menu"),
      h("span", {}, _("Menu")),
    );
    this.input = h("textarea", { rows: "1", "aria-label": _("Message"), placeholder: this.placeholder ?? _("Message"), maxlength: "8192" });
    this.input.value = typed;
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.keyboardButton = iconButton("keyboard", _("Keyboard of the bot"), () => this.toggleKeyboard(), { class: "round" });
    this.attachButton = iconButton("attach", _("Attach"), () => this.attach(), { class: "round", "aria-haspopup": "menu" });
    this.sendButton = iconButton("send", _("Send"), () => this.send(), { class: "round strong send" });
    this.micButton = iconButton("mic", _("Record a voice message"), () => this.record(), { class: "round" });
    this.commands.render();
    this.inline.render();
    this.renderBar();
    this.renderKeyboard();
    this.renderState();
  }

  renderBar() {
    fill(
      this.bar,
      this.menuButton,
      this.input,
      this.keyboardButton,
      this.attachButton,
      this.micButton,
      this.sendButton,
    );
    this.typed();
  }

  /** A new person presses Start first, one who has blocked the bot unblocks it first. */
  renderState() {
    const { person } = this.phone;
    const waits = !person.started || person.blocked;
    const change = () => {
      this.start.hidden = !waits;
      this.bar.hidden = waits;
      this.showKeyboard();
    };
    keepFocus(this.element, change, () => (waits ? this.start : this.input));
    this.start.textContent = person.blocked ? this.phone._("UNBLOCK") : this.phone._("START");
  }

  press() {
    this.start.focus(); // not every browser gives it to a button that is clicked; from here it goes to the input line
    return this.phone.person.blocked ? this.phone.does("unblocks") : this.phone.starts();
  }

  focus() {
    (this.start.hidden ? this.input : this.start).focus();
  }

  /** What has been typed so far, which becomes something else now. */
  takeText() {
    const text = this.input.value.trim();
    this.input.value = "";
    this.typed();
    return text;
  }

  typed() {
    const text = this.input.value;
    this.sendButton.hidden = text.trim() === "";
    this.micButton.hidden = text.trim() !== "";
    this.commands.suggest(text);
    this.inline.typed(text);
    this.menuButton.setAttribute("aria-expanded", String(!this.commands.element.hidden));
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    } else if (event.key === "ArrowUp" && this.input.value === "") {
      this.editLast(event);
    } else if (["ArrowUp", "ArrowDown"].includes(event.key)) {
      this.commands.enter(event);
      this.inline.enter(event);
    } else if (event.key === "Escape") {
      this.leaveContext();
      this.commands.hide();
      this.inline.hide();
    }
  }

  async send() {
    const text = this.takeText();
    if (!text) return;
    const { context } = this;
    this.leaveContext();
    if (context?.kind === "edit") {
      await this.phone.does("edits", { message_id: context.message.message_id, text });
    } else {
      await this.phone.does("types", { text, ...(context ? { reply_to: context.message.message_id } : {}) });
    }
    this.input.focus();
  }

  replyTo(message) {
    this.enterContext("reply", message);
  }

  edit(message) {
    this.input.value = message.text ?? message.caption ?? "";
    this.enterContext("edit", message);
    this.typed();
  }

  editLast(event) {
    const own = [...this.phone.feed.entries.values()].reverse().find((entry) => !entry.byBot && entry.body.text);
    if (!own) return;
    event.preventDefault();
    this.edit(own.body);
  }

  enterContext(kind, message) {
    const { phone } = this;
    this.context = { kind, message };
    const label = kind === "edit" ? phone._("Edit") : phone._("Reply");
    fill(
      this.contextBar,
      icon(kind),
      h("p", {}, h("b", {}, label), h("span", {}, message.text ?? message.caption ?? "…")),
      iconButton("close", phone._("Cancel"), () => this.leaveContext(), { class: "round" }),
    );
    this.input.focus();
  }

  leaveContext() {
    if (this.context?.kind === "edit") {
      this.input.value = "";
      this.typed();
    }
    this.context = null;
    fill(this.contextBar);
  }

  useCommands(commands) {
    this.menuButton.hidden = commands.length === 0;
    this.commands.use(commands);
    this.typed();
  }

  toggleCommands() {
    this.commands.toggle();
    this.menuButton.setAttribute("aria-expanded", String(!this.commands.element.hidden));
  }

  /** A message came with a keyboard for below the input line, or with the end of one. */
  useKeyboard(markup, message) {
    if (markup.remove_keyboard) this.keyboard = null;
    if (markup.keyboard) this.keyboard = markup;
    if (markup.force_reply) this.replyTo(message);
    this.keyboardShown = Boolean(this.keyboard);
    this.placeholder = markup.input_field_placeholder;
    this.input.placeholder = this.placeholder ?? this.phone._("Message");
    this.renderKeyboard();
  }

  toggleKeyboard() {
    this.keyboardShown = !this.keyboardShown;
    keepFocus(this.element, () => this.showKeyboard(), () => this.input);
  }

  renderKeyboard() {
    const { phone } = this;
    const used = () => {
      if (this.keyboard?.one_time_keyboard) this.toggleKeyboard();
    };
    const change = () => {
      fill(this.keys, this.keyboard && replyKeyboard(phone, this.keyboard.keyboard, used));
      this.showKeyboard();
    };
    const same = ({ dataset }) => [...this.keys.querySelectorAll("button")].find((each) => each.dataset.label === dataset.label);
    keepFocus(this.element, change, (before) => same(before) ?? this.input);
  }

  showKeyboard() {
    const { person } = this.phone;
    this.keyboardButton.hidden = !this.keyboard;
    this.keyboardButton.setAttribute("aria-expanded", String(this.keyboardShown));
    this.keys.hidden = !(this.keyboard && this.keyboardShown && person.started && !person.blocked);
  }

  attach() {
    const { phone } = this;
    const send = async (accept, asFiles) => sendFiles(phone, await chooseFiles(accept, true), asFiles);
    const items = [
      { label: phone._("Photo or album"), icon: "photo", does: () => send("image/*", false) },
      { label: phone._("File"), icon: "file", does: () => send("", true) },
      { label: phone._("Location"), icon: "place", does: () => shareLocation(phone) },
      { label: phone._("Contact"), icon: "person", does: () => shareContact(phone) },
      { label: phone._("Recording as a voice message"), icon: "mic", does: () => chooseVoice(phone) },
    ];
    openMenu(this.attachButton, phone._("Attach"), items, { lang: phone.language });
  }

  record() {
    record(this.phone, this.bar, () => {
      this.renderBar();
      this.input.focus();
    });
  }

  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    sendFiles(this.phone, files, files.some((file) => !file.type.startsWith("image/")));
  }

  askInline(query) {
    this.input.value = `@${this.phone.page.state.username} ${query}`;
    this.input.focus();
    this.typed();
  }

  offers(change) {
    this.inline.offers(change);
  }
}
