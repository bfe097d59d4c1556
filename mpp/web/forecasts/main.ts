import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,signin,refused,forecasts";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Forecasts from "./Forecasts.svelte";

words.use(texts, true);
mount(Forecasts, { target: document.getElementById("page")! });
