import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,signin,refused,skm,mark,survey_results,survey_face";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Results from "./Results.svelte";

words.use(texts, true);
mount(Results, { target: document.getElementById("page")! });
