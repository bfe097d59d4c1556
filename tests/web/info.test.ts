import { expect, test } from "vitest";
import type { KioskTenant } from "$lib/views.ts";
import { plain, search } from "../../mpp/web/info/search.ts";
import { inkOn, luminance } from "$lib/colour.ts";

const service = (name: string, name_en: string) => ({
  code: name,
  name,
  name_en,
  state: "open" as const,
  left: null,
  standard: { requirements: ["Surat kehilangan"], duration_text: "", counter_minutes: 5, fee_idr: 0, fee_note: null, legal_basis: "", source: "", verified: true },
});
const TENANT: KioskTenant = {
  code: "DUKCAPIL",
  name: "Dinas Kependudukan",
  name_en: null,
  short_name: "Dukcapil",
  colour: "#8a1538",
  prefix: "B",
  waiting: 0,
  open_counters: 1,
  hours: { state: "open", reason: "", until: null, next_open: null },
  services: [service("Penerbitan KTP-el", "Identity card"), service("Kartu Keluarga", "Family card")],
};

const names = (typed: string): string[] => search([TENANT], typed).flatMap((found) => found.services.map((one) => one.name));

test("everyday words find a service, in any order and either language", () => {
  expect(names("ktp kehilangan")).toEqual(["Penerbitan KTP-el"]);
  expect(names("family CARD")).toEqual(["Kartu Keluarga"]);
});

test("nothing typed shows everything, and nonsense nothing", () => {
  expect(names("")).toHaveLength(2);
  expect(names("paspor")).toEqual([]);
});

test("the spelling antrian is understood", () => {
  expect(plain("Nomor Antrian")).toBe("nomor antrean");
});

test.each(["#0b5fa5", "#ffc233", "#b8860b", "#d43f8d", "#808080", "#1f7a3d"])("a tenant's letter can be read on %s", (colour) => {
  const ink = inkOn(colour) === "var(--white)" ? 1 : luminance("#06172e");
  const [dark, light] = [luminance(colour), ink].sort((a, b) => a - b) as [number, number];
  expect((light + 0.05) / (dark + 0.05)).toBeGreaterThan(3);
});
