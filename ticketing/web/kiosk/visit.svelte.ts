/** One visitor's way through the kiosk, from the first touch to the last ticket. It holds codes only: names come from the view. */
import { get, post, Refused, requestId } from "$lib/command.ts";
import { refusal } from "$lib/refusal.ts";
import { FIRST } from "$lib/text.ts";
import type { AppointmentView, KioskService, KioskTenant, KioskView, TicketView } from "$lib/views.ts";
import { words } from "$lib/words.svelte.ts";

export type Step = "start" | "search" | "appointment" | "services" | "service" | "ticket";

/** Who has asked this device for more contrast starts with it. */
const ASKED = matchMedia("(prefers-contrast: more)").matches;

export class Visit {
  step = $state<Step>("start");
  tenantCode = $state("");
  serviceCode = $state("");
  typed = $state("");
  /** Which of the service's documents the visitor has ticked, by their place in the list. */
  ticked = $state<number[]>([]);
  /** What was agreed under the code that the visitor typed. */
  appointment = $state.raw<AppointmentView | null>(null);
  ticket = $state.raw<TicketView | null>(null);
  /** The numbers that this visitor took before. */
  earlier = $state<string[]>([]);
  busy = $state(false);
  trouble = $state("");
  contrast = $state(ASKED);
  large = $state(false);
  /** Whether nobody has touched anything since the last visitor left. */
  untouched = $derived(
    this.step === "start" && !this.large && this.contrast === ASKED && words.locale === FIRST && this.earlier.length === 0,
  );
  #way: Step[] = [];
  /** One for what the visitor wants now, however often it is tapped; kept until its answer has been seen. */
  #request: string | null = null;

  tenant(view: KioskView): KioskTenant | undefined {
    return view.tenants.find((tenant) => tenant.code === this.tenantCode);
  }

  service(view: KioskView): KioskService | undefined {
    return this.tenant(view)?.services.find((service) => service.code === this.serviceCode);
  }

  search(): void {
    this.#go("search");
  }

  appoint(): void {
    this.#go("appointment");
  }

  chooseTenant(code: string): void {
    this.tenantCode = code;
    this.#go("services");
  }

  chooseService(tenant: string, service: string): void {
    this.tenantCode = tenant;
    this.serviceCode = service;
    this.ticked = [];
    this.trouble = "";
    this.#go("service");
  }

  tick(at: number): void {
    this.ticked = this.ticked.includes(at) ? this.ticked.filter((one) => one !== at) : [...this.ticked, at];
  }

  back(): void {
    if (this.step === "ticket") return;
    this.trouble = "";
    if (this.step === "appointment" && this.appointment !== null) {
      this.appointment = null;
      this.typed = "";
      return;
    }
    this.step = this.#way.pop() ?? "start";
    if (this.step === "start") this.typed = "";
  }

  /** Start over for one more service: language and look stay, for it is the same visitor. */
  another(): void {
    if (this.ticket !== null) this.earlier = [...this.earlier, this.ticket.number];
    this.#clear();
  }

  /** Leave nothing of the last visitor behind. */
  reset(): void {
    this.#clear();
    this.earlier = [];
    this.contrast = ASKED;
    this.large = false;
    words.speak(FIRST);
  }

  /** Look up what was agreed under the code that was typed, with the agency that is meant if several use it. */
  async find(tenant = ""): Promise<void> {
    const code = this.typed.replace(/[^0-9A-Za-z]/g, "");
    if (this.busy || code === "") return;
    this.busy = true;
    this.trouble = "";
    try {
      this.appointment = await get<AppointmentView>(`/api/appointments/${code}${tenant && `?tenant=${encodeURIComponent(tenant)}`}`);
    } catch (error) {
      this.trouble = refusal(error);
    } finally {
      this.busy = false;
    }
  }

  /** Take the number for what was agreed. */
  async arrive(priority: boolean): Promise<void> {
    if (this.appointment === null) return;
    const { code, tenant } = this.appointment;
    await this.#ask(`/api/appointments/${code}/arrive`, { priority, tenant: tenant.code });
  }

  /** Take a number. */
  async take(priority: boolean): Promise<void> {
    await this.#ask("/api/tickets", { service: this.serviceCode, priority });
  }

  /** A second tap changes nothing, while the first is under way or after its answer was lost. */
  async #ask(path: string, order: Record<string, unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.trouble = "";
    const request = (this.#request ??= requestId());
    try {
      const ticket = await post<TicketView>(path, { ...order, request });
      if (request === this.#request) this.#give(ticket);
    } catch (error) {
      if (request !== this.#request) return;
      if (error instanceof Refused && error.status >= 400 && error.status < 500) this.#request = null;
      this.trouble = refusal(error);
    } finally {
      this.busy = false;
    }
  }

  #give(ticket: TicketView): void {
    this.#request = null;
    this.ticket = ticket;
    this.#go("ticket");
  }

  #go(step: Step): void {
    this.#way.push(this.step);
    this.step = step;
  }

  #clear(): void {
    this.step = "start";
    this.tenantCode = this.serviceCode = this.typed = this.trouble = "";
    this.ticked = [];
    this.appointment = null;
    this.ticket = null;
    this.#way = [];
    this.#request = null;
  }
}
