/** The description that is being worked on: what was loaded, what has changed, what does not fit, and how it is saved. */
import { tick } from "svelte";
import { get, post, put, Refused } from "$lib/command.ts";
import { refusal } from "$lib/refusal.ts";
import type { Held, Problem, Saved, Setup } from "$lib/views.ts";
import { type Mall, placesIn, sectionOf, tidied } from "./mall.ts";

export class Draft {
  mall = $state<Mall>()!;
  /** What the server has, as text: anything else is not saved. */
  kept = $state.raw("");
  whole = $state(false);
  voices = $state.raw<string[]>([]);
  problems = $state.raw<Problem[]>([]);
  held = $state.raw<Held[]>([]);
  trouble = $state("");
  meanwhile = $state(false);
  busy = $state(false);
  loaded = $state(false);
  /** How the last save went, for the line that says so. */
  outcome = $state<"" | "saved" | "kept" | "whole">("");
  section = $state("mall");
  tenant = $state(0);
  /** Services that are shown with all their fields. */
  opened = $state<Record<string, boolean>>({});
  readonly dirty = $derived(this.loaded && JSON.stringify(this.mall) !== this.kept);
  #basis = "";
  #again: (confirmed: boolean) => Promise<void> = async () => undefined;

  take(view: Setup): void {
    this.mall = view.description as unknown as Mall;
    this.kept = JSON.stringify(this.mall);
    this.#basis = view.basis;
    this.whole = view.is_whole;
    this.voices = view.voices;
    this.problems = view.problems;
    this.loaded = true;
    this.meanwhile = false;
    this.trouble = "";
  }

  load = (): Promise<void> => this.#ask(async () => this.take(await get<Setup>("/api/setup")));

  /** Save what is on the page; `confirmed` takes away what people still need, too. */
  save = (confirmed = false): Promise<void> => {
    this.#again = this.save;
    return this.#change(() => put<Saved>("/api/setup", { basis: this.#basis, description: tidied(this.mall), confirmed }));
  };

  /** Make the mall again what an older version says. */
  putBack = (number: number, confirmed = false): Promise<void> => {
    this.#again = (sure) => this.putBack(number, sure);
    return this.#change(() => post<Saved>(`/api/setup/versions/${number}/put-back`, { basis: this.#basis, confirmed }));
  };

  /** Do what was asked, though people still need what goes. */
  insist = (): Promise<void> => this.#again(true);

  /** Go on with what is on the page; what somebody else saved meanwhile stays in the history. */
  overrule = (): Promise<void> =>
    this.#ask(async () => {
      this.#basis = (await get<Setup>("/api/setup")).basis;
      this.meanwhile = false;
      this.trouble = "";
    }).then(() => this.save());

  /** Return what is wrong at a place; `deep` also what is wrong within it. */
  at = (path: string, deep = false): Problem | undefined =>
    this.problems.find((one) => one.path === path || (deep && one.path.startsWith(path)));

  /** Count what is wrong in a section. */
  count = (section: string): number => this.problems.filter((one) => sectionOf(one.path) === section).length;

  /** Show the place of a problem, and put the cursor there. */
  async go(path: string): Promise<void> {
    this.section = sectionOf(path);
    if (this.section === "tenants") {
      const [tenant = 0, service] = placesIn(path);
      this.tenant = tenant;
      if (service !== undefined) this.opened[`${tenant}.${service}`] = true;
    }
    history.replaceState(null, "", `#${this.section}`);
    await tick();
    let place = path;
    while (place.length > 1 && !document.getElementById(place)) place = place.replace(/(\.[^.[\]]+|\[\d+\])$|.$/, "");
    (document.getElementById(place) ?? document.getElementById("section"))?.focus();
  }

  async #change(deed: () => Promise<Saved>): Promise<void> {
    this.outcome = "";
    await this.#ask(async () => {
      const was = this.whole;
      const done = await deed();
      this.held = done.held;
      if (done.is_saved) {
        this.take(done.view);
        this.outcome = !this.whole ? "kept" : was ? "saved" : "whole";
      } else this.problems = done.problems;
    });
  }

  async #ask(question: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      await question();
    } catch (error) {
      this.trouble = refusal(error);
      this.meanwhile = error instanceof Refused && error.code === "setup_meanwhile";
    } finally {
      this.busy = false;
    }
  }
}
