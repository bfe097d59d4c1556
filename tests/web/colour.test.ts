/** A tenant's letter can be read on the tenant's own colour. */
import { expect, test } from "vitest";
import { inkOn, luminance } from "$lib/colour.ts";

test.each(["#0b5fa5", "#ffc233", "#b8860b", "#d43f8d", "#808080", "#1f7a3d"])("a tenant's letter can be read on %s", (colour) => {
  const ink = inkOn(colour) === "var(--white)" ? 1 : luminance("#06172e");
  const [dark, light] = [luminance(colour), ink].sort((a, b) => a - b) as [number, number];
  expect((light + 0.05) / (dark + 0.05)).toBeGreaterThan(3);
});
