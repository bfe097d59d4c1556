import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import texts from "texts:common,live,sign,pairing,device_kind,refused";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Sign from "./Sign.svelte";

words.use(texts);
mount(Sign, { target: document.getElementById("page")! });
