import "$lib/old.ts";
import "$lib/look.ts";
import "$lib/fonts.css";
import "$lib/common.css";
import texts from "texts:common,live,board,outlook,hours,pairing,device_kind,refused";
import { mount } from "svelte";
import { words } from "$lib/words.svelte.ts";
import Board from "./Board.svelte";

words.use(texts);
mount(Board, { target: document.getElementById("page")! });
