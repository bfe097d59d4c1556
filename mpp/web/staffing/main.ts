import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,signin,refused,staffing";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import StaffingPage from "./StaffingPage.svelte";

words.use(texts, true);
mount(StaffingPage, { target: document.getElementById("page")! });
