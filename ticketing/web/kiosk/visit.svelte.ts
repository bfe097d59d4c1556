/** One visitor's way through the kiosk, from the first touch to the ticket. It holds codes only: names come from the view. */
import { post, requestId } from "$lib/command.ts";
import type { KioskService, KioskTenant, KioskView, TicketView } from "$lib/views.ts";
import { refusal } from "$lib/refusal.ts";
import { words } from "$lib/words.svelte.ts";
import { FIRST } from "$lib/text.ts";

export type Step = "start" | "tenants" | "services" | "service" | "ticket";
const BACK: Record<Step, Step> = {
  start: "start",
  tenants: "start",
  services: "tenants",
  service: "services",
  ticket: "start",
};

export class Visit {
  step = $state<Step>("start");
  tenantCode = $state("");
  serviceCode = $state("");
  ticket = $state.raw<TicketView | null>(null);
  busy = $state(false);
  trouble = $state("");
  contrast = $state(false);
  large = $state(false);

  tenant(view: KioskView): KioskTenant | undefined {
    return view.tenants.find((tenant) => tenant.code === this.tenantCode);
  }

  service(view: KioskView): KioskService | undefined {
    return this.tenant(view)?.services.find((service) => service.code === this.serviceCode);
  }

  begin(): void {
    this.step = "tenants";
    this.ticket = null;
  }

  chooseTenant(code: string): void {
    this.tenantCode = code;
    this.step = "services";
  }

  chooseService(code: string): void {
    this.serviceCode = code;
    this.trouble = "";
    this.step = "service";
  }

  back(): void {
    this.trouble = "";
    this.step = BACK[this.step];
  }

  /** Leave nothing of the last visitor behind. */
  reset(): void {
    this.step = "start";
    this.tenantCode = this.serviceCode = this.trouble = "";
    this.ticket = null;
    this.contrast = this.large = false;
    words.speak(FIRST);
  }

  /** Take a number. A second tap while the first is under way changes nothing. */
  async take(priority: boolean): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.trouble = "";
    try {
      const wish = { service: this.serviceCode, priority, request: requestId() };
      this.ticket = await post<TicketView>("/api/tickets", wish);
      this.step = "ticket";
    } catch (error) {
      this.trouble = refusal(error);
    } finally {
      this.busy = false;
    }
  }
}
