/** What is shown before the answer: right when the server agrees, gone when the true view tells it or it cannot be. */
import { expect, test } from "vitest";
import { type Foreseen, foresee } from "../../counters/web/console/foresee.ts";
import { digitOf, KEYPAD, KEYS, Typist } from "../../counters/web/console/keys.ts";
import { choicesOf, matching } from "../../counters/web/console/places.ts";
import type { CounterView, QueueItem } from "../../mpp/web/lib/views.ts";

const AT = "2026-11-23T01:00:00Z";
const service = { code: "KTP", name: "KTP", name_en: "KTP" };

const item = (id: number, state: QueueItem["state"] = "waiting"): QueueItem => ({
  id,
  number: `B-00${id}`,
  service,
  priority: false,
  state,
  waiting_since: AT,
  issued_at: AT,
  called_at: null,
  started_at: null,
  calls: 1,
  held_until: null,
  counter_minutes: 8,
  slip: null,
  weight: 1,
  head_start: 0,
  counter: null,
  for_counter: null,
  offline: false,
  deferred: false,
  back_to: null,
  note: null,
  note_by: null,
  outlook: null,
});

function view(current: QueueItem | null, queue: QueueItem[], more: Partial<CounterView> = {}): CounterView {
  const counter = { code: "L01", name: "1", zone: "A", state: "open", officer: "Maria", since: AT };
  const held = [item(8, "held")];
  return { counter, current, queue, next: queue[0] ?? null, outcomes: [], held, missed: [item(9, "missed")], away: [], served_today: 3, ...more } as unknown as CounterView;
}

const called = view(item(1, "called"), [item(2), item(3)]);
const serving = view(item(1, "serving"), [item(2)]);
const free = view(null, [item(2), item(3)]);

const ids = (seen: CounterView): unknown => [seen.current && [seen.current.id, seen.current.state], seen.next?.id, seen.queue.map((one) => one.id)];
const apart = (seen: CounterView): unknown => [seen.held.map((one) => one.id), seen.missed.map((one) => one.id)];

test.each([
  ["a call", free, { step: "call", id: 2, at: AT }, [[2, "called"], 3, [3]], [[8], [9]]],
  ["a call of one who was absent", free, { step: "call", id: 9, at: AT }, [[9, "called"], 2, [2, 3]], [[8], []]],
  ["a start", called, { step: "start", id: 1, at: AT }, [[1, "serving"], 2, [2, 3]], [[8], [9]]],
  ["an end", serving, { step: "finish", id: 1 }, [null, 2, [2]], [[8], [9]]],
  ["a transfer", serving, { step: "transfer", id: 1 }, [null, 2, [2]], [[8], [9]]],
  ["an absence", called, { step: "miss", id: 1 }, [null, 2, [2, 3]], [[8], [9, 1]]],
  ["a hold", called, { step: "hold", id: 1, until: null }, [null, 2, [2, 3]], [[8, 1], [9]]],
  ["a return", free, { step: "back", id: 8 }, [null, 2, [2, 3, 8]], [[], [9]]],
  ["a cancellation", free, { step: "cancel", id: 2 }, [null, 3, [3]], [[8], [9]]],
] as [string, CounterView, Foreseen, unknown, unknown][])("%s is shown at once, and once only", (_name, before, what, after, aside) => {
  const seen = foresee(before, what);
  expect([ids(seen), apart(seen)]).toEqual([after, aside]);
  expect(foresee(seen, what)).toBe(seen);
});

test("an end is counted, a second call too, and notes are read at once", () => {
  expect(foresee(serving, { step: "finish", id: 1 }).served_today).toBe(4);
  const again: Foreseen = { step: "recall", id: 1, calls: 1, at: AT };
  expect(foresee(called, again).current?.calls).toBe(2);
  expect(foresee(foresee(called, again), again).current?.calls).toBe(2);
  const noted = foresee(called, { step: "note", id: 1, text: "kurang KK" });
  expect([noted.current?.note, noted.current?.note_by]).toEqual(["kurang KK", "L01"]);
  expect(foresee(noted, { step: "note", id: 1, text: "" }).current?.note_by).toBeNull();
});

test("a counter opens, rests and closes at once", () => {
  const paused = foresee(free, { step: "desk", state: "paused", officer: "Maria" });
  expect(paused.counter.state).toBe("paused");
  expect(foresee(paused, { step: "desk", state: "paused", officer: "Maria" })).toBe(paused);
  expect(foresee(free, { step: "desk", state: "open", officer: "Yosef" }).counter.officer).toBe("Yosef");
});

test.each([
  ["somebody else was called", called, { step: "call", id: 2, at: AT }],
  ["the visitor is not there any more", free, { step: "start", id: 1, at: AT }],
  ["another visitor is there", called, { step: "finish", id: 2 }],
  ["the visitor is gone", free, { step: "cancel", id: 77 }],
] as [string, CounterView, Foreseen][])("nothing is foreseen when %s", (_name, before, what) => {
  expect(foresee(before, what)).toBe(before);
});

test("the drawn keypad has every deed once", () => {
  expect(KEYPAD.flat().filter((deed) => deed !== null).sort()).toEqual(Object.keys(KEYS).sort());
});

test("a digit of the keypad is a digit without NumLock too", () => {
  expect([digitOf({ code: "Numpad4", key: "ArrowLeft" }), digitOf({ code: "Digit7", key: "7" }), digitOf({ code: "KeyA", key: "a" })]).toEqual(["4", "7", null]);
});

test("keys that come faster than fingers are no person's, the first one too", async () => {
  const typist = new Typist();
  const press = (timeStamp: number, key = "b") => ({ timeStamp, key, repeat: false });
  expect(typist.hear(press(1000))).toBe(true);
  const first = typist.alone();
  expect([typist.hear(press(1008)), typist.hear(press(1016)), typist.hear(press(1400))]).toEqual([false, false, true]);
  expect(await first).toBe(false);
  expect(await typist.alone()).toBe(true);
  const together = press(2000);
  expect([typist.hear(press(1995, "Shift")), typist.hear(together), typist.hear(together)]).toEqual([true, true, true]);
});

test("places have numbers: counters their own, services after them, and 1 finds 1 before 10", () => {
  const counters = ["1", "2", "10"].map((name) => ({ code: `L${name}`, name, zone: "A", tenant: "T", state: "open" }));
  const services = ["KTP", "KK"].map((code) => ({ code, name: code, name_en: code, tenant: "T" }));
  const seen = view(item(1, "serving"), [], { all_counters: counters, all_services: services } as Partial<CounterView>);
  const choices = choicesOf({ ...seen, counter: { ...seen.counter, code: "L2" } });
  expect(choices.map((one) => [one.number, one.body])).toEqual([[1, { counter: "L1" }], [10, { counter: "L10" }], [12, { service: "KK" }]]);
  expect(matching(choices, "1").map((one) => one.number)).toEqual([1, 10, 12]);
  expect(matching(choices, "kk").map((one) => one.number)).toEqual([12]);
});
