/** One counter at work: the view it follows, the deeds its officer may do now, and the last refusal. */
import { post, requestId } from "$lib/command.ts";
import { Following } from "$lib/following.svelte.ts";
import type { CounterView, QueueItem } from "$lib/views.ts";
import { refusal } from "$lib/refusal.ts";
import type { Deed } from "./keys.ts";

/** What the one big button does next. */
export type Main = "open" | "call-next" | "start" | "finish";
export type Asking = "transfer" | "call_number" | "hold" | "about" | null;

export class Desk {
  readonly feed = new Following<CounterView>();
  readonly code: string;
  busy = $state<string | null>(null);
  trouble = $state("");
  asking = $state<Asking>(null);
  /** The id of the ticket that the sheet "about" is about. */
  #about = $state(0);
  view = $derived(this.feed.view);

  main = $derived.by<Main>(() => {
    const view = this.view;
    if (!view || view.counter.state !== "open") return view?.current ? this.#onward(view.current) : "open";
    return view.current ? this.#onward(view.current) : "call-next";
  });

  /** The ticket of the sheet, as it is now: null once it is gone. */
  about = $derived.by<QueueItem | null>(() => {
    const view = this.view;
    if (!view || this.asking !== "about") return null;
    return [view.current, ...view.queue, ...view.held, ...view.missed].find((item) => item?.id === this.#about) ?? null;
  });

  constructor(code: string) {
    this.code = code;
  }

  #onward(current: QueueItem): Main {
    return current.state === "serving" ? "finish" : "start";
  }

  /** Return whether a deed makes sense now; the server has the last word. */
  may(deed: Deed): boolean {
    const view = this.view;
    if (!view || !this.feed.live) return false;
    const current = view.current;
    const open = view.counter.state === "open";
    switch (deed) {
      case "main":
        return this.main !== "call-next" || view.queue.length > 0;
      case "recall":
      case "miss":
        return current?.state === "called";
      case "hold":
      case "transfer":
        return current !== null;
      case "call_number":
        return open && current === null;
      case "pause":
        return open && current === null;
    }
  }

  /** Do a deed, or ask what it needs first. */
  async act(deed: Deed): Promise<void> {
    if (!this.may(deed) || this.busy !== null) return;
    if (deed === "transfer" || deed === "call_number" || deed === "hold") this.asking = deed;
    else await this.send(deed === "main" ? this.main : deed);
  }

  /** Open the sheet about a ticket. */
  ask(item: QueueItem): void {
    this.#about = item.id;
    this.asking = "about";
  }

  /** Close the sheet that is open. */
  shut(): void {
    this.asking = null;
  }

  /** Return the command that lets a ticket wait again, or null for one that waits or is here. */
  backPath(item: QueueItem): string | null {
    if (item.state === "held") return `resume/${item.id}`;
    return item.state === "missed" ? `restore/${item.id}` : null;
  }

  /** Post a command of this counter; one request id for the whole deed, however often it must be sent. */
  async send(path: string, body: Record<string, unknown> = {}): Promise<boolean> {
    if (this.busy !== null) return false;
    this.busy = path;
    this.trouble = "";
    this.asking = null;
    try {
      await post(`/api/counters/${this.code}/${path}`, { ...body, request: requestId() });
      return true;
    } catch (error) {
      this.trouble = refusal(error);
      return false;
    } finally {
      this.busy = null;
    }
  }

  /** Return the ticket whose digits were typed: "12" finds B-012. What is not found is sent as it was typed. */
  numberOf(typed: string): string {
    const view = this.view;
    const text = typed.trim().toUpperCase();
    if (!view || !/^\d+$/.test(text)) return text;
    const known = [...view.queue, ...view.held, ...view.missed].map((item) => item.number);
    return known.find((number) => Number(/\d+$/.exec(number)?.[0]) === Number(text)) ?? text;
  }
}
