import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,signin,refused,forms";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import FormsPage from "./FormsPage.svelte";

words.use(texts, true);
mount(FormsPage, { target: document.getElementById("page")! });
