/** What can be said of a service just now, in plain words. */
import { hoursText } from "$lib/hours.ts";
import type { AppointmentView, KioskService, KioskTenant, KioskView } from "$lib/views.ts";
import { clockText, dayText, momentText, rupiahText, zoneText } from "$lib/when.ts";
import { said, t, words } from "$lib/words.svelte.ts";

/** Return whether a number can be had. */
export const isOpen = (tenant: KioskTenant, service: KioskService): boolean =>
  tenant.hours.state === "open" && service.state === "open";

/** Return whether a number can be had by whom the law favours, though perhaps by nobody else. */
export const isOpenForPriority = (tenant: KioskTenant, service: KioskService): boolean =>
  isOpen(tenant, service) || (tenant.hours.state === "open" && service.state === "priority_only");

/** Return whether one who takes a number now may not be called before closing. */
export const mayBeLate = (view: KioskView, tenant: KioskTenant, service: KioskService): boolean =>
  service.is_late && isOpen(tenant, service) && !isCutOff(view);

/** Return what most people come for, as far as it can be had now. */
export function popular(view: KioskView): { tenant: KioskTenant; service: KioskService }[] {
  const all = view.tenants.flatMap((tenant) => tenant.services.map((service) => ({ tenant, service })));
  return view.popular.flatMap((code) => all.filter((one) => one.service.code === code && isOpen(one.tenant, one.service)));
}

/** Return why no number can be had, and what to do instead. */
export function whyNot(view: KioskView, tenant: KioskTenant, service: KioskService, now: Date): { what: string; then: string } {
  const zone = view.mall.timezone;
  if (tenant.hours.state !== "open") return { what: said("hours", tenant.hours.state), then: hoursText(tenant.hours, now, zone) };
  if (service.state === "used_up") return { what: t("kiosk.used_up"), then: t("kiosk.used_up_then") };
  const what = overText(service.state);
  if (what === null) return { what: t("kiosk.closed_now"), then: t("hours.next_unknown") };
  if (service.next_open === null) return { what, then: t("hours.next_unknown") };
  const time = `${momentText(service.next_open, now, zone, words.locale)} ${zoneText(now, zone)}`;
  return { what, then: t("hours.next_open", { time }) };
}

/** Return why no more numbers are given out today, null when it is for another reason. */
function overText(state: KioskService["state"]): string | null {
  if (state === "full") return t("kiosk.full");
  if (state === "late") return t("kiosk.late");
  return state === "priority_only" ? t("kiosk.priority_only") : null;
}

/** Return what a service costs, in a few words. */
export function feeText(service: KioskService): string {
  const amount = service.standard.fee_idr;
  if (amount === null) return t("kiosk.ask_fee");
  return amount === 0 ? t("standard.free") : rupiahText(amount, words.locale);
}

/** Return whether the kiosk's own agent has lost the server: what it shows of the queue is old by now. */
export const isCutOff = (view: KioskView): boolean => view.line?.state === "lost";

/** Return the moment at which the agent lost the server. */
export const cutOffSince = (view: KioskView): Date | null =>
  view.line?.state === "lost" && view.line.since ? new Date(view.line.since) : null;

/** Return the sentence about a lost line, null while there is none. */
export function lineText(view: KioskView, isOffline: boolean, since: Date | null): string | null {
  const at = isCutOff(view) ? cutOffSince(view) : since;
  const time = at === null ? "" : clockText(at, view.mall.timezone, words.locale);
  if (isOffline) return t("kiosk.dead_line", { time });
  return isCutOff(view) ? t("kiosk.cut_off", { time }) : null;
}

/** Return how many wait, in words; null when nobody knows. */
export const waitingText = (view: KioskView, tenant: KioskTenant): string | null =>
  isCutOff(view) ? null : t("kiosk.waiting", { n: tenant.waiting });

/** Return whether a number can be had for what was agreed. */
export const isComing = (one: AppointmentView): boolean => ["early", "expected", "late"].includes(one.standing);

/** Return how an agreed time stands, and what that means for its visitor. */
export function agreedText(one: AppointmentView, now: Date, zone: string): string {
  const time = clockText(one.agreed_at, zone, words.locale);
  const day = dayText(one.agreed_at, zone, words.locale);
  switch (one.standing) {
    case "early":
      return t("agreed.early", { time });
    case "expected":
      return t("agreed.expected");
    case "late":
      return t("agreed.late", { n: Math.floor((now.getTime() - Date.parse(one.agreed_at)) / 60_000) });
    case "arrived":
      return t("agreed.arrived", { number: one.number ?? "" });
    case "another_day":
      return t("agreed.another_day", { day });
    case "missed":
      return t("agreed.missed", { day });
  }
}
