import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,signin,refused,history,history_by,history_role,history_class";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import History from "./History.svelte";

words.use(texts, true);
mount(History, { target: document.getElementById("page")! });
