/** A feed as a Svelte value: the view, how fresh it is, and the hall's clock, ticking. */
import { address, Feed, type No, type Status } from "./feed.ts";
import { HallClock } from "./clock.ts";
import { reloadOnce } from "./reload.ts";
import type { View } from "./views.ts";

export class Following<V extends View> {
  view = $state.raw<V | null>(null);
  status = $state<Status>("connecting");
  since = $state.raw<Date | null>(null);
  no = $state<No | null>(null);
  now = $state.raw(new Date());
  live = $derived(this.status === "live");
  readonly #clock = new HallClock();
  #feed: Feed<V> | null = null;

  /** Follow a path until the returned function is called: made for $effect. A page is reloaded when it `mayReload`. */
  open(path: string, mayReload: () => boolean = () => true): () => void {
    let isOutdated = false;
    const feed = new Feed<V>(address(path), {
      clock: this.#clock,
      reload: () => (isOutdated = true),
      seen: (state) => {
        if (this.view !== state.view) this.view = state.view;
        this.status = state.status;
        this.since = state.since;
        this.no = state.no;
        this.now = this.#clock.now();
      },
    });
    const wake = (): void => {
      if (document.visibilityState === "visible") feed.again();
    };
    let tick: ReturnType<typeof setTimeout>;
    const step = (): void => {
      this.now = this.#clock.now();
      if (isOutdated && mayReload()) reloadOnce();
      tick = setTimeout(step, this.#clock.rest());
    };
    step();
    addEventListener("online", wake);
    document.addEventListener("visibilitychange", wake);
    this.#feed = feed;
    return () => {
      removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      clearTimeout(tick);
      feed.close();
      this.view = null;
      this.status = "connecting";
    };
  }

  /** Try again at once. */
  again(): void {
    this.#feed?.again();
  }
}
