import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,privacy,kept,kept_for,kept_until,whose,held,span,mark,refused,signin";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Privacy from "./Privacy.svelte";

words.use(texts, true);
mount(Privacy, { target: document.getElementById("page")! });
