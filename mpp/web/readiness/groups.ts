/** The checks, put in order by whichever eyes look at them. */
import type { ReadinessCheck } from "$lib/views.ts";
import { said, t } from "$lib/words.svelte.ts";

/** What is to be done first; before opening; the Ombudsman's four dimensions and seven causes; the aspects of PEKPPP. */
export const WAYS = ["todo", "stage", "dimension", "cause", "aspect"] as const;
export type Way = (typeof WAYS)[number];

export type State = ReadinessCheck["state"];
/** The worst first. */
export const STATES: readonly State[] = ["fail", "warning", "not_assessed", "ok"];

export interface Group {
  title: string;
  checks: ReadinessCheck[];
}

const STAGES = ["technical", "facilities", "documents", "running"] as const;
const DIMENSIONS = ["input", "process", "output", "complaints"] as const;
const ASPECTS = ["policy", "staff", "facilities", "information", "complaints", "innovation"] as const;
const CAUSES = [1, 2, 3, 4, 5, 6, 7] as const;

/** By state, and of equal ones those first that answer more of the seven causes. */
function byUrgency(checks: ReadinessCheck[]): ReadinessCheck[] {
  return [...checks].sort(
    (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || b.causes.length - a.causes.length || a.id.localeCompare(b.id),
  );
}

/** Return the checks in groups; a group without any is left out. */
export function grouped(checks: ReadinessCheck[], way: Way): Group[] {
  const where = (title: string, fits: (one: ReadinessCheck) => boolean): Group => ({ title, checks: byUrgency(checks.filter(fits)) });
  const groups: Record<Way, () => Group[]> = {
    todo: () => STATES.map((state) => where(said("readiness_state", state), (one) => one.state === state)),
    stage: () => STAGES.map((stage) => where(said("readiness_stage", stage), (one) => one.stage === stage)),
    dimension: () => [
      ...DIMENSIONS.map((dimension) => where(said("readiness_dimension", dimension), (one) => one.dimension === dimension)),
      where(t("readiness.other"), (one) => one.dimension === null),
    ],
    cause: () => CAUSES.map((cause) => where(said("readiness_cause", String(cause)), (one) => one.causes.includes(cause))),
    aspect: () => [
      ...ASPECTS.map((aspect) => where(said("readiness_aspect", aspect), (one) => one.aspect === aspect)),
      where(t("readiness.other"), (one) => one.aspect === null),
    ],
  };
  return groups[way]().filter((group) => group.checks.length > 0);
}
