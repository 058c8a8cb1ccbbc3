// One more person with a phone.

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { roleName } from "./page.js";
import { post } from "./server.js";

/** Ask who it is, and put the phone beside the others. */
export function addPhone(page) {
  const { _, state } = page;
  const name = h("input", { name: "name", required: true, maxlength: "40", autocomplete: "off" });
  const role = h("select", { name: "role" }, state.roles.map((each) => h("option", { value: each }, roleName(each, _))));
  const language = h(
    "select",
    { name: "language" },
    Object.entries(state.languages).map(([code, its]) =>
      h("option", { value: code, selected: code === page.language, lang: code }, its),
    ),
  );
  const add = async (event) => {
    event.preventDefault();
    const known = new Set(page.phones.keys());
    const given = { first_name: name.value, role: role.value, language: language.value };
    const { people } = await post("/trial/people", given);
    dialog.close();
    await page.catchUp();
    const added = people.find((each) => !known.has(each.id));
    page.choose(added.id);
    page.phones.get(added.id).focus();
  };
  const form = h(
    "form",
    { class: "form", onsubmit: add },
    h("label", {}, _("First name"), name),
    h("label", {}, _("Role"), role),
    h("label", {}, _("Language of the phone"), language),
    h("button", { class: "primary" }, _("Add a phone")),
  );
  const dialog = openDialog(_("Add a phone"), form, _);
  name.focus();
}
