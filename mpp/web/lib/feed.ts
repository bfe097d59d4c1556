/** Follow one view: the newest whole view again and again, whatever happens to the line in between. */
import { HallClock } from "./clock.ts";
import type { View } from "./views.ts";

export type Status = "connecting" | "live" | "catching_up" | "offline" | "refused";
/** The server's own no: not signed in or paired, not allowed, unknown. */
export type No = 4401 | 4403 | 4404;

export interface Times {
  /** Milliseconds before the first new try, and the most it grows to. */
  retry: number;
  retryMost: number;
  /** The server speaks at least every 20 s: after this silence the line is dead. */
  silence: number;
  /** A cut shorter than this is called catching up, a longer one offline. */
  patience: number;
}
export const TIMES: Times = { retry: 300, retryMost: 5000, silence: 45000, patience: 6000 };

export interface Seen<V> {
  view: V | null;
  status: Status;
  /** Hall time at which the line was lost. */
  since: Date | null;
  no: No | null;
}

interface Wishes<V> {
  /** What the page brought along: shown until the line says more. */
  first?: V | null;
  seen: (state: Seen<V>) => void;
  reload?: () => void;
  times?: Partial<Times>;
  clock?: HallClock;
}

const isNo = (code: number): code is No => code === 4401 || code === 4403 || code === 4404;

/** Return the WebSocket address of a path on the host this page came from. */
export function address(path: string): string {
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}${path}`;
}

export class Feed<V extends View> {
  readonly clock: HallClock;
  readonly #url: string;
  readonly #wishes: Wishes<V>;
  readonly #times: Times;
  #state: Seen<V> = { view: null, status: "connecting", since: null, no: null };
  #socket: WebSocket | null = null;
  #build: string | null = null;
  #wait: number;
  #ended = false;
  #again: ReturnType<typeof setTimeout> | undefined;
  #silent: ReturnType<typeof setTimeout> | undefined;
  #patient: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, wishes: Wishes<V>) {
    this.#url = url;
    this.#wishes = wishes;
    this.#times = { ...TIMES, ...wishes.times };
    this.clock = wishes.clock ?? new HallClock();
    this.#wait = this.#times.retry;
    if (wishes.first) {
      this.clock.set(wishes.first.at, wishes.first.pace);
      this.#state = { ...this.#state, view: wishes.first };
      this.#build = wishes.first.build;
    }
    this.#open();
  }

  /** Try again at once: the network is back, or this device has just been approved. */
  again(): void {
    if (this.#state.status !== "live") this.renew();
  }

  /** Ask anew at once, even over a line that seems to live: this page slept, and what it shows may be old. */
  renew(): void {
    if (this.#ended) return;
    this.#wait = this.#times.retry;
    this.#drop();
    if (this.#state.status === "live") this.#tell({ ...this.#state, status: "catching_up", since: this.clock.now() });
    this.#bePatient();
    this.#open();
  }

  /** Doubt the line though it seems to live, because something was not answered: connect anew, get the newest view. */
  doubt(): void {
    if (this.#state.status === "live") this.#lose(1006);
  }

  /** Stop following; nothing is reported any more. */
  close(): void {
    this.#ended = true;
    clearTimeout(this.#patient);
    this.#drop();
  }

  #open(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#listen();
    socket.onmessage = (message) => this.#hear(JSON.parse(message.data as string) as V);
    socket.onclose = (end) => this.#lose(end.code);
  }

  /** Start to wait for the next word; without one the line is taken for dead. */
  #listen(): void {
    clearTimeout(this.#silent);
    this.#silent = setTimeout(() => {
      this.#drop();
      this.#lose(1006);
    }, this.#times.silence);
  }

  #hear(view: V): void {
    this.#listen();
    if (this.#build !== null && this.#build !== view.build) this.#wishes.reload?.();
    this.#build = view.build;
    this.#wait = this.#times.retry;
    clearTimeout(this.#patient);
    this.#patient = undefined;
    this.clock.set(view.at, view.pace);
    this.#tell({ view, status: "live", since: null, no: null });
  }

  #lose(code: number): void {
    this.#drop();
    const since = this.#state.since ?? this.clock.now();
    if (isNo(code)) this.#tell({ view: null, status: "refused", since, no: code });
    else if (this.#state.status === "live") this.#tell({ ...this.#state, status: "catching_up", since });
    else this.#tell({ ...this.#state, since });
    this.#bePatient();
    // Jitter: after a power cut all screens of a hall come back in the same second.
    this.#again = setTimeout(() => this.#open(), (isNo(code) ? this.#times.retryMost : this.#wait) * (0.5 + Math.random() / 2));
    this.#wait = Math.min(this.#wait * 2, this.#times.retryMost);
  }

  /** Start to wait for the line to come back; after that it is called offline. */
  #bePatient(): void {
    this.#patient ??= setTimeout(() => {
      if (this.#state.status !== "refused") this.#tell({ ...this.#state, status: "offline" });
    }, this.#times.patience);
  }

  #drop(): void {
    clearTimeout(this.#again);
    clearTimeout(this.#silent);
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #tell(state: Seen<V>): void {
    this.#state = state;
    if (!this.#ended) this.#wishes.seen(state);
  }
}
