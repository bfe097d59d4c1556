import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,manage,signin,hours,trouble,hall_level,counter_state,phase,refused";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Manage from "./Manage.svelte";

words.use(texts, true);
mount(Manage, { target: document.getElementById("page")! });
