/** Keeps the screen on for as long as its holder wishes, where the browser offers it: over https, not over plain http. */

export class Awake {
  readonly offered = "wakeLock" in navigator;
  wished = $state(false);
  #lock: WakeLockSentinel | null = null;

  /** Keep the screen on, or no longer. */
  async toggle(): Promise<void> {
    this.wished = !this.wished;
    await this.hold();
  }

  /** Take the lock again after the page was out of sight, which ends every lock; a battery that is low refuses it. */
  async hold(): Promise<void> {
    if (!this.wished) await this.#lock?.release();
    else if (document.visibilityState === "visible")
      this.#lock = await navigator.wakeLock.request("screen").catch(() => null);
  }
}
