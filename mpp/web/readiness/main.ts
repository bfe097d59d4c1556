import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,readiness,readiness_aspect,readiness_by,readiness_cause,readiness_dimension,readiness_item,readiness_kind,readiness_stage,readiness_state,refused,signin";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Readiness from "./Readiness.svelte";

words.use(texts, true);
mount(Readiness, { target: document.getElementById("page")! });
