/** Find services by everyday words. */
import type { KioskService, KioskTenant } from "$lib/views.ts";

export interface Found {
  tenant: KioskTenant;
  services: KioskService[];
}

/** Return a text as it is compared: small letters, no accents, and the spelling "antrean" for those who write "antrian". */
export function plain(text: string): string {
  const bare = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return bare.replace(/antri(an)?/g, "antre$1").replace(/[^a-z0-9]+/g, " ").trim();
}

/** Return the services in which every word typed is found, in any order; tenants without one fall away. */
export function search(tenants: KioskTenant[], typed: string): Found[] {
  const wanted = plain(typed).split(" ").filter(Boolean);
  const fits = (tenant: KioskTenant, service: KioskService): boolean => {
    const names = [service.name, service.name_en ?? "", tenant.name, tenant.name_en ?? "", tenant.short_name];
    const text = plain([...names, ...service.standard.requirements].join(" "));
    return wanted.every((word) => text.includes(word));
  };
  return tenants
    .map((tenant) => ({ tenant, services: tenant.services.filter((service) => fits(tenant, service)) }))
    .filter((found) => found.services.length > 0);
}
