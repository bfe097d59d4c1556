import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,signin,refused,paper,survey_ask,survey_mark";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Paper from "./Paper.svelte";

words.use(texts, true);
mount(Paper, { target: document.getElementById("page")! });
