import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import texts from "texts:common,live,kiosk,agreed,guide,ticket,outlook,standard,hours,idle,slip,pairing,device_kind,refused";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Kiosk from "./Kiosk.svelte";

words.use(texts);
mount(Kiosk, { target: document.getElementById("page")! });
