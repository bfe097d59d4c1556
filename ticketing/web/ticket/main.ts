import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/common.css";
import texts from "texts:common,live,phone,state,refused";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Ticket from "./Ticket.svelte";

// No web font here: the page must be useful on a slow line.
words.use(texts, true);
mount(Ticket, { target: document.getElementById("page")! });
