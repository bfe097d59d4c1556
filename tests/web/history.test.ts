/** The history's periods and figures, as people read them. */
import { expect, test } from "vitest";
import { address, compared, later } from "../../mpp/web/history/periods.ts";
import { axisStep, countText, dateText, minutesText, shareText, weekdayText } from "../../mpp/web/lib/figures.ts";

test("the period before is as long and ends the day before", () => {
  expect(compared("2026-11-01", "2026-11-30", "before")).toEqual({ first: "2026-10-02", last: "2026-10-31" });
  expect(compared("2026-11-23", "2026-11-23", "before")).toEqual({ first: "2026-11-22", last: "2026-11-22" });
});

test("a period of one's own is taken when it is whole", () => {
  expect(compared("2026-11-01", "2026-11-30", "own", { first: "2026-03-02", last: "2026-03-08" })).toEqual({ first: "2026-03-02", last: "2026-03-08" });
  expect(compared("2026-11-01", "2026-11-30", "own", { first: "2026-03-09", last: "2026-03-08" })).toBeNull();
  expect(compared("2026-11-01", "2026-11-30", "own")).toBeNull();
});

test("a year ago has the same weekdays", () => {
  const year = compared("2026-11-23", "2026-11-27", "year");
  expect(year).toEqual({ first: "2025-11-24", last: "2025-11-28" });
  expect(compared("2026-11-23", "2026-11-27", "")).toBeNull();
  expect(later("2024-02-28", 1)).toBe("2024-02-29");
});

test("figures are written in the reader's language, and none is a dash", () => {
  expect([minutesText(750, "id"), minutesText(750, "en"), minutesText(null, "id")]).toEqual(["12,5", "12.5", "–"]);
  expect([shareText(0.423, "id"), shareText(undefined, "en")]).toEqual(["42%", "–"]);
  expect([countText(12345, "id"), countText(12345, "en"), countText(null, "id")]).toEqual(["12.345", "12,345", "–"]);
  expect([weekdayText(0, "id", "long"), weekdayText(6, "en")]).toEqual(["Senin", "Sun"]);
  expect(dateText("2026-11-23", "id")).toBe("23 Nov 2026");
});

test("what is not asked for does not stand in the address", () => {
  expect(address("/api/history", { from: "2026-11-01", tenant: "", by: "a b" })).toBe("/api/history?from=2026-11-01&by=a%20b");
});

test.each([[3, 1], [15, 5], [48, 20], [260, 100], [0, 0.5]])("an axis up to %s has marks every %s", (most, step) => {
  expect(axisStep(most)).toBe(step);
});
