import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,law,instrument,unit,mark,refused,signin";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Law from "./Law.svelte";

words.use(texts, true);
mount(Law, { target: document.getElementById("page")! });
