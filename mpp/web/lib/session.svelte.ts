/** Who is signed in at this browser. */
import { get, Refused, remove } from "./command.ts";
import type { Me } from "./views.ts";

export class Session {
  me = $state.raw<Me | null>(null);
  /** False until the server has said whether somebody is signed in. */
  asked = $state(false);

  /** Ask the server; a lost line counts as nobody. */
  async load(): Promise<void> {
    try {
      this.me = await get<Me>("/api/session");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.me = null;
    }
    this.asked = true;
  }

  /** Take over the person who has just signed in. */
  enter(me: Me): void {
    this.me = me;
  }

  /** Sign out here and at the server. */
  async leave(): Promise<void> {
    await remove("/api/session").catch(() => undefined);
    this.me = null;
  }
}
