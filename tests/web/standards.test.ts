/** A standard survives its form, differences are told line by line, and the list is narrowed to what is missing. */
import { expect, test } from "vitest";
import { changes, FIELDS, formOf, standardOf, wanted } from "$lib/standards.ts";
import type { Standard } from "$lib/views.ts";

const STANDARD: Standard = {
  requirements: ["KTP-el", "Kartu keluarga"],
  duration_text: "1 hari",
  counter_minutes: 8,
  fee_idr: 0,
  source: "contoh",
  verified: false,
};

test("what a form shows is what it gives back", () => {
  const again = standardOf(formOf(STANDARD));
  expect(changes(STANDARD, again)).toEqual([]);
  expect(again).toMatchObject({ ...STANDARD, procedure_steps: [], product: null, staff_count: null });
});

test("blank lines and blanks at the ends are nobody's wish", () => {
  const form = { ...formOf(STANDARD), requirements: " KTP-el \n\n Ijazah  asli", product: "  ", fee_idr: "" };
  expect(standardOf(form)).toMatchObject({ requirements: ["KTP-el", "Ijazah asli"], product: null, fee_idr: null });
});

test("a difference is told field by field", () => {
  const found = changes(STANDARD, { ...STANDARD, requirements: ["KTP-el"], fee_idr: 5000, verified: true });
  expect(found.map(({ field, before, after }) => [field.name, before, after])).toEqual([
    ["requirements", ["KTP-el", "Kartu keluarga"], ["KTP-el"]],
    ["fee_idr", ["0"], ["5000"]],
    ["verified", [], ["true"]],
  ]);
});

const LINE = {
  code: "KTP",
  name: "KTP-el",
  name_en: "Identity card",
  verified: true,
  version: null,
  is_review_due: false,
  completeness: { delivery: 5, delivery_of: 6, all: 13, all_of: 14, missing: ["delivery.sd5"], rung: 1 },
};

test.each([
  ["", true],
  ["incomplete", true],
  ["delivery.sd5", true],
  ["making.m1", false],
  ["sent", false],
  ["review", false],
  ["unverified", false],
])("asked for %j, a service without a product is shown: %s", (filter, shown) => {
  expect(wanted(LINE, filter)).toBe(shown);
});

test("a draft that waits is found, and each field once", () => {
  expect(wanted({ ...LINE, version: "sent" }, "sent")).toBe(true);
  expect(new Set(FIELDS.map((field) => field.name)).size).toBe(FIELDS.length);
});
