/** What the set-up page suggests, understands and sends. */
import { expect, test } from "vitest";
import { luminance } from "../../mpp/web/lib/colour.ts";
import { clockOf, clockText, type Mall, newCounter, newTenant, newZone, placesIn, sectionOf, tidied } from "../../mpp/web/setup/mall.ts";
import { codeOf, followed, nextCode, nextPrefix, shortOf, TINTS } from "../../mpp/web/setup/suggest.ts";

test.each([
  ["Perekaman KTP-el", [], "PEREKAMAN-KTP-EL"],
  ["Perekaman KTP-el", ["PEREKAMAN-KTP-EL"], "PEREKAMAN-KTP-EL-2"],
  ["Surat Keterangan Catatan Kepolisian", [], "SURAT-KETERANGAN-CATATAN"],
  ["Surat Keterangan Catatan Kepolisian", ["SURAT-KETERANGAN-CATATAN"], "SURAT-KETERANGAN-CATAT-2"],
  ["Kafé  No. 1", [], "KAFE-NO-1"],
  ["…", [], "X"],
])("a code is made of %j", (name, taken, code) => {
  expect(codeOf(name, taken)).toBe(code);
  expect(codeOf(name, taken)).toMatch(/^[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?$/);
});

test.each([
  ["Berkas kurang", [], "berkas_kurang"],
  ["Berkas kurang", ["berkas_kurang"], "berkas_kurang_b"],
  ["2", [], "hasil"],
])("a code in small letters is made of %j", (name, taken, code) => expect(codeOf(name, taken, "_")).toBe(code));

test.each([
  ["Dukcapil", "Dukcapil"],
  ["Kepolisian Resor (Polres)", "Polres"],
  ["Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu (DPMPTSP)", "DPMPTSP"],
  ["Dinas Kependudukan dan Pencatatan Sipil", "Kependudukan Pencatatan"],
  ["Kementerian Agama Kabupaten Ngada", "Agama Ngada"],
])("%j fits on a board", (name, short) => {
  expect(shortOf(name)).toBe(short);
  expect(shortOf(name).length).toBeLessThanOrEqual(24);
});

test("prefixes are letters that nobody has and that cannot be misread", () => {
  expect(nextPrefix([])).toBe("A");
  expect(nextPrefix([..."ABCDEFGH"])).toBe("J");
  expect(nextPrefix([..."ABCDEFGHJKLMNQRSTUVWXYZ"])).toBe("AA");
  expect([nextCode("L", ["L01", "L03"]), nextCode("", ["A"])]).toEqual(["L02", "B"]);
});

test("a suggestion follows the name until somebody has written something else", () => {
  expect(followed("", "Pol", "Polres")).toBe("Polres");
  expect(followed("Pol", "Pol", "Polres")).toBe("Polres");
  expect(followed("Polisi", "Pol", "Polres")).toBe("Polisi");
});

test.each(TINTS)("white is read on %s", (tint) => expect(1.05 / (luminance(tint) + 0.05)).toBeGreaterThanOrEqual(7));

test.each([
  ["8", "08:00:00"],
  ["8.30", "08:30:00"],
  ["08:30", "08:30:00"],
  ["1430", "14:30:00"],
  ["24.00", "24.00"],
  ["08.75", "08.75"],
  ["pagi", "pagi"],
  ["", ""],
])("%j is understood as a time", (typed, time) => expect(clockOf(typed)).toBe(time));

test("a time is shown as on a door", () => {
  expect(clockText("08:00:00")).toBe("08.00");
  expect(clockText("pagi")).toBe("pagi");
});

function small(): Mall {
  const mall: Mall = {
    mall: { name: " MPP ", name_en: " ", place: "Soe", timezone: "Asia/Makassar", label: "", ticket_footer: null, pledge: null, priority_classes: [] },
    hours: {},
    last_ticket_minutes: 30,
    reporting: { target_wait_minutes: 15, smallest_group: 5 },
    closing: { mode: "warn", percent: 50 },
    offline: { numbers: 20, first: 701, minutes: 240 },
    survey: { offered: true, quick: true, period_months: 6, answer_percent: 50, open_days: 1, paper_days: 14 },
    holidays: [],
    zones: [],
    pronunciations: { " SKCK ": " es ka ce ka " },
    tenants: [],
    counters: [],
  };
  mall.zones.push(newZone(mall, "Aula"));
  mall.zones[0]!.ticker.push("", " Selamat datang ");
  const tenant = { ...newTenant(mall), code: "POLRES", name: "Polres", short_name: "Polres" };
  const outcomes = [{ code: "", name: "Berkas kurang", name_en: "" }];
  tenant.services.push({ code: "SKCK", name: "SKCK", name_en: "", prefix: "", quota_per_day: null, keywords: ["", " polisi"], outcomes });
  mall.tenants.push(tenant);
  mall.counters.push(newCounter(mall));
  return mall;
}

test("what is sent has no blanks at its ends, and null where nothing is", () => {
  const sent = tidied(small());
  expect(sent.mall).toMatchObject({ name: "MPP", name_en: null, label: null });
  expect(sent.pronunciations).toEqual({ SKCK: "es ka ce ka" });
  expect(sent.zones[0]).toMatchObject({ code: "A", ticker: ["Selamat datang"] });
  const [service] = sent.tenants[0]!.services;
  expect(service).toMatchObject({ name_en: "SKCK", prefix: null, keywords: ["polisi"] });
  expect(service!.outcomes).toEqual([{ code: "berkas_kurang", name: "Berkas kurang", name_en: "Berkas kurang" }]);
});

test("a group that goes first gets its code and its other name from its name", () => {
  const mall = small();
  mall.mall.priority_classes.push({ code: "", name: "Ibu hamil", name_en: "" });
  expect(tidied(mall).mall.priority_classes).toEqual([{ code: "ibu_hamil", name: "Ibu hamil", name_en: "Ibu hamil" }]);
});

test("what the page does not know goes back as it came", () => {
  const mall = { ...small(), parking: { mode: "free", places: 50 } };
  expect(tidied(mall)).toMatchObject({ parking: { mode: "free", places: 50 } });
});

test("a new counter stands where the one before stands, and is of a tenant that has none", () => {
  const mall = small();
  expect(mall.counters[0]).toEqual({ code: "L01", name: "1", zone: "A", tenant: "POLRES", services: "all" });
  mall.tenants.push({ ...newTenant(mall), code: "BPJS" });
  expect(newCounter(mall)).toEqual({ code: "L02", name: "2", zone: "A", tenant: "BPJS", services: "all" });
});

test.each([
  ["$.mall.name", "mall", []],
  ["$.last_ticket_minutes", "hours", []],
  ["$.tenants[2].services[0].name", "tenants", [2, 0]],
  ["$.survey.open_days", "working", []],
  ["$.mall.priority_classes[1].name", "working", [1]],
])("the problem at %s is found", (path, section, places) => {
  expect([sectionOf(path), placesIn(path)]).toEqual([section, places]);
});
