import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,policy,signin,refused,tryout";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import TryoutPage from "./TryoutPage.svelte";

words.use(texts, true);
mount(TryoutPage, { target: document.getElementById("page")! });
