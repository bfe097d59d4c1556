/** The demo mall's tenants and services, read from its tidy file as far as the search looks at them. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { KioskService, KioskTenant } from "$lib/views.ts";

const FILE = resolve(import.meta.dirname, "../../mpp/demo/mall.yaml");

/** Return the value after "name: ", without its quotes. */
function value(block: string, name: string): string {
  const found = new RegExp(`^ *(?:- )?${name}: (.*)$`, "m").exec(block)?.[1] ?? "";
  return found.replace(/^"(.*)"$/, "$1");
}

function service(block: string): KioskService {
  const requirements = /requirements:\n((?: {12}- .*\n)*)/.exec(block)?.[1] ?? "";
  return {
    code: value(block, "code"),
    name: value(block, "name"),
    name_en: value(block, "name_en"),
    keywords: value(block, "keywords").replace(/[[\]"]/g, "").split(", "),
    state: "open",
    is_late: false,
    left: null,
    next_open: null,
    outlook: null,
    priority_outlook: null,
    standard: {
      requirements: requirements.split("\n").map((line) => line.replace(/^ *- /, "")),
      duration_text: "",
      counter_minutes: 5,
      fee_idr: 0,
      fee_note: null,
      legal_basis: null,
      procedure_steps: [],
      complaint_channels: [],
      facilities: [],
      source: "",
      verified: true,
    },
  };
}

function tenant(block: string): KioskTenant {
  const [head = "", ...services] = block.split(/^ {6}(?=- code: )/m);
  return {
    code: value(head, "code"),
    name: value(head, "name"),
    name_en: value(head, "name_en") || null,
    short_name: value(head, "short_name"),
    colour: value(head, "colour"),
    prefix: value(head, "prefix"),
    waiting: 0,
    open_counters: 1,
    hours: { state: "open", reason: "", until: null, next_open: null },
    outlook: null,
    services: services.map(service),
  };
}

/** Return the tenants of the demo mall. */
export function demoTenants(): KioskTenant[] {
  const text = /^tenants:\n([\s\S]*?)^# Loket/m.exec(readFileSync(FILE, "utf8"))?.[1] ?? "";
  return text
    .split(/^ {2}(?=- code: )/m)
    .filter((block) => block.trim() !== "")
    .map(tenant);
}
