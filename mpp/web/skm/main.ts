import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import texts from "texts:common,skm,mark,refused,idle,info";
import { mount } from "svelte";
import { readerAtKiosk } from "$lib/kioskLink.ts";
import { words } from "$lib/words.svelte.ts";
import Skm from "./Skm.svelte";

const reader = readerAtKiosk(location.href);
words.use(texts, reader === null);
if (reader !== null) {
  words.speak(reader.locale);
  Object.assign(document.documentElement.dataset, { page: "kiosk", contrast: reader.contrast, text: reader.text });
}
mount(Skm, { target: document.getElementById("page")!, props: { atKiosk: reader !== null } });
