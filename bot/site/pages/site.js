// The search of the site: finds by words and filters in small files that lie beside the pages. Without it, all the
// lists can be read. Words are folded as in conversations/reading/text.py and searching.py.

const TOGETHER = 100; // as in search_files.py
const SHOWN = 20;
const LETTERS = { "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ß": "ss" };

function fold(text) {
  return text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
    .replace(/[æøœđðþłıß]/g, (letter) => LETTERS[letter]).replace(/a{2,}/g, "a").replace(/oe+/g, "o");
}

function wordsIn(text) {
  const found = (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => [...word].slice(0, 40).join(""));
  return [...new Set(found)].filter((word) => [...word].length >= 2);
}

function stem(word, endings) {
  const ending = endings.find((each) => word.endsWith(each) && word.length - each.length >= 4) ?? "";
  return word.slice(0, word.length - ending.length);
}

function shardOf(word) {
  const start = [...word].slice(0, 2).join("");
  if (/^[0-9a-z]{2}$/.test(start)) return start;
  return `x${[...new TextEncoder().encode(start)].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function numbers(steps) {
  let last = 0;
  return steps.map((step) => (last += step));
}

function chooseLanguage() {
  const offered = { da: "da", nb: "da", nn: "da", no: "da", sv: "da", sl: "sl", en: "en" };
  if (document.referrer.startsWith(new URL(".", location.href).href)) return; // one came back to choose
  for (const tag of navigator.languages ?? []) {
    const language = offered[tag.split("-")[0].toLowerCase()];
    if (language) return location.replace(`${language}/index.html`);
  }
}

function search(form) {
  const say = JSON.parse(document.getElementById("words").textContent);
  const { root, home } = form.dataset;
  const results = document.getElementById("results");
  const list = results.querySelector("ul");
  const count = document.getElementById("count");
  const more = document.getElementById("more");
  const filters = [...form.querySelectorAll("select")];
  const read = new Map();
  let found = [];
  let shown = 0;
  let turn = 0;

  function get(path) {
    if (!read.has(path)) {
      read.set(path, fetch(`${root}search/${path}.json`).then((answer) => {
        if (answer.status === 404) return null;
        if (!answer.ok) throw new Error(path);
        return answer.json();
      }));
    }
    return read.get(path);
  }

  async function having(word) {
    const shard = (await get(`words/${shardOf(word)}`)) ?? {};
    const start = stem(word, say.endings);
    const scores = new Map();
    for (const [known, [inTitle, elsewhere]] of Object.entries(shard)) {
      if (!known.startsWith(start)) continue;
      for (const number of numbers(elsewhere)) if (!scores.has(number)) scores.set(number, 0);
      for (const number of numbers(inTitle)) scores.set(number, 1);
    }
    return scores;
  }

  async function listed(kind, key) {
    const steps = (await get(`lists/${kind}/${key}`)) ?? [];
    return new Map(numbers(steps).map((number) => [number, 0]));
  }

  async function wanted(words, chosen) {
    const all = await Promise.all([...words.map(having), ...chosen.map(([kind, key]) => listed(kind, key))]);
    const [first, ...rest] = all.sort((one, other) => one.size - other.size);
    const scores = [];
    for (const [number, score] of first) {
      if (rest.every((each) => each.has(number))) {
        scores.push([number, rest.reduce((sum, each) => sum + each.get(number), score)]);
      }
    }
    return scores.sort((one, other) => other[1] - one[1] || other[0] - one[0]).map(([number]) => number);
  }

  function h(name, attributes, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  }

  function inLanguage(text, language) {
    return h("span", { lang: language === say.language ? "" : language }, text);
  }

  function card([id, title, line, language, library, place, country, stage]) {
    const facts = [];
    const local = say.local[country] ?? "";
    if (library) facts.push(inLanguage(library, local));
    if (place && !library.toLowerCase().includes(place.toLowerCase())) facts.push(inLanguage(place, local));
    if (stage) facts.push(h("span", {}, say.stages[stage] ?? stage));
    facts.push(h("span", {}, say.languages[language] ?? language));
    const line1 = facts.flatMap((fact, place_) => (place_ ? ["\u00a0· ", fact] : [fact]));
    return h("li", { class: "card" },
      h("h3", { class: "title" }, h("a", { href: `${home}i/${id}.html` }, inLanguage(title || say.untitled, language))),
      h("p", { class: "facts" }, ...line1),
      ...(line ? [h("p", {}, inLanguage(line, language))] : []));
  }

  async function showMore() {
    const now = turn;
    const next = found.slice(shown, shown + SHOWN);
    const portions = await Promise.all(next.map((number) => get(`short/${Math.floor(number / TOGETHER)}`)));
    if (now !== turn) return;
    const cards = next.map((number, place) => portions[place]?.[number]).filter(Boolean).map(card);
    list.append(...cards);
    shown += next.length;
    more.hidden = shown >= found.length;
    return cards[0];
  }

  function howMany(number) {
    const rules = new Intl.PluralRules(say.language);
    const written = new Intl.NumberFormat(say.language).format(number);
    const same = Object.keys(say.found).find((each) => each !== "0" && rules.select(Number(each)) === rules.select(number));
    if (say.found[number]) return say.found[number];
    return say.found[same].replace(same, written);
  }

  async function look() {
    const now = (turn += 1);
    const words = wordsIn(form.q.value).slice(0, 8);
    const chosen = filters.filter((each) => each.value).map((each) => [each.name, each.value]);
    remember(chosen);
    if (!words.length && !chosen.length) {
      results.hidden = true;
      document.body.classList.remove("searching");
      return;
    }
    try {
      const numbersFound = await wanted(words, chosen);
      if (now !== turn) return;
      found = numbersFound;
      shown = 0;
      list.replaceChildren();
      await showMore();
      if (now !== turn) return;
      count.textContent = found.length ? howMany(found.length) : say.none;
    } catch {
      read.clear();
      if (now !== turn) return;
      list.replaceChildren();
      more.hidden = true;
      count.textContent = say.failed;
    }
    results.hidden = false;
    document.body.classList.add("searching");
  }

  function remember(chosen) {
    const asked = new URLSearchParams(chosen);
    if (form.q.value.trim()) asked.set("q", form.q.value.trim());
    const query = asked.size ? `?${asked}` : "";
    history.replaceState(null, "", `${location.pathname}${query}`);
    for (const link of document.querySelectorAll(".languages a")) {
      link.href = `${link.getAttribute("href").split("?")[0]}${query}`;
    }
  }

  function recall() {
    const asked = new URLSearchParams(location.search);
    form.q.value = asked.get("q") ?? "";
    for (const each of filters) each.value = asked.get(each.name) ?? "";
    for (const each of filters) if (each.selectedIndex < 0) each.value = "";
    if (filters.some((each) => each.value)) form.querySelector("details").open = true;
  }

  let waiting = 0;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
  form.q.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 250);
  });
  form.addEventListener("change", look);
  form.addEventListener("reset", () => setTimeout(look));
  more.addEventListener("click", async () => (await showMore())?.querySelector("a").focus());
  form.hidden = false;
  recall();
  look();
}

const form = document.getElementById("search");
if (form) search(form);
else if (document.body.id === "choose") chooseLanguage();
