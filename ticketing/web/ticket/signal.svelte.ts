/** How this telephone says that its number is called: sound and vibration, once for each call, if its holder asked. */

const KEPT = "mpp.signal";
const DONE = "mpp.signalled";

/** Milliseconds of shaking and resting: long enough to be felt in a pocket. */
const SHAKES = [500, 200, 500, 200, 500, 800, 500, 200, 500, 200, 500];
/** Two notes, and when the pair is heard again, in seconds. */
const NOTES = [880, 1175];
const RINGS = [0, 0.9, 1.8, 3.6, 4.5];

/** Milliseconds of quiet before a call is signalled: a telephone that wakes up hears of all it slept through at once. */
const CALM = 250;

const shakes = (pattern: number[]): boolean => "vibrate" in navigator && navigator.vibrate(pattern);

export class Signal {
  /** Sound and vibration are allowed: browsers give that to whoever touched the page. */
  armed = $state(false);
  readonly canShake = "vibrate" in navigator;
  #context: AudioContext | null = null;
  #calm: ReturnType<typeof setTimeout> | undefined;

  /** Make use of the first touch of a holder who asked for the signal before; returns how to stop waiting for it. */
  remember(): () => void {
    const arm = (): void => void this.arm(false);
    if (localStorage.getItem(KEPT) !== null) addEventListener("pointerdown", arm, { once: true });
    return () => removeEventListener("pointerdown", arm);
  }

  /** Allow sound and vibration from now on, and let the holder hear how it will be. */
  async arm(aloud = true): Promise<void> {
    this.#context ??= new AudioContext();
    await this.#context.resume();
    this.armed = true;
    localStorage.setItem(KEPT, "on");
    if (aloud) this.#ring(RINGS.slice(0, 1), [200]);
  }

  /** Stay silent. */
  disarm(): void {
    this.armed = false;
    localStorage.removeItem(KEPT);
    shakes([0]);
  }

  /** Signal a call, unless this very call was signalled before: pages are woken, reloaded, and told things twice. */
  call(code: string, calledAt: string): void {
    const call = `${code} ${calledAt}`;
    clearTimeout(this.#calm);
    if (!this.armed || sessionStorage.getItem(DONE) === call) return;
    this.#calm = setTimeout(() => {
      sessionStorage.setItem(DONE, call);
      this.#ring(RINGS, SHAKES);
    }, CALM);
  }

  /** A sleeping telephone may have put the sound to sleep too. */
  #ring(rings: number[], pattern: number[]): void {
    shakes(pattern);
    const context = this.#context;
    if (context === null) return;
    void context.resume().then(() => {
      for (const ring of rings) for (const [nth, note] of NOTES.entries()) play(context, note, ring + nth * 0.25);
    });
  }
}

function play(context: AudioContext, note: number, after: number): void {
  const at = context.currentTime + after;
  const [tone, volume] = [context.createOscillator(), context.createGain()];
  tone.frequency.value = note;
  volume.gain.setValueAtTime(0.0001, at);
  volume.gain.exponentialRampToValueAtTime(0.6, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.6);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.65);
}
