// Recording a voice message.

import { h, icon, iconButton } from "./dom.js";
import { encoded } from "./server.js";
import { chooseFiles } from "./sending.js";

/** Record until the person sends or cancels, with `bar` for the buttons; `ended` has the bar back. */
export async function record(phone, bar, ended) {
  const _ = phone._.bind(phone);
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    phone.toast(_("There is no microphone; choose a recording instead."));
    return chooseVoice(phone);
  }
  const recorder = new MediaRecorder(stream);
  const parts = [];
  const began = performance.now();
  const seconds = () => Math.max(1, Math.round((performance.now() - began) / 1000));
  const clock = h("span", { class: "clock", role: "timer" }, "0:00");
  const ticking = setInterval(() => {
    clock.textContent = `${Math.floor(seconds() / 60)}:${String(seconds() % 60).padStart(2, "0")}`;
  }, 250);
  const stop = () => {
    clearInterval(ticking);
    recorder.stop();
    for (const track of stream.getTracks()) track.stop();
    ended();
  };
  recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
  const send = () => {
    const duration = seconds();
    recorder.addEventListener("stop", async () => {
      const content = await encoded(new Blob(parts, { type: recorder.mimeType }));
      await phone.does("sends", { files: [{ kind: "voice", content, duration }] });
    });
    stop();
  };
  bar.replaceChildren(
    h("span", { class: "recording" }, icon("mic"), _("Recording"), clock),
    h("button", { type: "button", class: "inline", onclick: stop }, _("Cancel")),
    iconButton("send", _("Send"), send, { class: "round strong" }),
  );
  recorder.start();
  bar.querySelector(".strong").focus();
}

/** Send a recording that is there already. */
export async function chooseVoice(phone) {
  const [file] = await chooseFiles("audio/*", false);
  if (!file) return;
  await phone.does("sends", { files: [{ kind: "voice", content: await encoded(file), duration: 3 }] });
}
