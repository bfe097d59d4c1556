/** One counter at work: the view it follows, what its officer has just done, and what came of it. */
import { PAUSES, post, Refused, requestId } from "$lib/command.ts";
import { Following } from "$lib/following.svelte.ts";
import type { CounterView, QueueItem } from "$lib/views.ts";
import { refusal } from "$lib/refusal.ts";
import { everyone, type Foreseen, foresee } from "./foresee.ts";
import { type Deed, Typist } from "./keys.ts";

/** What the one big button does next. */
export type Main = "open" | "call-next" | "start" | "finish";
export type Sheet = "transfer" | "call_number" | "hold" | "note" | "back" | "about" | "why" | "close" | "legend" | "outcome";

/** One command: where to, with what, and what it will look like. */
export interface Order {
  path: string;
  body?: Record<string, unknown>;
  foreseen?: Foreseen;
}

interface Pending {
  name: string;
  orders: Order[];
  /** How many orders were answered, and the newest event that the last answer knew of. */
  answered: number;
  seq: number;
}

/** Milliseconds. The same deed twice within this is one press of a nervous finger. */
const REST = 200;
/** Milliseconds after which no answer is no answer: nothing is tried later, behind the officer's back. */
const PATIENCE = 8000;

export class Desk {
  readonly feed = new Following<CounterView>();
  readonly typist = new Typist();
  readonly code: string;
  readonly me: string;
  readonly onmove: () => void;
  trouble = $state("");
  asking = $state<Sheet | null>(null);
  /** After the outcome is chosen, call the next one too. */
  goesOn = $state(false);
  /** Something was never answered: the view of that moment. The next one tells. */
  #unsure = $state.raw<{ view: CounterView | null } | null>(null);
  #pending = $state.raw<Pending | null>(null);
  /** The id of the ticket that a sheet is about. */
  #about = $state(0);
  #acted = -Infinity;
  /** The deeds that rest: the same again, and after a sheet those of its own keys. */
  #resting: string[] = [];
  /** What was pressed before the last answer had come: done after it, if it still makes sense; not after a no. */
  #wish: Deed | null = null;

