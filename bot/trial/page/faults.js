// Switches for what may go wrong between the bot and Telegram, and with the bot itself.

import { fill, h, icon } from "./dom.js";
import { get, post, remove } from "./server.js";

const SLOW = { kind: "delay", seconds: 1.5, times: null };

export class Faults {
  constructor(page) {
    this.page = page;
    this.element = h("div", { class: "faults" });
    this.active = [];
  }

  render() {
    const { _ } = this.page;
    const again = (kind, method = null) => () => this.add({ kind, method, times: 1, seconds: 5 });
    this.slow = h("input", { type: "checkbox", role: "switch", onchange: () => this.switchSlow() });
    this.flood = h("input", { type: "checkbox", role: "switch", onchange: () => post("/control/flood", { on: this.flood.checked }) });
    this.twice = h("input", { type: "checkbox", role: "switch", onchange: () => this.switchTwice() });
    this.waiting = h("p", { class: "counts", role: "status" });
    this.buttons = {
      start: this.bot("start", _("Start the bot")),
      restart: this.bot("restart", _("Restart")),
      kill: this.bot("kill", _("Kill"), "danger"),
    };
    fill(
      this.element,
      h("h3", {}, _("The bot")),
      h("p", { class: "quiet" }, _("Kill it in the middle of a report and start it again: nothing is lost.")),
      h("div", { class: "row" }, Object.values(this.buttons)),
      h("h3", {}, _("What may go wrong")),
      h("label", { class: "check" }, this.slow, _("Slow network")),
      h("label", { class: "check" }, this.twice, _("Telegram delivers presses twice")),
      h("label", { class: "check" }, this.flood, _("Telegram’s limits on messages per second")),
      h(
        "div",
        { class: "row grid-of-two" },
        this.once(_("Drop the next reply"), again("lost_answer", "sendMessage")),
        this.once(_("429: wait five seconds"), again("too_many_requests")),
        this.once(_("502: bad gateway"), again("bad_gateway")),
        this.once(_("Drop the next connection"), again("cut")),
      ),
      this.waiting,
    );
    this.botIs(this.page.state.bot);
    this.show();
  }

  once(label, does) {
    return h("button", { type: "button", class: "small", onclick: does }, icon("bolt"), label);
  }

  bot(action, label, kind = "") {
    const does = async () => {
      const state = await post(`/trial/bot/${action}`);
      this.page.botIs(state.bot);
    };
    return h("button", { type: "button", class: `small ${kind}`, onclick: does, "data-bot": action }, label);
  }

  botIs(state) {
    if (!this.buttons) return;
    const runs = state === "running" || state === "starting";
    for (const [action, button] of Object.entries(this.buttons)) {
      button.setAttribute("aria-disabled", String(action === "start" ? runs : !runs));
    }
  }

  async add(fault) {
    await post("/control/faults", fault);
    await this.catchUp();
  }

  async switchSlow() {
    if (this.slow.checked) return this.add(SLOW);
    for (const fault of this.active.filter((each) => each.kind === "delay")) await remove(`/control/faults/${fault.id}`);
    return this.catchUp();
  }

  switchTwice() {
    return post("/control/delivery", { repeat_presses: this.twice.checked ? 1 : 0 });
  }

  async catchUp() {
    this.active = await get("/control/faults");
    this.show();
  }

  /** Say what is switched on. */
  show() {
    if (!this.slow) return;
    const { _ } = this.page;
    this.slow.checked = this.active.some((fault) => fault.kind === "delay");
    const once = this.active.filter((fault) => fault.times !== null).map((fault) => fault.kind);
    this.waiting.textContent = once.length ? _("For the next calls: {faults}", { faults: once.join(", ") }) : "";
  }
}
