import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import "$lib/manager.css";
import texts from "texts:common,live,nav,appointments,appointment_standing,appointment_flaw,signin,refused";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import AppointmentsPage from "./AppointmentsPage.svelte";

words.use(texts, true);
mount(AppointmentsPage, { target: document.getElementById("page")! });
