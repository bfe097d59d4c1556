import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import texts from "texts:common,survey,survey_ask,survey_mark,survey_face,survey_state,refused,idle,info";
import { mount } from "svelte";
import { readerAtKiosk } from "$lib/kioskLink.ts";
import { words } from "$lib/words.svelte.ts";
import Survey from "./Survey.svelte";

const reader = readerAtKiosk(location.href);
words.use(texts, reader === null);
if (reader !== null) {
  words.speak(reader.locale);
  Object.assign(document.documentElement.dataset, { page: "kiosk", contrast: reader.contrast, text: reader.text });
}
const code = /^\/survey\/([^/]+)\/?$/.exec(location.pathname)?.[1] ?? null;
mount(Survey, { target: document.getElementById("page")!, props: { code, atKiosk: reader !== null } });
