// One person's phone: the frame, the head of the chat, and what happens in it.

import { Composer } from "./composer.js";
import { openMenu } from "./dialog.js";
import { fill, h, iconButton } from "./dom.js";
import { Feed } from "./feed.js";
import { roleName } from "./page.js";
import { startPayload } from "./links.js";
import { act, get, post } from "./server.js";
import { timeOfDay } from "./texts.js";

const TYPING = 5000; // milliseconds that "typing…" stays, as with Telegram
const TOAST = 3500;

export class Phone {
  constructor(page, person) {
    this.page = page;
    this.person = person;
    this.version = 0;
    this.profile = { name: "Meldind", description: "" };
    this.title = h("h2", { id: `phone-${person.id}` });
    this.head = h("div", { class: "chat-head" });
    this.name = h("p", { class: "chat-name" });
    this.status = h("p", { class: "chat-status" });
    this.more = iconButton("more", "", () => this.openMore(), { "aria-haspopup": "menu", class: "round" });
    this.head.append(
      h("img", { src: "/page/icon.svg", alt: "", width: "40", height: "40" }),
      h("div", { class: "chat-title" }, this.name, this.status),
      this.more,
    );
    this.toasts = h("div", { class: "toasts", role: "status" });
    this.feed = new Feed(this);
    this.composer = new Composer(this);
    this.glass = h("div", { class: "glass", "aria-hidden": "true" });
    this.screen = h("div", { class: "screen" }, this.glass, this.head, this.feed.element, this.toasts, this.composer.element);
    this.element = h(
      "section",
      { class: "phone", "aria-labelledby": this.title.id, "data-person": person.id },
      this.title,
      h("div", { class: "frame" }, this.screen),
    );
    this.belongsTo(person);
  }

  /** Say a sentence in the language of the phone. */
  _(text, places) {
    return this.page.speaker(this.language)(text, places);
  }

  get language() {
    const code = (this.person.language_code ?? "").split("-")[0];
    return code in this.page.state.languages ? code : "en";
  }

  /** Take over what is new about the person. */
  belongsTo(person) {
    const before = this.shownLanguage;
    this.person = person;
    if (before !== this.language) {
      this.shownLanguage = this.language;
      this.screen.lang = this.language;
      this.renderHead();
      this.feed.render();
      this.composer.render();
      this.botChanged();
    }
    this.renderTitle();
    this.composer.renderState();
  }

  renderTitle() {
    const { _ } = this.page;
    fill(this.title, this.person.first_name, h("span", { class: "role" }, roleName(this.person.role, _)));
  }

  renderHead() {
    fill(this.glass, h("span", {}, timeOfDay(Date.now() / 1000, this.language)), h("i"));
    this.name.textContent = this.profile.name;
    this.status.textContent = this._("bot");
    for (const attribute of ["aria-label", "title"]) this.more.setAttribute(attribute, this._("More"));
  }

  openMore() {
    const { blocked } = this.person;
    const languages = Object.entries(this.page.state.languages).map(([code, name]) => ({
      label: name,
      icon: "globe",
      checked: code === this.language,
      does: () => this.speaks(code),
    }));
    const items = [
      { label: this._("Ask inline"), icon: "search", does: () => this.composer.askInline("") },
      blocked
        ? { label: this._("Unblock the bot"), icon: "bolt", does: () => this.does("unblocks") }
        : { label: this._("Block the bot"), icon: "block", does: () => this.does("blocks") },
      ...languages,
    ];
    openMenu(this.more, this._("More"), items, { lang: this.language });
  }

  /** Do something with this phone; what comes of it arrives with the stream. */
  async does(action, given = {}) {
    try {
      return await act(this.person.id, action, given);
    } catch {
      this.toast(this._("That is not possible now."));
      return null;
    }
  }

  /** Open the bot for the first time: a coordinator or a partner does so by an invitation. */
  starts() {
    return post(`/trial/people/${this.person.id}/start`);
  }

