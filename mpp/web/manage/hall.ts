/** How each tenant stands, what could be done about it, and in which order they are shown. */
import type { HallTenant, ManagedCounter, ManageView } from "$lib/views.ts";

/** Nobody serves those who wait; somebody waits for too long; soon somebody will; well; nobody waits and nobody serves. */
export type Level = "stuck" | "late" | "soon" | "calm" | "idle";

const ORDER: readonly Level[] = ["stuck", "late", "soon", "calm", "idle"];

/** From this share of the target on a wait is close to it. */
const CLOSE = 2 / 3;

/** Seconds, and share of the usual wait, by which today must differ before it is said to. */
const [LEAST_SECONDS, LEAST_SHARE] = [120, 0.15];

export interface Line {
  tenant: HallTenant;
  level: Level;
  open: number;
  all: number;
  /** A counter that could be opened, best one that is only on a break; null when all are open. */
  spare: ManagedCounter | null;
}

/** Return how a tenant stands. */
export function level(tenant: HallTenant, open: number, targetMinutes: number, now: Date): Level {
  if (tenant.waiting > 0 && open === 0) return "stuck";
  if (tenant.late > 0) return "late";
  if (tenant.longest_wait_since !== null && now.getTime() - Date.parse(tenant.longest_wait_since) >= targetMinutes * 60_000 * CLOSE) return "soon";
  return open > 0 || tenant.waiting > 0 ? "calm" : "idle";
}

/** Return all tenants, those first who need a hand; among these who waits the longest, among the others as the mall has them. */
export function lines(view: Pick<ManageView, "tenants" | "counters" | "target_wait_minutes">, now: Date): Line[] {
  const found = view.tenants.map((tenant) => {
    const own = view.counters.filter((counter) => counter.tenant.code === tenant.code);
    const open = own.filter((counter) => counter.state === "open").length;
    const spare = own.find((counter) => counter.state === "paused") ?? own.find((counter) => counter.state === "closed") ?? null;
    return { tenant, level: level(tenant, open, view.target_wait_minutes, now), open, all: own.length, spare };
  });
  const since = (line: Line): number =>
    ORDER.indexOf(line.level) < 2 ? Date.parse(line.tenant.longest_wait_since ?? "") || 0 : 0;
  return found.sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level) || since(a) - since(b));
}

/** Return how today's wait compares with what is usual; null when either is not known. */
export function trend(tenant: Pick<HallTenant, "wait_p90" | "usual_p90">): "longer" | "shorter" | "same" | null {
  const { wait_p90: today, usual_p90: usual } = tenant;
  if (today === null || usual === null) return null;
  const difference = today - usual;
  if (Math.abs(difference) < Math.max(LEAST_SECONDS, usual * LEAST_SHARE)) return "same";
  return difference > 0 ? "longer" : "shorter";
}
