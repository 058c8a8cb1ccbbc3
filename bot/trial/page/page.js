// The frame around the phones: header, switcher, drawer, and what arrives for whom.

import { showAbout } from "./about.js";
import { showBot } from "./bot.js";
import { Drawer } from "./drawer.js";
import { fill, h, icon, iconButton, keepFocus } from "./dom.js";
import { addPhone } from "./entering.js";
import { Guide } from "./guide.js";
import { Phone } from "./phone.js";
import { act, get, listen } from "./server.js";

export class Page {
  constructor(state, language, speaker) {
    this.state = state;
    this.language = language;
    this.speaker = speaker;
    this.phones = new Map();
    this.chosen = null;
    this.header = h("header", { class: "top" });
    this.switcher = h("nav", { class: "switcher" });
    this.desk = h("div", { class: "desk", role: "region", tabindex: "0" });
    this.drawer = new Drawer(this);
    this.guide = new Guide();
    const main = h("main", {}, this.guide.element, this.switcher, this.desk);
    document.body.append(this.header, h("div", { class: "stage" }, main, this.drawer.element));
    this.useTheme(localStorage.getItem("theme"));
  }

  /** Show everything there is, and listen to what comes. */
  async begin() {
    await this.speak(this.language);
    listen({
      open: () => this.catchUp(),
      lost: () => this.botIs("gone"),
      change: (change) => this.phones.get(change.chat_id)?.hear(change),
      call: (call) => this.called(call),
      bot: ({ state }) => this.botIs(state),
    });
    document.documentElement.dataset.ready = "yes";
  }

  /** Say everything in `language` from now on; phones that have not begun follow. */
  async speak(language) {
    this.language = language;
    this._ = this.speaker(language);
    document.documentElement.lang = language;
    localStorage.setItem("language", language);
    const waiting = this.state.people.filter((each) => !each.started && each.language_code !== language);
    await Promise.all(waiting.map((each) => act(each.id, "speaks", { language_code: language })));
    for (const each of waiting) each.language_code = language;
    this.render();
    await this.catchUp();
  }

  /** Fetch what this page may have missed. */
  async catchUp() {
    this.state = await get("/trial/state");
    for (const person of this.state.people) this.take(person);
    this.renderSwitcher();
    this.botIs(this.state.bot);
    await Promise.all([...this.phones.values()].map((phone) => phone.catchUp()));
    await this.drawer.catchUp();
  }

  /** Give `person` a phone, or let the phone know what has changed about its owner. */
  take(person) {
    const there = this.phones.get(person.id);
    if (there) return there.belongsTo(person);
    const phone = new Phone(this, person);
    this.phones.set(person.id, phone);
    this.desk.append(phone.element);
    if (this.chosen === null) this.choose(person.id);
  }

  /** Show this phone where there is room for only one. */
  choose(id) {
    this.chosen = id;
    for (const [number, phone] of this.phones) phone.element.classList.toggle("chosen", number === id);
    this.renderSwitcher();
  }

  called(call) {
    this.drawer.add(call);
    if (/^(set|delete)My/.test(call.method)) {
      for (const phone of this.phones.values()) phone.botChanged();
    }
  }

  botIs(state) {
    this.state.bot = state;
    if (this.botStatus) showBot(this.botStatus, state, this._);
    this.drawer.botIs(state);
  }

  useTheme(theme) {
    const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    this.dark = dark;
    if (theme) document.documentElement.dataset.theme = theme;
  }

  render() {
    const { _ } = this;
    document.title = _("Meldind: a trial");
    this.desk.setAttribute("aria-label", _("Phones"));
    this.switcher.setAttribute("aria-label", _("Which phone"));
    this.renderHeader();
    this.guide.render(_);
    this.renderSwitcher();
    this.drawer.render();
  }

  renderHeader() {
    const { _ } = this;
    this.botStatus = h("p", { class: "bot-status", role: "status" });
    showBot(this.botStatus, this.state.bot, _);
    const languages = h("div", { class: "languages", role: "group", "aria-label": _("Language of this page") });
    for (const [code, name] of Object.entries(this.state.languages)) {
      const pressed = String(code === this.language);
      const choose = () => this.speak(code).then(() => this.header.querySelector(`[lang=${code}]`).focus());
      languages.append(h("button", { type: "button", lang: code, "aria-pressed": pressed, onclick: choose }, name));
    }
    const switchTheme = () => {
      localStorage.setItem("theme", this.dark ? "light" : "dark");
      this.useTheme(localStorage.getItem("theme"));
      this.renderHeader();
      this.header.querySelector(".theme").focus();
    };
    const drawerButton = h(
      "button",
      {
        type: "button",
        class: "tool",
        "aria-expanded": String(this.drawer.isOpen),
        "aria-controls": "drawer",
        onclick: () => drawerButton.setAttribute("aria-expanded", String(this.drawer.toggle())),
      },
      icon("gears"),
      h("span", {}, _("Behind the scenes")),
    );
    this.drawerButton = drawerButton;
    const logo = h("img", { src: "/page/icon.svg", alt: "", width: "36", height: "36" });
    fill(
      this.header,
      h("div", { class: "brand" }, logo, h("h1", {}, "Meldind"), h("span", { class: "badge" }, _("Trial"))),
      h("p", { class: "what" }, _("Everything stays on this computer; nothing reaches Telegram.")),
      this.botStatus,
      h(
        "div",
        { class: "tools" },
        h("button", { type: "button", class: "tool", onclick: () => addPhone(this) }, icon("add"), h("span", {}, _("Add a phone"))),
        drawerButton,
        h(
          "a",
          { class: "tool", href: `/site/${this.language}/index.html`, target: "_blank", rel: "noopener" },
          icon("globe"),
          h("span", {}, _("Public site")),
        ),
        h("button", { type: "button", class: "tool", onclick: () => showAbout(_) }, icon("rocket"), h("span", {}, _("Go live"))),
        languages,
        iconButton(this.dark ? "sun" : "moon", this.dark ? _("Light colours") : _("Dark colours"), switchTheme, { class: "tool theme" }),
      ),
    );
  }

  renderSwitcher() {
    const buttons = [...this.phones].map(([id, phone]) =>
      h(
        "button",
        { type: "button", "aria-pressed": String(id === this.chosen), onclick: () => this.choose(id), "data-person": id },
        phone.person.first_name,
        h("small", {}, roleName(phone.person.role, this._)),
      ),
    );
    const same = ({ dataset }) => this.switcher.querySelector(`[data-person="${dataset.person}"]`);
    keepFocus(this.switcher, () => fill(this.switcher, buttons), same);
  }
}

/** What somebody is, in words. */
export function roleName(role, _) {
  return { librarian: _("Librarian"), coordinator: _("Coordinator"), partner: _("Partner") }[role];
}
