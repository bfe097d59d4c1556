/** What a counter will look like if the server agrees: shown at once, and no longer once the true view says so itself. */
import type { CounterView, QueueItem } from "$lib/views.ts";

export type Foreseen =
  | { step: "call"; id: number; at: string }
  | { step: "recall"; id: number; calls: number; at: string }
  | { step: "start"; id: number; at: string }
  | { step: "finish" | "transfer" | "miss"; id: number }
  | { step: "hold"; id: number; until: string | null }
  | { step: "back" | "cancel"; id: number }
  | { step: "note"; id: number; text: string }
  | { step: "desk"; state: CounterView["counter"]["state"]; officer: string | null };

const without = (items: QueueItem[], id: number): QueueItem[] => items.filter((item) => item.id !== id);

/** Return everybody whom a view shows. */
export const everyone = (view: CounterView): QueueItem[] =>
  [view.current, ...view.queue, ...view.held, ...view.missed, ...view.away].filter((item) => item !== null);

/** Take the first in the queue for the next one. */
function lined(view: CounterView): CounterView {
  const next = view.queue[0] ?? null;
  return next?.id === view.next?.id ? view : { ...view, next, next_why: null };
}

function removed(view: CounterView, id: number): CounterView {
  const current = view.current?.id === id ? null : view.current;
  const [queue, held, missed] = [without(view.queue, id), without(view.held, id), without(view.missed, id)];
  return lined({ ...view, current, outcomes: current ? view.outcomes : [], queue, held, missed });
}

/** Return the view after what is foreseen; the very same view when it has come true, or cannot any more. */
export function foresee(view: CounterView, what: Foreseen): CounterView {
  if (what.step === "desk") {
    const { state, officer } = view.counter;
    if (state === what.state && (state !== "open" || officer === what.officer)) return view;
    return { ...view, counter: { ...view.counter, state: what.state, officer: what.officer } };
  }
  const item = everyone(view).find((one) => one.id === what.id);
  if (!item) return view;
  const isHere = view.current?.id === item.id;
  switch (what.step) {
    case "call": {
      if (view.current) return view;
      const called: QueueItem = { ...item, state: "called", called_at: what.at, calls: item.calls + 1, held_until: null };
      return { ...removed(view, item.id), current: called };
    }
    case "recall":
      if (!isHere || item.calls !== what.calls) return view;
      return { ...view, current: { ...item, calls: item.calls + 1, called_at: what.at } };
    case "start":
      if (!isHere || item.state !== "called") return view;
      return { ...view, current: { ...item, state: "serving", started_at: what.at } };
    case "finish":
      return isHere ? { ...removed(view, item.id), served_today: view.served_today + 1 } : view;
    case "transfer":
      return isHere ? removed(view, item.id) : view;
    case "miss":
      if (!isHere) return view;
      return { ...removed(view, item.id), missed: [...view.missed, { ...item, state: "missed" }] };
    case "hold":
      if (!isHere) return view;
      return { ...removed(view, item.id), held: [...view.held, { ...item, state: "held", held_until: what.until }] };
    case "back": {
      if (item.state !== "held" && item.state !== "missed") return view;
      const back: QueueItem = { ...item, state: "waiting", held_until: null };
      return lined({ ...removed(view, item.id), queue: [...view.queue, back] });
    }
    case "cancel":
      return removed(view, item.id);
    case "note":
      return noted(view, what.id, what.text === "" ? null : what.text);
  }
}

function noted(view: CounterView, id: number, note: string | null): CounterView {
  const write = (item: QueueItem): QueueItem => (item.id === id ? { ...item, note, note_by: note && view.counter.code } : item);
  if (everyone(view).every((item) => item.id !== id || item.note === note)) return view;
  return {
    ...view,
    current: view.current && write(view.current),
    queue: view.queue.map(write),
    held: view.held.map(write),
    missed: view.missed.map(write),
    away: view.away.map(write),
  };
}
