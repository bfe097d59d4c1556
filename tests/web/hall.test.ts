/** How tenants stand in the live hall, in which order they are shown, and how today compares with other days. */
import { expect, test } from "vitest";
import { level, lines, trend } from "../../mpp/web/manage/hall.ts";
import type { HallTenant, ManagedCounter } from "../../mpp/web/lib/views.ts";

const NOW = new Date("2026-11-23T02:00:00Z");
const ago = (minutes: number): string => new Date(NOW.getTime() - minutes * 60_000).toISOString();

const tenant = (code: string, waiting: number, minutes: number | null, late = 0): HallTenant => ({
  code,
  name: code,
  name_en: null,
  short_name: code,
  colour: "#000000",
  prefix: "A",
  waiting,
  longest_wait_since: minutes === null ? null : ago(minutes),
  priority_waiting: 0,
  agreed_waiting: 0,
  priority_since: null,
  late,
  late_numbers: [],
  served_today: 0,
  absent_today: 0,
  wait_p90: null,
  usual_p90: null,
});

const counter = (of: string, code: string, state: ManagedCounter["state"]): ManagedCounter => ({
  code,
  name: code,
  zone: "A",
  tenant: tenant(of, 0, null),
  state,
  officer: null,
  number: null,
  phase: null,
  since: null,
});

test.each([
  [tenant("A", 2, 1), 0, "stuck"],
  [tenant("A", 2, 16, 1), 1, "late"],
  [tenant("A", 2, 10), 1, "soon"],
  [tenant("A", 2, 9), 1, "calm"],
  [tenant("A", 0, null), 1, "calm"],
  [tenant("A", 0, null), 0, "idle"],
] as const)("%o with %i counters open is %s", (one, open, expected) => {
  expect(level(one, open, 15, NOW)).toBe(expected);
});

test("who needs a hand comes first, then who waits longest, then as the mall has them", () => {
  const view = {
    target_wait_minutes: 15,
    tenants: [tenant("idle", 0, null), tenant("calm", 1, 1), tenant("calm2", 1, 3), tenant("late", 3, 20, 1), tenant("later", 3, 40, 2), tenant("stuck", 1, 1)],
    counters: ["calm", "calm2", "late", "later"].map((code) => counter(code, code, "open")),
  };
  expect(lines(view, NOW).map((line) => line.tenant.code)).toEqual(["stuck", "later", "late", "calm", "calm2", "idle"]);
});

test("a counter on a break can help sooner than one that is closed", () => {
  const counters = [counter("A", "L1", "open"), counter("A", "L2", "closed"), counter("A", "L3", "paused")];
  const found = (own: ManagedCounter[]) => lines({ target_wait_minutes: 15, tenants: [tenant("A", 3, 20, 1)], counters: own }, NOW)[0];
  expect([found(counters)?.open, found(counters)?.all, found(counters)?.spare?.code]).toEqual([1, 3, "L3"]);
  expect(found(counters.slice(0, 2))?.spare?.code).toBe("L2");
  expect(found(counters.slice(0, 1))?.spare).toBeNull();
});

test.each([
  [1200, 600, "longer"],
  [600, 1200, "shorter"],
  [700, 600, "same"],
  [3900, 3600, "same"],
  [null, 600, null],
  [600, null, null],
] as const)("a wait of %s beside %s is %s", (wait_p90, usual_p90, expected) => {
  expect(trend({ wait_p90, usual_p90 })).toBe(expected);
});
