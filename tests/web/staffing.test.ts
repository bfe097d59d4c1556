import { describe, expect, it } from "vitest";
import { advice, clockText } from "../../mpp/web/staffing/advice.ts";

const hour = (at: number, counters: number, usual: number | null, visitors = 10, usual_p90: number | null = 20) => ({
  hour: at,
  visitors,
  counters,
  p90: 10,
  breaks: 0.1,
  usual,
  usual_p90,
  usual_breaks: usual === null ? null : 0.2,
});

describe("advice", () => {
  it("puts hours in a row together that need the same", () => {
    expect(advice([hour(8, 3, 2, 12, 30), hour(9, 3, 2, 15, 25), hour(10, 2, 2), hour(11, 1, 2)])).toEqual([
      { from: 8, until: 10, counters: 3, usual: 2, visitors: 15, wait: 30 },
      { from: 11, until: 12, counters: 1, usual: 2, visitors: 10, wait: 20 },
    ]);
  });

  it("keeps hours apart between which it is shut", () => {
    expect(advice([hour(11, 3, 2), hour(13, 3, 2)]).map((one) => [one.from, one.until])).toEqual([
      [11, 12],
      [13, 14],
    ]);
  });

  it("has nothing to say where nobody knows what is usual, or all is well", () => {
    expect(advice([hour(8, 3, null), hour(9, 2, 2)])).toEqual([]);
  });
});

it("says minutes of the day as a clock", () => {
  expect([clockText(480), clockText(690)]).toEqual(["08.00", "11.30"]);
});
