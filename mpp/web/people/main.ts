import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,people,role,refused,signin";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import PeoplePage from "./PeoplePage.svelte";

words.use(texts, true);
mount(PeoplePage, { target: document.getElementById("page")! });
