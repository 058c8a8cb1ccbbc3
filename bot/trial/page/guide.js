// What the phones are for, and what to do first: three steps above them.

import { fill, h } from "./dom.js";

const CLOSED = "guide-closed"; // what the browser remembers of somebody who has folded it
const ONE_PHONE = "(max-width: 760px)"; // there the steps are folded at first: the phone needs the room

export class Guide {
  constructor() {
    const closed = localStorage.getItem(CLOSED) ?? String(matchMedia(ONE_PHONE).matches);
    this.summary = h("summary");
    this.steps = h("ol", { class: "steps" });
    this.element = h("details", { class: "guide", open: closed !== "true" }, this.summary, this.steps);
    this.element.addEventListener("toggle", () => localStorage.setItem(CLOSED, String(!this.element.open)));
  }

  render(_) {
    const step = (title, text) => h("li", {}, h("h2", {}, title), h("p", {}, text));
    this.summary.textContent = _("Four people, each with a phone: try it in three steps");
    fill(
      this.steps,
      step(_("Report something"), _("Ida works in a library. Press START on her phone, report something and let anyone see it.")),
      step(_("Review it"), _("Maja coordinates. What Ida has sent is on top of her review queue: publish it.")),
      step(_("Get notified"), _("Ida is told at once. Emil, a partner, and Luka, in another library, can find it and subscribe to more.")),
    );
  }
}
