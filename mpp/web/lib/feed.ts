/** Follow one view: the newest whole view again and again, whatever happens to the line in between. */
import { HallClock } from "./clock.ts";
import type { View } from "./views.ts";

export type Status = "connecting" | "live" | "catching_up" | "offline" | "refused";
/** The server's own no: not signed in or paired, not allowed, unknown. */
export type No = 4401 | 4403 | 4404;

export interface Times {
  /** Milliseconds before the first new line, and the most it grows to while lines are cut as soon as they are made. */
  retry: number;
  retryMost: number;
  /** While nobody answers: between two questions whether anybody is there. A screen of the hall is back within a second. */
  knock: number;
  /** A host that is switched off does not even say no: so long an answer is waited for. */
  answer: number;
  /** The server speaks at least every 20 s: after this silence the line is dead. */
  silence: number;
  /** A cut shorter than this is called catching up, a longer one offline. */
  patience: number;
}
export const TIMES: Times = { retry: 300, retryMost: 5000, knock: 600, answer: 3000, silence: 45000, patience: 6000 };

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

/** It answers whenever the server lives. */
const DOOR = "/health/live";
/** What stands between a page and its server says so when the server is gone. */
const GONE = [502, 504];

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
  #knocking: AbortController | null = null;
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
    void this.#knock();
  }

  /** Doubt the line though it seems to live, because something was not answered: connect anew, get the newest view. */
  doubt(): void {
    if (!this.#ended && this.#state.status === "live") this.#lose(1006);
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

  /** Make a line as soon as somebody answers: browsers hold back sockets that failed often, by up to five seconds. */
  async #knock(): Promise<void> {
    const knocking = (this.#knocking = new AbortController());
    const given = setTimeout(() => knocking.abort(), this.#times.answer);
    const door = new URL(DOOR, this.#url.replace(/^ws/, "http"));
    const answer = await fetch(door, { cache: "no-store", signal: knocking.signal }).catch(() => null);
    clearTimeout(given);
    if (this.#knocking !== knocking) return; // dropped meanwhile
    if (answer !== null && !GONE.includes(answer.status)) return this.#open();
    this.#wait = this.#times.retry;
    this.#knockIn(this.#times.knock);
  }

  /** Jitter: after a power cut all screens of a hall come back in the same second. */
  #knockIn(most: number): void {
    this.#again = setTimeout(() => void this.#knock(), most * (0.5 + Math.random() / 2));
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
    this.#knockIn(isNo(code) ? this.#times.retryMost : this.#wait);
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
    this.#knocking?.abort();
    this.#knocking = null;
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
