/** Where a visitor can be sent, each place with a number of its own: counters by their own, services after them. */
import type { CounterView } from "$lib/views.ts";
import { counterText, named } from "$lib/words.svelte.ts";

export interface Choice {
  key: string;
  number: number;
  name: string;
  body: { service?: string; counter?: string };
}

/** Return the numbers of the counters: those in their names, or their places in the list where a name has none. */
function numbersOf(counters: CounterView["all_counters"]): number[] {
  const own = counters.map((one) => (/^\d{1,3}$/.test(one.name) ? Number(one.name) : 0));
  return own.every((number) => number > 0) ? own : counters.map((_, at) => at + 1);
}

/** Return the open counters and all services, but for the visitor's present ones. A number means the same place all day. */
export function choicesOf(view: CounterView): Choice[] {
  const numbers = numbersOf(view.all_counters);
  const most = Math.max(0, ...numbers);
  const counters = view.all_counters.flatMap((other, at) =>
    other.state === "open" && other.code !== view.counter.code
      ? [{ key: `c-${other.code}`, number: numbers[at] as number, name: `${counterText(other)} · ${other.tenant}`, body: { counter: other.code } }]
      : [],
  );
  const services = view.all_services.flatMap((one, at) =>
    one.code !== view.current?.service.code
      ? [{ key: `s-${one.code}`, number: most + at + 1, name: `${one.tenant} · ${named(one)}`, body: { service: one.code } }]
      : [],
  );
  return [...counters, ...services];
}

/** Return the choices that fit: a number typed so far, or words of the name; the number itself comes first. */
export function matching(choices: Choice[], wanted: string): Choice[] {
  const text = wanted.trim().toLowerCase();
  if (/^\d+$/.test(text)) {
    const begun = choices.filter((choice) => String(choice.number).startsWith(text));
    return begun.sort((one, other) => one.number - other.number);
  }
  return choices.filter((choice) => choice.name.toLowerCase().includes(text));
}