  async speaks(code) {
    await this.does("speaks", { language_code: code });
    this.belongsTo({ ...this.person, language_code: code });
    this.page.state.people.find((each) => each.id === this.person.id).language_code = code;
  }

  /** Open what a link leads to: one into the bot starts it on this phone, any other one is the browser's. */
  follows(address) {
    const payload = startPayload(address, this.page.state.username);
    if (payload === null) return false;
    this.does("starts", { payload });
    this.focus();
    return true;
  }

  focus() {
    this.page.choose(this.person.id);
    this.composer.focus();
  }

  /** Show everything that happened since the last time. */
  async catchUp() {
    const seen = await get(`/control/chats/${this.person.id}/changes?after=${this.version}`);
    for (const change of seen.changes) this.hear(change);
  }

  /** Show that something happened in the chat. */
  hear(change) {
    if (change.version <= this.version) return;
    if (change.version > this.version + 1) {
      this.catchUp();
      return;
    }
    this.version = change.version;
    const isNew = Date.now() / 1000 - change.at < 10;
    if (change.by === null) this.feed.botWasHere();
    switch (change.kind) {
      case "message":
        this.typing(null);
        this.feed.add(change.message, change.by === null, isNew);
        if (change.keyboard) this.composer.useKeyboard(change.keyboard, change.message);
        break;
      case "edit":
        this.feed.change(change.message);
        break;
      case "delete":
        this.feed.remove(change.message.message_id);
        break;
      case "press":
        this.feed.pressed(change.message_id, change.query_id, change.text, isNew);
        break;
      case "toast":
        this.feed.answered(change.query_id);
        if (isNew && change.text) change.show_alert ? this.alert(change.text) : this.toast(change.text);
        break;
      case "action":
        if (isNew) this.typing(change.text);
        break;
      case "inline_results":
        if (isNew) this.composer.offers(change);
        break;
      case "member":
        this.person = { ...this.person, blocked: change.text === "kicked" };
        break;
    }
    if (change.by === this.person.id && !this.person.started) {
      this.person = { ...this.person, started: true };
      this.page.state.people.find((each) => each.id === this.person.id).started = true;
    }
    this.composer.renderState();
  }

  typing(action) {
    clearTimeout(this.typingEnds);
    const words = { upload_photo: this._("sending a photo…"), upload_document: this._("sending a file…") };
    this.status.textContent = action ? (words[action] ?? this._("typing…")) : this._("bot");
    this.status.classList.toggle("active", Boolean(action));
    if (action) this.typingEnds = setTimeout(() => this.typing(null), TYPING);
  }

  toast(text) {
    const toast = h("p", { class: "toast" }, text);
    this.toasts.append(toast);
    setTimeout(() => toast.remove(), TOAST);
  }

  alert(text) {
    const before = document.activeElement;
    const close = () => {
      shade.remove();
      before?.focus();
    };
    const id = `alert-${this.person.id}`;
    const ok = h("button", { type: "button", onclick: close }, this._("OK"));
    const box = h("div", { class: "alert", role: "alertdialog", "aria-labelledby": id }, h("p", { id }, text), ok);
    const shade = h("div", { class: "shade", onkeydown: (event) => event.key === "Escape" && close() }, box);
    this.screen.append(shade);
    ok.focus();
  }

  /** The menu and the profile may be others now. */
  botChanged() {
    clearTimeout(this.lookAgain);
    this.lookAgain = setTimeout(async () => {
      const base = `/control/people/${this.person.id}`;
      const [commands, profile] = await Promise.all([get(`${base}/commands`), get(`${base}/profile`)]);
      this.composer.useCommands(commands);
      this.profile = profile;
      this.renderHead();
      this.feed.renderEmpty();
    }, 150);
  }

  /** The other phones, for links that are handed on. */
  others() {
    return [...this.page.phones.values()].filter((phone) => phone !== this);
  }
}

