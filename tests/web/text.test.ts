import { expect, test } from "vitest";
import { find, type Key, lookup, lookupCode } from "$lib/text.ts";
import { clockText, dayText, momentText, rupiahText, secondsBetween, spanText, zoneText } from "$lib/when.ts";

const TEXTS = {
  id: { "a.hello": "Halo, {name}", "a.only": "hanya di sini", "refused.other": "Tidak berhasil." },
  en: { "a.hello": "Hello, {name}", "refused.queue_empty": "Nobody is waiting." },
};

test("placeholders are filled in", () => {
  expect(find(TEXTS, "en", "a.hello", { name: "Maria" })).toBe("Hello, Maria");
});

test("a placeholder without a value stays visible", () => {
  expect(find(TEXTS, "id", "a.hello")).toBe("Halo, {name}");
});

test("a gap in a language is filled from Bahasa Indonesia", () => {
  expect(find(TEXTS, "en", "a.only")).toBe("hanya di sini");
});

test("a key without any text is shown as the key", () => {
  expect(lookup(TEXTS, "id", "kiosk.title" as Key)).toBe("kiosk.title");
});

test("a code that nobody foresaw gets its family's own text", () => {
  expect(lookupCode(TEXTS, "en", "refused", "queue_empty")).toBe("Nobody is waiting.");
  expect(lookupCode(TEXTS, "en", "refused", "from_the_future")).toBe("Tidak berhasil.");
});

const AT = "2026-11-23T00:15:03Z";
const ZONE = "Asia/Makassar";

test("times are written as the reader's language writes them, in the mall's own zone", () => {
  expect(clockText(AT, ZONE, "id")).toBe("08.15");
  expect(clockText(AT, ZONE, "en")).toBe("08:15");
  expect(dayText(AT, ZONE, "id")).toBe("Senin, 23 November 2026");
  expect(zoneText(AT, ZONE)).toBe("WITA");
  expect(zoneText(AT, "Asia/Jakarta")).toBe("WIB");
});

test("a moment of another day names the day", () => {
  const now = new Date(AT);
  expect(momentText("2026-11-23T05:00:00Z", now, ZONE, "id")).toBe("13.00");
  expect(momentText("2026-11-24T00:00:00Z", now, ZONE, "id")).toBe("Selasa 08.00");
});

test("spans and money are written plainly", () => {
  expect([spanText(7), spanText(247), spanText(3729)]).toEqual(["0:07", "4:07", "1:02:09"]);
  expect(secondsBetween(AT, new Date("2026-11-23T00:14:00Z"))).toBe(0);
  expect(rupiahText(350000, "id")).toBe("Rp 350.000");
});
