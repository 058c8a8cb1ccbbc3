// For the curious: every call of the Bot API, and switches for what may go wrong.

import { fill, h, iconButton } from "./dom.js";
import { Faults } from "./faults.js";
import { get } from "./server.js";
import { locale } from "./texts.js";

const SHOWN = 300; // calls; older ones are forgotten

export class Drawer {
  constructor(page) {
    this.page = page;
    this.last = 0;
    this.known = new Set(); // numbers: a call that waited ends after calls with higher ones
    this.isOpen = false;
    this.polls = false;
    this.wrong = 0;
    this.faults = new Faults(page);
    this.list = h("ol", { class: "calls" });
    this.counts = h("p", { class: "counts", role: "status" });
    this.element = h("aside", { id: "drawer", hidden: true });
  }

  render() {
    const { _ } = this.page;
    this.element.setAttribute("aria-label", _("Behind the scenes"));
    const polls = h("input", { type: "checkbox", checked: this.polls });
    polls.addEventListener("change", () => {
      this.polls = polls.checked;
      this.list.classList.toggle("with-polls", this.polls);
    });
    const clear = () => {
      fill(this.list);
      this.wrong = 0;
      this.count();
    };
    this.faults.render();
    fill(
      this.element,
      h("div", { class: "drawer-head" }, h("h2", {}, _("Behind the scenes")), iconButton("close", _("Close"), () => this.close())),
      this.faults.element,
      h("h3", {}, _("Calls of the Bot API")),
      this.counts,
      h(
        "div",
        { class: "row" },
        h("label", { class: "check" }, polls, _("also those that wait for updates")),
        h("button", { type: "button", class: "small", onclick: clear }, _("Clear")),
      ),
      this.list,
    );
    this.count();
  }

  toggle() {
    this.isOpen = !this.isOpen;
    this.element.hidden = !this.isOpen;
    document.documentElement.classList.toggle("with-drawer", this.isOpen);
    if (this.isOpen) this.element.querySelector("button").focus();
    return this.isOpen;
  }

  close() {
    this.toggle();
    this.page.drawerButton.setAttribute("aria-expanded", "false");
    this.page.drawerButton.focus();
  }

  botIs(state) {
    this.faults.botIs(state);
  }

  async catchUp() {
    for (const call of await get(`/control/calls?after=${Math.max(this.last - SHOWN, 0)}`)) this.add(call);
    await this.faults.catchUp();
  }

  add(call) {
    if (this.known.has(call.number)) return;
    this.known.add(call.number);
    this.last = Math.max(this.last, call.number);
    if (call.violations.length > 0) this.wrong += 1;
    this.list.prepend(this.entry(call));
    while (this.list.childElementCount > SHOWN) this.list.lastElementChild.remove();
    this.count();
    if (call.faults.length > 0) this.faults.catchUp();
  }

  count() {
    const { _, language } = this.page;
    const number = (value) => value.toLocaleString(locale(language));
    const calls = _("Calls: {n}", { n: number(this.last) });
    const violations = _("Rule breaches: {n}", { n: number(this.wrong) });
    this.counts.textContent = `${calls} · ${violations}`;
    this.counts.classList.toggle("wrong", this.wrong > 0);
  }

  entry(call) {
    const { _ } = this.page;
    const phone = this.page.phones.get(call.chat_id);
    const failed = call.status !== 200;
    const classes = [call.violations.length ? "violation" : "", failed ? "failed" : "", call.method === "getUpdates" ? "poll" : ""];
    const params = Object.keys(call.params).length ? JSON.stringify(call.params, null, 2) : "{}";
    const took = call.took_ms < 10 ? call.took_ms.toFixed(1) : Math.round(call.took_ms);
    const problems = [...call.violations, ...(call.error && !call.violations.includes(call.error) ? [call.error] : [])];
    return h(
      "li",
      { class: classes.filter(Boolean).join(" ") || null },
      h(
        "details",
        {},
        h(
          "summary",
          {},
          h("span", { class: "method" }, call.method),
          phone && h("span", { class: "whose" }, phone.person.first_name),
          h("span", { class: "status" }, call.status === 0 ? _("no answer") : String(call.status)),
          h("span", { class: "took" }, `${took} ms`),
        ),
        call.faults.length > 0 && h("p", { class: "fault" }, _("Switched on: {faults}", { faults: call.faults.join(", ") })),
        problems.map((problem) => h("p", { class: "problem" }, problem)),
        h("pre", { tabindex: "0", "aria-label": _("Parameters") }, params),
      ),
      problems.length > 0 && h("p", { class: "problem brief" }, problems[0]),
    );
  }
}
