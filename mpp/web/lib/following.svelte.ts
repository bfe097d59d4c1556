/** A feed as a Svelte value: the view, how fresh it is, and the hall's clock, ticking. */
import { address, Feed, type No, type Status, type Times } from "./feed.ts";
import { HallClock } from "./clock.ts";
import { reloadOnce } from "./reload.ts";
import type { View } from "./views.ts";

/** A page that was out of sight for so many milliseconds asks anew: its line may be dead without knowing. */
const SLEPT = 5000;

export class Following<V extends View> {
  view = $state.raw<V | null>(null);
  status = $state<Status>("connecting");
  since = $state.raw<Date | null>(null);
  no = $state<No | null>(null);
  now = $state.raw(new Date());
  live = $derived(this.status === "live");
  /** Whether the view may tell of another time: the line is lost, or the page has slept. A short cut is no reason. */
  stale = $state(false);
  readonly #clock = new HallClock();
  #feed: Feed<V> | null = null;
  readonly #first: V | null;
  readonly #times: Partial<Times>;

  /** `first` is a view that the page brought along. */
  constructor(first: V | null = null, times: Partial<Times> = {}) {
    this.view = this.#first = first;
    this.#times = times;
  }

  /** Follow a path until the returned function is called: made for $effect. A page is reloaded when it `mayReload`. */
  open(path: string, mayReload: () => boolean = () => true): () => void {
    let isOutdated = false;
    const feed = new Feed<V>(address(path), {
      clock: this.#clock,
      first: this.#first,
      times: this.#times,
      reload: () => (isOutdated = true),
      seen: (state) => {
        if (this.view !== state.view) this.view = state.view;
        this.status = state.status;
        if (state.status === "live") this.stale = false;
        else if (state.status === "offline") this.stale = true;
        this.since = state.since;
        this.no = state.no;
        this.now = this.#clock.now();
      },
    });
    const renew = (): void => feed.renew();
    const wake = (): void => {
      this.stale = true;
      feed.renew();
    };
    let hidden = 0; // by the wall's clock: a steady one stands still while a telephone sleeps
    const turn = (): void => {
      if (document.visibilityState === "hidden") hidden = Date.now();
      else if (Date.now() - hidden >= SLEPT) wake();
      else feed.again();
    };
    const back = (event: PageTransitionEvent): void => {
      if (event.persisted) wake();
    };
    let tick: ReturnType<typeof setTimeout>;
    const step = (): void => {
      this.now = this.#clock.now();
      if (isOutdated && mayReload()) reloadOnce();
      tick = setTimeout(step, this.#clock.rest());
    };
    step();
    addEventListener("online", renew);
    addEventListener("pageshow", back);
    document.addEventListener("resume", wake);
    document.addEventListener("visibilitychange", turn);
    this.#feed = feed;
    return () => {
      removeEventListener("online", renew);
      removeEventListener("pageshow", back);
      document.removeEventListener("resume", wake);
      document.removeEventListener("visibilitychange", turn);
      clearTimeout(tick);
      feed.close();
      this.view = null;
      this.status = "connecting";
      this.stale = false;
    };
  }

  /** Get the newest view over a new line. */
  doubt(): void {
    this.#feed?.doubt();
  }

  /** Try again at once. */
  again(): void {
    this.#feed?.again();
  }
}
