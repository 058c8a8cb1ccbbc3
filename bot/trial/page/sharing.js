// Sharing a place or somebody's number.

import { openDialog } from "./dialog.js";
import { h, icon } from "./dom.js";

const PLACES = [
  ["København", 55.6761, 12.5683],
  ["Odense", 55.4038, 10.4024],
  ["Aarhus", 56.1539, 10.2139],
  ["Ljubljana", 46.0511, 14.5051],
  ["Maribor", 46.5547, 15.6459],
  ["Novo mesto", 45.8042, 15.1689],
];

/** Ask for a place, and send it. */
export function shareLocation(phone) {
  const _ = phone._.bind(phone);
  const latitude = h("input", { type: "number", step: "any", min: "-90", max: "90", required: true });
  const longitude = h("input", { type: "number", step: "any", min: "-180", max: "180", required: true });
  const use = (north, east) => {
    latitude.value = north;
    longitude.value = east;
  };
  const places = PLACES.map(([name, north, east]) => h("button", { type: "button", onclick: () => use(north, east) }, name));
  const here = () =>
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => use(coords.latitude.toFixed(5), coords.longitude.toFixed(5)),
      () => phone.toast(_("The browser does not tell where you are.")),
    );
  const send = async (event) => {
    event.preventDefault();
    const location = { latitude: Number(latitude.value), longitude: Number(longitude.value) };
    dialog.close();
    await phone.does("writes", { content: { location } });
  };
  const form = h(
    "form",
    { class: "form", onsubmit: send },
    h("div", { class: "choices" }, h("button", { type: "button", onclick: here }, icon("place"), _("My location")), places),
    h("label", {}, _("Latitude"), latitude),
    h("label", {}, _("Longitude"), longitude),
    h("button", { class: "primary" }, _("Send")),
  );
  const dialog = openDialog(_("Send a location"), form, _, { lang: phone.language });
}

/** Ask whose number it is, and send it. */
export function shareContact(phone) {
  const _ = phone._.bind(phone);
  const name = h("input", { required: true, maxlength: "64", value: phone.person.first_name, autocomplete: "off" });
  const number = h("input", { type: "tel", required: true, maxlength: "20", value: "+45 00 00 00 00", autocomplete: "off" });
  const send = async (event) => {
    event.preventDefault();
    const own = name.value === phone.person.first_name ? { user_id: phone.person.id } : {};
    dialog.close();
    await phone.does("writes", { content: { contact: { phone_number: number.value, first_name: name.value, ...own } } });
  };
  const form = h(
    "form",
    { class: "form", onsubmit: send },
    h("label", {}, _("First name"), name),
    h("label", {}, _("Phone number"), number),
    h("button", { class: "primary" }, _("Send")),
  );
  const dialog = openDialog(_("Send a contact"), form, _, { lang: phone.language });
}
