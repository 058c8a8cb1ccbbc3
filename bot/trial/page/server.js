// The local server: what people do on their phones, and everything that happens.

/** The JSON at `path`. Throws an Error with the server's own words. */
export async function get(path) {
  return answer(await fetch(path));
}

/** Send JSON to `path` and give what comes back. */
export async function post(path, body = {}) {
  return answer(await fetch(path, { method: "POST", body: JSON.stringify(body) }));
}

/** Remove what `path` names. */
export async function remove(path) {
  return answer(await fetch(path, { method: "DELETE" }));
}

async function answer(response) {
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** Let somebody do something: act(501, "types", {text: "Hello"}). */
export function act(person, action, given = {}) {
  return post(`/control/people/${person}/${action}`, given);
}

/** Where the content of a file is. */
export function fileAddress(fileId) {
  return `/control/files/${encodeURIComponent(fileId)}`;
}

/**
 * Listen to everything: `hears` has a function for each kind of event (change, call, bot), and `open` is called whenever
 * the stream begins, also anew after it broke, so that nothing that happened meanwhile is missed.
 */
export function listen({ open, lost, ...hears }) {
  const stream = new EventSource("/control/events");
  stream.addEventListener("open", open);
  stream.addEventListener("error", lost);
  for (const [kind, hear] of Object.entries(hears)) {
    stream.addEventListener(kind, (event) => hear(JSON.parse(event.data)));
  }
}

/** The content of a file as the control interface takes it. */
export async function encoded(blob) {
  const address = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  return address.slice(address.indexOf(",") + 1);
}
