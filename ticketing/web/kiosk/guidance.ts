/** What spoken guidance says: of each screen, and of the choice that has the focus. */
import { hoursText } from "$lib/hours.ts";
import { isLost } from "$lib/slip.ts";
import type { KioskService, KioskTenant, KioskView, TicketView } from "$lib/views.ts";
import { counterText, named, said, t } from "$lib/words.svelte.ts";
import { feeText, isCutOff, isOpen, isOpenForPriority, lineText, mayBeLate, whyNot } from "./state.ts";
import type { Visit } from "./visit.svelte.ts";

/** Return what is said when a screen appears, in short pieces. */
export function screenTexts(view: KioskView, visit: Visit, now: Date): string[] {
  const tenant = visit.tenant(view);
  const service = visit.service(view);
  switch (visit.step) {
    case "start":
      return startTexts(view, visit, now);
    case "search":
      return [t("kiosk.search"), t("guide.search")];
    case "appointment":
      return [t("agreed.title"), t("guide.appointment")];
    case "services":
      return tenant ? [named(tenant), t("guide.services", { n: tenant.services.length })] : [t("kiosk.gone")];
    case "service":
      return tenant && service ? serviceTexts(view, tenant, service, now) : [t("kiosk.gone")];
    case "ticket":
      return visit.ticket ? ticketTexts(visit.ticket) : [];
  }
}

function startTexts(view: KioskView, visit: Visit, now: Date): string[] {
  const texts = visit.earlier.length > 0 ? [] : [t("guide.welcome", { mall: named(view.mall) }), t("guide.keys")];
  const line = lineText(view, false, null);
  if (line !== null) texts.push(line);
  if (view.hours.state !== "open") texts.push(`${said("hours", view.hours.state)}. ${hoursText(view.hours, now, view.mall.timezone)}`);
  return [...texts, t("guide.tenants", { n: view.tenants.length })];
}

function serviceTexts(view: KioskView, tenant: KioskTenant, service: KioskService, now: Date): string[] {
  const { requirements, counter_minutes } = service.standard;
  const bring = requirements.length > 0 ? [t("guide.bring", { n: requirements.length }), ...requirements] : [t("standard.nothing_listed")];
  const cost = t("guide.cost", { n: counter_minutes, fee: feeText(service) });
  if (!isOpen(tenant, service)) {
    const why = whyNot(view, tenant, service, now);
    const how = isOpenForPriority(tenant, service) ? [t("guide.take_priority")] : [];
    return [named(service), `${why.what}. ${why.then}`, ...bring, cost, ...how];
  }
  const waiting = isCutOff(view) ? t("kiosk.waiting_unknown") : t("guide.waiting", { n: tenant.waiting });
  const late = mayBeLate(view, tenant, service) ? [t("kiosk.may_be_late")] : [];
  return [named(service), ...bring, cost, waiting, ...late, t("guide.take")];
}

function ticketTexts(ticket: TicketView): string[] {
  const number = t("guide.number", { number: ticket.number });
  const ahead = ticket.ahead === null ? t("kiosk.waiting_unknown") : t("guide.ahead", { n: ticket.ahead });
  const where = ticket.counter ? `${t("ticket.go")} ${counterText(ticket.counter)}.` : t("guide.wait", { tenant: ticket.tenant.short_name });
  return [number, paperText(ticket), ahead, where, t("guide.remember", { number: ticket.number }), t("guide.end")];
}

/** Return what is said of the paper. */
export function paperText(ticket: TicketView): string {
  if (ticket.slip?.state === "printed") return t("ticket.take_slip");
  if (isLost(ticket.slip)) return `${t("ticket.no_slip")}. ${t("guide.no_paper")}`;
  return ticket.slip === null ? t("guide.no_paper") : t("ticket.printing");
}

/** Return what can be read of an element without what is there for the eye only; its parts with a breath between them. */
export function spoken(element: Element): string {
  const label = element.getAttribute("aria-label");
  if (label !== null) return label;
  const parts: string[] = [];
  let before: Element | null = null;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const text = (walker.currentNode.textContent ?? "").replace(/\s+/g, " ");
    if (parent === null || parent.closest("[aria-hidden=true]") !== null || text.trim() === "") continue;
    if (parent === before) parts[parts.length - 1] += text;
    else parts.push(text);
    before = parent;
  }
  const words = parts.map((part) => part.trim()).join(", ").replace(/ · /g, ", ");
  const pressed = element.getAttribute("aria-pressed");
  return pressed === null ? words : `${words}, ${pressed === "true" ? t("guide.on") : t("guide.off")}`;
}
