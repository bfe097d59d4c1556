/** What the console says of a ticket, in words: why it is next, where it is, since when. */
import type { CounterView, QueueItem, NextWhy } from "$lib/views.ts";
import { clockText, secondsBetween } from "$lib/when.ts";
import { counterText, said, t, words } from "$lib/words.svelte.ts";
import { type Deed, KEYS } from "./keys.ts";

/** Return what stands on the key of a deed. */
export const keyText = (deed: Deed): string => KEYS[deed].letter.replace("Space", t("console.key_space"));

/** Return whole minutes waited so far. */
export const waitedMinutes = (item: QueueItem, now: Date): number => Math.floor(secondsBetween(item.waiting_since, now) / 60);

/** Return the minutes that are added to the waiting; none before an agreed time. */
const headStart = (item: QueueItem, now: Date): number => (Date.parse(item.waiting_since) > now.getTime() ? 0 : item.head_start);

/** Return the claim to be called next, in minutes that count. */
const claim = (item: QueueItem, now: Date): number =>
  item.weight * (secondsBetween(item.waiting_since, now) / 60 + headStart(item, now));

/** Return "(12 + 10) × 5 = 110". */
export function scoreText(item: QueueItem, now: Date): string {
  const head = headStart(item, now);
  const told = { minutes: waitedMinutes(item, now), head, weight: item.weight, score: Math.floor(claim(item, now)) };
  return t(head > 0 ? "console.why_score_head" : "console.why_score", told);
}

/** Return a counter's name by its code. */
export const counterName = (code: string | null, view: CounterView): string => {
  const found = view.all_counters.find((one) => one.code === code);
  return found ? counterText(found) : (code ?? "");
};

/** Return "dikirim ke loket ini, menunggu 22 mnt, prioritas". */
export function whyText(item: QueueItem, view: CounterView, now: Date): string {
  const reasons = [
    item.for_counter === view.counter.code && !item.deferred ? t("console.why_sent") : "",
    t("console.next_why", { minutes: waitedMinutes(item, now) }),
    item.priority ? t("console.why_priority") : "",
    item.agreed_at ? t("console.why_agreed", { time: clockText(item.agreed_at, view.mall.timezone, words.locale) }) : "",
    item.deferred ? t("console.why_deferred") : "",
    item.id === view.next?.id ? ruleText(view.next_why) : "",
  ];
  return reasons.filter((reason) => reason !== "").join(", ");
}

/** Return which rule chose, where it was not the claim. */
function ruleText(why: NextWhy | null): string {
  if (why?.reason === "promise") return t("console.why_promise", { n: why.cap ?? 0 });
  if (why?.reason === "look_ahead") return t("console.why_ahead");
  return why?.reason === "guard" ? t("console.why_guard") : "";
}

/** Return why the next one is next, where it is not the highest value. */
export function nextText(view: CounterView): string {
  const [next, why] = [view.next, view.next_why];
  if (!next || !why) return "";
  if (why.reason === "promise") return t("console.why_next_promise", { number: next.number, n: why.cap ?? 0 });
  if (why.reason === "guard") return t("console.why_next_guard", { number: next.number });
  if (why.reason !== "look_ahead") return "";
  return t("console.why_next_ahead", { number: next.number, other: why.runner_up ?? "", ...costs(why) });
}

/** Return why the one who is here was called before another, as the log has it. */
export function calledText(view: CounterView): string {
  const [current, why] = [view.current, view.called_why];
  if (!current || !why) return "";
  const told = { number: current.number, other: why.runner_up ?? "" };
  if (why.runner_up === null) return t("console.called_alone", told);
  if (why.reason === "promise") return t("console.called_promise", { ...told, n: why.cap ?? 0 });
  if (why.reason === "guard") return t("console.called_guard", told);
  if (why.reason === "look_ahead") return t("console.called_ahead", { ...told, ...costs(why) });
  const [score, more] = [why.score, why.runner_up_score ?? 0].map((seconds) => Math.floor(seconds / 60));
  if (why.score < (why.runner_up_score ?? 0)) return t("console.called_sent", told);
  return t("console.called_claim", { ...told, score: score ?? 0, more: more ?? 0 });
}

function costs(why: { cost: number | null; runner_up_cost: number | null }): { cost: string; more: string } {
  const shown = (cost: number | null): string =>
    (cost ?? 0).toLocaleString(words.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return { cost: shown(why.cost), more: shown(why.runner_up_cost) };
}

/** Return since when one is put aside or absent, and for how long yet. */
export function asideText(item: QueueItem, view: CounterView, now: Date): string {
  const since = item.called_at === null ? 0 : Math.floor(secondsBetween(item.called_at, now) / 60);
  if (item.state === "missed") return t("console.missed_why", { n: item.calls, minutes: since, counter: counterName(item.counter, view) });
  if (item.held_until === null) return t("console.held_open");
  const left = Math.ceil((Date.parse(item.held_until) - now.getTime()) / 60_000);
  const time = clockText(item.held_until, view.mall.timezone, words.locale);
  return t("console.held_until", { time, minutes: Math.max(0, left) });
}

/** Return where one is who was sent away and comes back. */
export function awayText(item: QueueItem, view: CounterView): string {
  const place = item.counter ?? item.for_counter;
  const state = said("phase", item.state);
  return place === null ? state : `${state} · ${counterName(place, view)}`;
}
