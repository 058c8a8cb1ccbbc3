// Photos, albums and files on their way into the chat.

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { encoded } from "./server.js";
import { size } from "./texts.js";

const LONGEST_SIDE = 1280; // pixels, to which the app makes photos smaller
const MOST_IN_ALBUM = 10;

/** Let the person choose files; `accept` and `multiple` are those of the input. Nothing when they choose none. */
export function chooseFiles(accept, multiple) {
  return new Promise((resolve) => {
    const input = h("input", { type: "file", accept, multiple, class: "chooser" });
    const done = (files) => {
      input.remove();
      resolve(files);
    };
    input.addEventListener("change", () => done([...input.files]));
    input.addEventListener("cancel", () => done([]));
    document.body.append(input);
    input.click();
  });
}

/** Show `files` before they are sent, with a caption: pictures as photos, unless `asFiles`. */
export function sendFiles(phone, files, asFiles) {
  if (files.length === 0) return;
  const _ = phone._.bind(phone);
  const chosen = files.slice(0, MOST_IN_ALBUM);
  const addresses = [];
  const previews = chosen.map((file) => {
    if (asFiles || !file.type.startsWith("image/")) return h("p", { class: "file" }, `${file.name}, ${size(file.size, phone.language)}`);
    const address = URL.createObjectURL(file);
    addresses.push(address);
    return h("img", { src: address, alt: file.name });
  });
  const caption = h("input", { maxlength: "1024", autocomplete: "off", value: phone.composer.takeText() });
  const send = async (event) => {
    event.preventDefault();
    dialog.close();
    const prepared = await Promise.all(chosen.map((file) => (asFiles ? asDocument(file) : asPhoto(file))));
    await phone.does("sends", { files: prepared, caption: caption.value });
  };
  const form = h(
    "form",
    { class: "form", onsubmit: send },
    h("div", { class: "previews" }, previews),
    h("label", {}, _("Caption"), caption),
    h("button", { class: "primary" }, _("Send")),
  );
  const dialog = openDialog(asFiles ? _("Send as a file") : _("Send as a photo"), form, _, { lang: phone.language });
  dialog.addEventListener("close", () => addresses.forEach((address) => URL.revokeObjectURL(address)));
  caption.focus();
}

async function asDocument(file) {
  return { kind: "document", name: file.name, mime: file.type || "application/octet-stream", content: await encoded(file) };
}

/** A picture as the app sends it: a JPEG of modest size. What the browser cannot read goes as a file. */
async function asPhoto(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return asDocument(file);
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = h("canvas", { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.87));
  return { kind: "photo", content: await encoded(blob) };
}
