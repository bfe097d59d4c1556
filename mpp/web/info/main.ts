import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import texts from "texts:common,live,info,standard,hours";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Info from "./Info.svelte";

words.use(texts, true);
mount(Info, { target: document.getElementById("page")! });
