import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,signin,complaints,complaint_state,complaint_kind,complaint_identity,complaint_channel,complaint_step,complaint_by,mark,refused";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Complaints from "./Complaints.svelte";

words.use(texts, true);
mount(Complaints, { target: document.getElementById("page")! });
