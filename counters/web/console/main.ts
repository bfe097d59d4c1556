import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import texts from "texts:common,live,console,outlook,signin,slip,counter_state,phase,refused";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Console from "./Console.svelte";

words.use(texts, true);
mount(Console, { target: document.getElementById("page")! });
