import { expect, test } from "vitest";
import { fieldOf, hoursLeft, momentOf } from "../../mpp/web/privacy/times.ts";

test.each([
  ["Asia/Jakarta", "2026-11-23T00:30:00.000Z", "2026-11-23T07:30"],
  ["Asia/Makassar", "2026-11-22T16:15:00.000Z", "2026-11-23T00:15"],
  ["Asia/Jayapura", "2026-12-31T15:00:00.000Z", "2027-01-01T00:00"],
])("a field of a time means the mall's own clock in %s", (zone, moment, field) => {
  expect(fieldOf(moment, zone)).toBe(field);
  expect(momentOf(field, zone)).toBe(moment);
});

test.each([
  ["2026-11-23T00:00:00Z", 72],
  ["2026-11-23T00:00:01Z", 71],
  ["2026-11-25T23:30:00Z", 0],
  ["2026-11-26T00:00:00Z", 0],
  ["2026-11-26T00:00:01Z", -1],
  ["2026-11-26T02:30:00Z", -2],
])("at %s there are %d of 72 hours left", (now, left) => {
  expect(hoursLeft({ due_at: "2026-11-26T00:00:00Z" }, now)).toBe(left);
});
