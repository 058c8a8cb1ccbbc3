// The menu of commands above the input line.

import { move } from "./dialog.js";
import { fill, h } from "./dom.js";

export class Commands {
  constructor(phone, input) {
    this.phone = phone;
    this.input = input;
    this.all = [];
    this.open = false;
    this.element = h("div", { class: "panel commands", id: `commands-${phone.person.id}`, hidden: true });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.leave();
      else move(event, this.element);
    });
  }

  render() {
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", this.phone._("Commands"));
    fill(this.element, this.all.map((each) => this.entry(each)));
  }

  entry({ command, description }) {
    const choose = () => {
      this.hide();
      this.input().value = "";
      this.input().dispatchEvent(new Event("input"));
      this.phone.does("types", { text: `/${command}` });
      this.input().focus();
    };
    return h(
      "button",
      { type: "button", "data-command": command, onclick: choose },
      h("span", { class: "description" }, description),
      h("span", { class: "command" }, `/${command}`),
    );
  }

  /** Take over another menu; whoever is in it with the keyboard stays at the same command. */
  use(commands) {
    const at = this.element.contains(document.activeElement) ? document.activeElement.dataset.command : null;
    this.all = commands;
    this.render();
    if (at) (this.element.querySelector(`[data-command="${at}"]`) ?? this.input()).focus();
  }

  /** Show all, or none. */
  toggle() {
    this.open = this.element.hidden;
    this.show(() => true, this.open);
    if (this.open) this.element.querySelector("button")?.focus();
  }

  hide() {
    this.open = false;
    this.element.hidden = true;
  }

  leave() {
    this.hide();
    this.input().focus();
  }

  /** Show the commands that begin with what is typed; an open menu stays as long as nothing is. */
  suggest(text) {
    if (this.open && text === "") return;
    if (/^\/\w*$/.test(text)) this.show((name) => name.startsWith(text.slice(1).toLowerCase()), true);
    else this.hide();
  }

  show(fits, wanted) {
    let any = false;
    for (const button of this.element.children) {
      button.hidden = !fits(button.dataset.command);
      any ||= !button.hidden;
    }
    this.element.hidden = !(wanted && any);
  }

  /** From the input line into the list. */
  enter(event) {
    if (this.element.hidden) return;
    event.preventDefault();
    const shown = [...this.element.querySelectorAll("button:not([hidden])")];
    shown.at(event.key === "ArrowUp" ? -1 : 0).focus();
  }
}
