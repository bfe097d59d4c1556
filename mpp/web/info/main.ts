import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import texts from "texts:common,live,info,floor_plan,forms,standard,hours,idle,notice,kept,kept_until,held,refused";
import { mount } from "svelte";
import { readerAtKiosk } from "$lib/kioskLink.ts";
import { words } from "$lib/words.svelte.ts";
import Info from "./Info.svelte";

const reader = readerAtKiosk(location.href);
words.use(texts, reader === null);
if (reader !== null) {
  words.speak(reader.locale);
  // All that a kiosk's pages have in common: sizes for a finger, and the look that its visitor has chosen.
  Object.assign(document.documentElement.dataset, { page: "kiosk", contrast: reader.contrast, text: reader.text });
}
mount(Info, { target: document.getElementById("page")!, props: { atKiosk: reader !== null } });
