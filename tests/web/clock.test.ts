import { expect, test } from "vitest";
import { HallClock } from "$lib/clock.ts";

/** A steady counter that the test moves. */
function steady(): { now: number; read: () => number } {
  const counter = { now: 500, read: () => counter.now };
  return counter;
}

test("the clock ticks on from the hall's time, whatever this machine's clock says", () => {
  const counter = steady();
  const clock = new HallClock(counter.read);
  clock.set("2026-11-23T00:15:03Z", 1);
  counter.now += 2500;
  expect(clock.now().toISOString()).toBe("2026-11-23T00:15:05.500Z");
});

test("a demo's hours run at its pace", () => {
  const counter = steady();
  const clock = new HallClock(counter.read);
  clock.set("2026-11-23T00:00:00Z", 60);
  counter.now += 1000;
  expect(clock.now().toISOString()).toBe("2026-11-23T00:01:00.000Z");
});

test("each view sets the clock anew", () => {
  const counter = steady();
  const clock = new HallClock(counter.read);
  clock.set("2026-11-23T00:00:00Z", 1);
  counter.now += 60_000;
  clock.set("2026-11-23T00:00:59Z", 1);
  expect(clock.now().toISOString()).toBe("2026-11-23T00:00:59.000Z");
});

test("before any view the machine's own time is shown", () => {
  expect(Math.abs(new HallClock().now().getTime() - Date.now())).toBeLessThan(1000);
});

test.each([
  [1, 1000],
  [2, 500],
  [600, 200],
  [0.1, 1000],
])("at pace %d the display rests %d ms", (pace, rest) => {
  const clock = new HallClock();
  clock.set("2026-11-23T00:00:00Z", pace);
  expect(clock.rest()).toBe(rest);
});
