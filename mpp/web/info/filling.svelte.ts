/** Which form is being filled in: chosen by hand, or named in the address, as a kiosk's QR code does. */
import type { Form, PublicStandards } from "$lib/views.ts";

interface Opened {
  form: Form;
  /** The mall, the tenant, the service. */
  head: string[];
}

export class Filling {
  now = $state.raw<Opened | null>(null);
  #isAsked = false;

  open(form: Form, head: string[]): void {
    this.now = { form, head };
  }

  /** Whatever was written goes with it. */
  close(): void {
    this.now = null;
  }

  /** Open the form that an address such as "#form=KTP-01.2" names, once. */
  asked(all: PublicStandards | null, hash: string): void {
    if (all === null || this.#isAsked) return;
    this.#isAsked = true;
    const [, code, nth] = /^#form=(.+)\.(\d)$/.exec(hash) ?? [];
    for (const tenant of all.tenants)
      for (const service of tenant.services) {
        const form = service.code === decodeURIComponent(code ?? "") ? service.forms[Number(nth) - 1] : undefined;
        if (form) this.open(form, [all.name, tenant.name, service.name]);
      }
  }
}
