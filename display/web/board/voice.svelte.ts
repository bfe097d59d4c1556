/** The board's voice: plays an announcement that the server lets it have, and tells the server when the sound has really ended. */
import { PAUSES, post, Refused } from "$lib/command.ts";
import type { Announcement } from "$lib/views.ts";
import silence from "./silence.wav";

/** How long a sound may take to load before it is left to another loudspeaker. */
const LOADING = 5000;

export class Voice {
  /** True when the browser refuses to play without a touch. */
  blocked = $state(false);
  /** One player for ever: a board runs for weeks. */
  readonly #player = new Audio();
  #busy = false;
  #done = 0;
  #now: Announcement | null = null;

  /** Find out at once, and not at the first call, whether sound is allowed. */
  async probe(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    await this.#load(silence);
    this.blocked = !(await this.#play());
    this.#busy = false;
    await this.hear(this.#now);
  }

  /** Look at the newest announcement; speak it when nobody else does. */
  async hear(now: Announcement | null): Promise<void> {
    this.#now = now;
    if (now === null || now.sound === null || now.state !== "waiting") return;
    if (this.#busy || this.blocked || now.id === this.#done) return;
    this.#busy = true;
    try {
      await this.#speak(now.id, now.sound);
    } finally {
      this.#busy = false;
    }
    // A newer one may have come in meanwhile.
    const next = this.#now as Announcement | null;
    if (next !== null && next.id !== now.id) await this.hear(next);
  }

  async #speak(id: number, sound: string): Promise<void> {
    // Loaded first: who has claimed the hall's voice must not make it wait for a file.
    if (!(await this.#load(sound))) return;
    try {
      await post(`/api/announcements/${id}/start`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status > 0) this.#done = id;
      return;
    }
    this.#done = id;
    this.blocked = !(await this.#play());
    if (!this.blocked) await post(`/api/announcements/${id}/end`, {}, PAUSES).catch(() => undefined);
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

  /** Play what is loaded, to its real end; false when the browser does not let us. */
  async #play(): Promise<boolean> {
    const ended = new Promise<void>((done) => {
      this.#player.onended = () => done();
      this.#player.onerror = () => done();
    });
    try {
      await this.#player.play();
    } catch (error) {
      return !(error instanceof DOMException && error.name === "NotAllowedError");
    }
    await ended;
    return true;
  }
}
