// The page: everybody's phones, side by side or one at a time.

import { Page } from "./page.js";
import { loadTexts, preferred, speaker } from "./texts.js";
import { get } from "./server.js";

const [state] = await Promise.all([get("/trial/state"), loadTexts()]);
const languages = Object.keys(state.languages);
const kept = localStorage.getItem("language");
const page = new Page(state, languages.includes(kept) ? kept : preferred(languages), speaker);
await page.begin();
