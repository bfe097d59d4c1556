import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,media,device_state,refused,signin";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import MediaPage from "./MediaPage.svelte";

words.use(texts, true);
mount(MediaPage, { target: document.getElementById("page")! });
