import "$lib/old.ts";
import "$lib/common.css";
import texts from "texts:common,live,complain,complaint_state,follow,mark,phone,refused";
import { mount } from "svelte";
import type { ComplaintView } from "$lib/views.ts";
import { words } from "$lib/words.svelte.ts";
import Complaint from "./Complaint.svelte";

// No web font here, as on the page of a ticket: it must be useful on a slow line. Its first view comes along in the page.
const brought = document.getElementById("first")?.textContent ?? "null";
const code = location.pathname.split("/").pop() ?? "";
words.use(texts, true);
mount(Complaint, { target: document.getElementById("page")!, props: { code, first: JSON.parse(brought) as ComplaintView | null } });
