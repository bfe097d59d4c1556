/** The hall's own time, as the server tells it: a kiosk's clock may be wrong, and the demo's hours run faster. */

export class HallClock {
  #at = 0;
  #heard: number | null = null;
  #pace = 1;
  readonly #steady: () => number;

  /** `steady` counts milliseconds and never jumps. */
  constructor(steady: () => number = () => performance.now()) {
    this.#steady = steady;
  }

  /** Take over the time of a view that has just come in; `pace` is hall seconds per real second. */
  set(at: string, pace: number): void {
    this.#at = Date.parse(at);
    this.#pace = pace;
    this.#heard = this.#steady();
  }

  /** Return the hall's time now; this machine's own before any view has come. */
  now(): Date {
    if (this.#heard === null) return new Date();
    return new Date(this.#at + (this.#steady() - this.#heard) * this.#pace);
  }

  /** Return how many real milliseconds a display of whole hall seconds may rest. */
  rest(): number {
    return Math.min(1000, Math.max(200, 1000 / this.#pace));
  }
}
