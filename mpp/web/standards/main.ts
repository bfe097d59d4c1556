import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,signin,refused,standard,standards";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import StandardsPage from "./StandardsPage.svelte";

words.use(texts, true);
mount(StandardsPage, { target: document.getElementById("page")! });
