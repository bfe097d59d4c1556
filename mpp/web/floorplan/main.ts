import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,signin,refused,floor_plan";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import FloorPlanPage from "./FloorPlanPage.svelte";

words.use(texts, true);
mount(FloorPlanPage, { target: document.getElementById("page")! });
