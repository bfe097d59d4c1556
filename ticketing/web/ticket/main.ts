import "$lib/old.ts";
import "$lib/common.css";
import texts from "texts:common,live,phone,outlook,floor_plan,state,kept_here,kept_step,refused";
import { mount } from "svelte";
import type { TicketView } from "$lib/views.ts";
import { words } from "$lib/words.svelte.ts";
import Ticket from "./Ticket.svelte";

// No web font here: the page must be useful on a slow line. Its first view comes along in the page.
const brought = document.getElementById("first")?.textContent ?? "null";
const code = location.pathname.split("/").pop() ?? "";
words.use(texts, true);
mount(Ticket, { target: document.getElementById("page")!, props: { code, first: JSON.parse(brought) as TicketView | null } });
