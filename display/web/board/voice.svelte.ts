/** The board's voice: plays an announcement that the server lets it have, and tells the server when the sound has really ended. */
import { PAUSES, post, Refused } from "$lib/command.ts";
import type { Announcement } from "$lib/views.ts";
import silence from "./silence.wav";

/** How long a sound may take to load before it is left to another loudspeaker. */
const LOADING = 5000;
/** How much longer than its length a sound may take: a player that hangs must not take the voice with it. */
const GRACE = 3000;
/** Length of a sound that does not tell its own. */
const UNKNOWN = 30_000;

type Played = "ended" | "broken" | "blocked";

export class Voice {
  /** True when the browser refuses to play without a touch. */
  blocked = $state(false);
  /** True from the claim of an announcement to its end. */
  speaking = $state(false);
  /** One player for ever: a board runs for weeks. */
  readonly #player = new Audio();
  #busy = false;
  /** Played here, or tried in vain: never again by this board. */
  #done = 0;
  #now: Announcement | null = null;

  /** Find out at once, and not at the first call, whether sound is allowed. */
  async probe(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    if (await this.#load(silence)) this.blocked = (await this.#play()) === "blocked";
    this.#busy = false;
    await this.hear(this.#now);
  }

  /** Look at the newest announcement; speak it when nobody else does. Each view is one chance to ask. */
  async hear(now: Announcement | null): Promise<void> {
    this.#now = now;
    if (now === null || now.sound === null || now.state !== "waiting") return;
    if (this.#busy || this.blocked || now.id === this.#done) return;
    this.#busy = true;
    try {
      await this.#speak(now.id, now.sound);
    } finally {
      this.#busy = false;
      this.speaking = false;
    }
    // A newer one may have come in meanwhile.
    const next = this.#now as Announcement | null;
    if (next !== null && next !== now) await this.hear(next);
  }

  async #speak(id: number, sound: string): Promise<void> {
    // Loaded first: who has claimed the hall's voice must not make it wait for a file.
    if (!(await this.#load(sound))) return;
    this.speaking = true;
    try {
      await post(`/api/announcements/${id}/start`, {}, PAUSES);
    } catch (error) {
      // Another board was faster, or it is no longer true: the next view tells.
      if (!(error instanceof Refused)) throw error;
      return;
    }
    const played = await this.#play();
    this.blocked = played === "blocked";
    if (!this.blocked) this.#done = id;
    const step = this.blocked ? "give-back" : "end";
    await post(`/api/announcements/${id}/${step}`, {}, PAUSES).catch(() => undefined);
  }

  #load(sound: string): Promise<boolean> {
    return new Promise((done) => {
      const timer = setTimeout(() => done(false), LOADING);
      const end = (good: boolean) => (): void => {
        clearTimeout(timer);
        done(good);
      };
      this.#player.oncanplaythrough = end(true);
      this.#player.onerror = end(false);
      this.#player.src = sound;
      this.#player.load();
    });
  }

  /** Play what is loaded, to its real end. */
  async #play(): Promise<Played> {
    const length = Number.isFinite(this.#player.duration) ? this.#player.duration * 1000 : UNKNOWN;
    return await new Promise((done) => {
      const timer = setTimeout(() => end("broken"), length + GRACE);
      const end = (how: Played): void => {
        clearTimeout(timer);
        done(how);
      };
      this.#player.onended = () => end("ended");
      this.#player.onerror = () => end("broken");
      this.#player.play().catch((error: unknown) => end((error as DOMException).name === "NotAllowedError" ? "blocked" : "broken"));
    });
  }
}
