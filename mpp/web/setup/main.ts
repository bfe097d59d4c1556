import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import "./setup.css";
import texts from "texts:common,live,nav,signin,refused,setup,setup_way,setup_verb,problem";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import SetupPage from "./SetupPage.svelte";

words.use(texts, true);
mount(SetupPage, { target: document.getElementById("page")! });