  #open = $derived.by<Pending | null>(() => (this.#pending && !this.#isTrue(this.#pending) ? this.#pending : null));
  /** What the officer sees: the true view, and what is surely on its way. */
  view = $derived.by<CounterView | null>(() => {
    const view = this.feed.view;
    return view && this.#open ? this.#foretold(view, this.#open) : view;
  });
  /** The name of the deed whose answer is awaited. */
  busy = $derived(this.#open?.name ?? null);
  unsure = $derived(this.#unsure && (this.#unsure.view === this.feed.view ? "open" : "told"));
  ready = $derived(this.feed.live && this.busy === null);

  main = $derived.by<Main>(() => {
    const view = this.view;
    if (view?.current) return view.current.state === "serving" ? "finish" : "start";
    return view?.counter.state === "open" ? "call-next" : "open";
  });

  /** The ticket of the sheet, as it is now: null once it is gone. */
  about = $derived.by<QueueItem | null>(() => (this.view ? (everyone(this.view).find((item) => item.id === this.#about) ?? null) : null));

  constructor(code: string, me: string, onmove: () => void) {
    this.code = code;
    this.me = me;
    this.onmove = onmove;
    $effect(() => {
      if (this.busy !== null) return;
      const wish = this.#wish;
      this.#wish = null;
      if (wish) queueMicrotask(() => void (this.may(wish) && this.#do(wish)));
    });
  }

  #foretold(view: CounterView, pending: Pending): CounterView {
    return pending.orders.reduce((seen, order) => (order.foreseen ? foresee(seen, order.foreseen) : seen), view);
  }

  /** Return whether all is answered, and the view that is followed tells it. */
  #isTrue(pending: Pending): boolean {
    const view = this.feed.view;
    if (view === null || pending.answered < pending.orders.length) return false;
    // Not by time: a view that was being made when the command came is younger than the answer, and does not know of it.
    return view.seq >= pending.seq || (pending.orders.every((order) => order.foreseen) && this.#foretold(view, pending) === view);
  }

  /** Return whether a deed makes sense now; the server has the last word. */
  may(deed: Deed): boolean {
    const view = this.view;
    if (deed === "legend" || deed === "move") return true;
    if (!view || !this.feed.live) return false;
    const current = view.current;
    const open = view.counter.state === "open";
    switch (deed) {
      case "main":
        return this.main !== "call-next" || view.queue.length > 0;
      case "next":
        return current?.state === "serving" && open;
      case "recall":
      case "miss":
        return current?.state === "called";
      case "hold":
      case "transfer":
      case "note":
        return current !== null;
      case "call_number":
      case "pause":
        return open && current === null;
      case "about":
      case "why":
        return current !== null || view.next !== null;
      case "back":
        return view.held.length + view.missed.length > 0;
      case "close":
        return view.counter.state !== "closed" && current === null;
      case "take_over":
        return view.counter.state !== "closed" && view.counter.officer !== this.me;
    }
  }

  /** Do a deed, or ask what it needs first. `sure` tells whether a person pressed the key, `at` when. */
  async act(deed: Deed, sure?: Promise<boolean>, at = performance.now()): Promise<void> {
    if (!this.may(deed) || this.#rests(deed, at)) return;
    if (this.busy === null) await this.#do(deed, sure);
    else this.#wish = deed;
  }

  async #do(deed: Deed, sure?: Promise<boolean>): Promise<void> {
    if (deed === "move") this.onmove();
    else if (deed === "about") this.ask(this.view?.current ?? this.view?.next ?? null);
    else if (deed === "main") await this.#onward(this.main, false, sure);
    else if (deed === "next") await this.#onward("finish", true, sure);
    else if (deed === "recall" || deed === "miss") await this.#step(deed, sure);
    else if (deed === "pause") await this.desk("pause", "paused", sure);
    else if (deed === "take_over") await this.desk("open", "open", sure);
    else {
      if (deed === "note") this.#about = this.view?.current?.id ?? 0;
      this.asking = deed;
    }
  }

  /** Return whether a deed has only just been done; from now on it has. */
  #rests(deed: Deed, at: number): boolean {
    const name = deed === "next" ? "main" : deed;
    if (at - this.#acted < REST && this.#resting.includes(name)) return true;
    [this.#acted, this.#resting] = [at, [name]];
    return false;
  }

  async #onward(main: Main, goesOn: boolean, sure?: Promise<boolean>): Promise<void> {
    if (main === "open") await this.desk("open", "open", sure);
    else if (main === "call-next") await this.send("call-next", [this.#calling()], sure);
    else if (main === "start") await this.#step("start", sure);
    else if (this.view?.outcomes.length) {
      this.goesOn = goesOn;
      this.asking = "outcome";
    } else await this.finish(null, goesOn, sure);
  }

  #calling(): Order {
    const next = this.view?.next;
    return { path: "call-next", foreseen: next ? { step: "call", id: next.id, at: this.#now } : undefined };
  }

  get #now(): string {
    return this.feed.now.toISOString();
  }

  async #step(step: "recall" | "start" | "miss", sure?: Promise<boolean>): Promise<void> {
    const current = this.view?.current;
    if (!current) return;
    const foreseen: Foreseen = { step, id: current.id, calls: current.calls, at: this.#now };
    await this.send(step, [{ path: step, body: { ticket: current.id }, foreseen }], sure);
  }

  /** End the visit, and call the next one if the officer wants to go on. */
  async finish(outcome: string | null, goesOn: boolean, sure?: Promise<boolean>): Promise<void> {
    const current = this.view?.current;
    if (!current) return;
    const done: Order = { path: "finish", body: { ticket: current.id, outcome }, foreseen: { step: "finish", id: current.id } };
    await this.send(goesOn ? "next" : "finish", goesOn && this.view?.next ? [done, this.#calling()] : [done], sure);
  }

  /** Open or close the counter, or begin a break. */
  async desk(path: "open" | "pause" | "close", state: CounterView["counter"]["state"], sure?: Promise<boolean>): Promise<void> {
    const officer = state === "open" ? this.me : state === "closed" ? null : (this.view?.counter.officer ?? null);
    await this.send(path, [{ path, foreseen: { step: "desk", state, officer } }], sure);
  }

  /** Send the visitor at the counter somewhere; `body` says where. */
  async away(path: "hold" | "transfer", body: Record<string, unknown>, until: string | null = null): Promise<void> {
    const current = this.view?.current;
    if (!current) return;
    const foreseen: Foreseen = path === "hold" ? { step: path, id: current.id, until } : { step: path, id: current.id };
    await this.send(path, [{ path, body: { ...body, ticket: current.id }, foreseen }]);
  }

  /** Let a held or absent visitor wait again. */
  async back(item: QueueItem): Promise<void> {
    const path = `${item.state === "held" ? "resume" : "restore"}/${item.id}`;
    await this.send("back", [{ path, foreseen: { step: "back", id: item.id } }]);
  }

  /** Call one by number. */
  async call(number: string): Promise<void> {
    const known = this.view && everyone(this.view).find((item) => item.number === number);
    const foreseen: Foreseen | undefined = known ? { step: "call", id: known.id, at: this.#now } : undefined;
    await this.send("call_number", [{ path: `call/${encodeURIComponent(number)}`, foreseen }]);
  }

  /** Open the sheet about a ticket. */
  ask(item: QueueItem | null, sheet: Sheet = "about"): void {
    if (item === null) return;
    this.#about = item.id;
    this.asking = sheet;
  }

  /** Close the sheet that is open. The key that closed it does not also act on the page. */
  shut(): void {
    [this.#acted, this.#resting] = [this.typist.last, ["main", "pause"]];
    this.asking = null;
  }

  /** Post commands one after another: shown at once, true when answered, taken back with the reason when refused. */
  async send(name: string, orders: Order[], sure?: Promise<boolean>): Promise<void> {
    if (!this.ready) return;
    if (this.asking !== null) this.shut();
    this.trouble = "";
    this.#unsure = null;
    const pending: Pending = { name, orders, answered: 0, seq: 0 };
    this.#pending = pending;
    if (sure && !(await sure)) {
      this.#pending = null;
      return;
    }
    await this.#post(pending);
  }

  async #post(pending: Pending): Promise<void> {
    for (const [at, order] of pending.orders.entries()) {
      try {
        const body = { ...order.body, request: requestId() };
        const answer = await post<{ seq: number }>(`/api/counters/${this.code}/${order.path}`, body, PAUSES, PATIENCE);
        this.#pending = { ...pending, answered: at + 1, seq: answer.seq };
      } catch (error) {
        this.#wish = this.#pending = null;
        this.#told(error);
        return;
      }
    }
  }

  /** Say why not; without an answer, that nobody knows: then the line is asked for the true state. */
  #told(error: unknown): void {
    if (error instanceof Refused && (error.status === 0 || error.status >= 502)) {
      this.#unsure = { view: this.feed.view };
      this.feed.doubt();
    } else this.trouble = refusal(error);
  }
}
