// Pictures, files, voices, places and people in a message.

import { h, icon, iconButton } from "./dom.js";
import { fileAddress } from "./server.js";
import { size } from "./texts.js";

/** What the messages of a bubble carry beside their text, or null. */
export function media(phone, bodies) {
  if (bodies.length > 1) return h("div", { class: `grid of-${Math.min(bodies.length, 10)}` }, bodies.map((each) => one(phone, each)));
  return one(phone, bodies[0]);
}

function one(phone, body) {
  if (body.photo) return picture(phone, body.photo.at(-1), body);
  if (body.animation) return film(body.animation, true);
  if (body.video) return film(body.video, false);
  if (body.video_note) return film(body.video_note, false, "round");
  if (body.sticker) return sticker(body.sticker);
  if (body.voice) return sound(phone, body.voice, phone._("Voice message"));
  if (body.audio) return sound(phone, body.audio, body.audio.title ?? body.audio.file_name ?? phone._("Audio"));
  if (body.document) return paper(phone, body.document);
  if (body.venue) return place(phone, body.venue.location, body.venue.title);
  if (body.location) return place(phone, body.location, phone._("Location"));
  if (body.contact) return card(body.contact);
  if (body.dice) return h("p", { class: "dice" }, `${body.dice.emoji} ${body.dice.value}`);
  if (body.poll) return h("p", {}, phone._("Poll: {question}", { question: body.poll.question }));
  return null;
}

function picture(phone, photo, body) {
  const address = fileAddress(photo.file_id);
  const alt = body.caption ? phone._("Photo: {caption}", { caption: body.caption }) : phone._("Photo");
  const image = h("img", { src: address, alt, width: photo.width, height: photo.height, loading: "lazy" });
  const link = h("a", { href: address, target: "_blank", class: body.has_media_spoiler ? "picture blurred" : "picture" }, image);
  if (body.has_media_spoiler) {
    const reveal = (event) => {
      if (link.classList.contains("blurred")) event.preventDefault();
      link.classList.remove("blurred");
    };
    link.addEventListener("click", reveal);
  }
  return link;
}

function film(video, silent, shape = "") {
  const given = { src: fileAddress(video.file_id), controls: !silent, loop: silent, autoplay: silent, class: `film ${shape}` };
  const element = h("video", given);
  element.muted = silent;
  return element;
}

function sticker(given) {
  return h("img", { class: "sticker", src: fileAddress(given.file_id), alt: given.emoji ?? "", width: "150", height: "150" });
}

function paper(phone, file) {
  const name = file.file_name ?? phone._("File");
  return h(
    "a",
    { class: "paper", href: fileAddress(file.file_id), download: name },
    h("span", { class: "disc" }, icon("file")),
    h("span", { class: "name" }, name),
    h("span", { class: "size" }, size(file.file_size ?? 0, phone.language)),
  );
}

function sound(phone, voice, label) {
  const audio = new Audio(fileAddress(voice.file_id));
  audio.preload = "none";
  const bars = h("span", { class: "wave", "aria-hidden": "true" }, wave(voice.file_unique_id).map(bar));
  const toggle = () => (audio.paused ? audio.play().catch(() => phone.toast(phone._("This cannot be played."))) : audio.pause());
  const button = iconButton("play", phone._("Play: {name}", { name: label }), toggle, { class: "disc" });
  const show = () => button.replaceChildren(icon(audio.paused ? "play" : "pause"));
  for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, show);
  audio.addEventListener("timeupdate", () => {
    const done = audio.duration ? audio.currentTime / audio.duration : 0;
    [...bars.children].forEach((each, at) => each.classList.toggle("done", at < done * bars.children.length));
  });
  const minutes = Math.floor(voice.duration / 60);
  const length = `${minutes}:${String(voice.duration % 60).padStart(2, "0")}`;
  return h("div", { class: "sound" }, button, h("div", {}, bars, h("span", { class: "size" }, length)));
}

/** Heights that look like a voice, always the same for the same file. */
function wave(seed) {
  let state = [...seed].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) % 9973, 7);
  return Array.from({ length: 28 }, () => {
    state = (state * 48271) % 2147483647;
    return 3 + (state % 16);
  });
}

function bar(height) {
  const element = h("i");
  element.style.height = `${height}px`;
  return element;
}

/** A sketch instead of a map: a map would have to be fetched from elsewhere. */
function place(phone, location, title) {
  const degrees = [location.latitude, location.longitude].map((each) => each.toFixed(4)).join(", ");
  return h("div", { class: "place" }, h("div", { class: "map" }, icon("place")), h("p", {}, h("b", {}, title), h("span", {}, degrees)));
}

function card(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  return h(
    "div",
    { class: "card" },
    h("span", { class: "disc" }, [...name][0] ?? "?"),
    h("p", {}, h("b", {}, name), h("a", { href: `tel:${contact.phone_number}` }, contact.phone_number)),
  );
}
