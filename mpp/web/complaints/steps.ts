/** Which steps a complaint's state allows, and what each asks for; the server has the same table and the last word. */
import type { ComplaintLine } from "$lib/views.ts";

type State = ComplaintLine["state"];

export interface Step {
  type: "verify" | "forward" | "start" | "answer" | "close" | "reject" | "hand_over";
  states: readonly State[];
  /** What the text is: for the complainant, or a note to the tenant, which may be left out. */
  text?: "public" | "note";
  /** What the tenant that was asked may do too. */
  tenant?: true;
  main?: true;
}

const UNREAD: readonly State[] = ["received", "reopened"];
const WORK: readonly State[] = ["verified", "forwarded", "in_progress"];

const STEPS: readonly Step[] = [
  { type: "verify", states: [...UNREAD, ...WORK], main: true },
  { type: "forward", states: WORK, text: "note" },
  { type: "start", states: ["verified", "forwarded"], tenant: true },
  { type: "answer", states: WORK, text: "public", tenant: true, main: true },
  { type: "close", states: ["answered"] },
  { type: "reject", states: [...UNREAD, ...WORK], text: "public" },
  { type: "hand_over", states: [...UNREAD, ...WORK], text: "public" },
];

/** Return what can be done now; of several main steps the last one is. */
export function stepsFor(state: State, isTenant: boolean): Step[] {
  const fitting = STEPS.filter((step) => step.states.includes(state) && (!isTenant || step.tenant));
  const main = fitting.filter((step) => step.main).pop();
  return fitting.map((step) => (step.main && step !== main ? { ...step, main: undefined } : step));
}
