import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,manage,signin,refused,device_kind,device_state,condition";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import DevicesPage from "./DevicesPage.svelte";

words.use(texts, true);
mount(DevicesPage, { target: document.getElementById("page")! });
