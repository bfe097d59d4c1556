import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import texts from "texts:common,live,complain,idle,info,kiosk,refused";
import { mount } from "svelte";
import { readerAtKiosk } from "$lib/kioskLink.ts";
import { words } from "$lib/words.svelte.ts";
import Complain from "./Complain.svelte";

const reader = readerAtKiosk(location.href);
const asked = new URL(location.href).searchParams;
words.use(texts, reader === null);
if (reader !== null) {
  words.speak(reader.locale);
  Object.assign(document.documentElement.dataset, { page: "kiosk", contrast: reader.contrast, text: reader.text });
}
const at = reader !== null ? "kiosk" : asked.get("at") === "desk" ? "desk" : null;
mount(Complain, { target: document.getElementById("page")!, props: { at, ticket: asked.get("ticket") } });
