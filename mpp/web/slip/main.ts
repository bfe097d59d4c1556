import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,layout,condition,refused,signin";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import SlipPage from "./SlipPage.svelte";

words.use(texts, true);
mount(SlipPage, { target: document.getElementById("page")! });
