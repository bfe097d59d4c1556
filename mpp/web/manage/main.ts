import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import texts from "texts:common,live,manage,policy,history,signin,hours,trouble,counter_state,phase,device_kind,device_state,condition,refused";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Manage from "./Manage.svelte";

words.use(texts, true);
mount(Manage, { target: document.getElementById("page")! });
