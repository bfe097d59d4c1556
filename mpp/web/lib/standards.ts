/** The fields of a service standard as a form has them, what changed between two standards, and which services to show. */
import type { Standard, Standards } from "./views.ts";

type Line = Standards["tenants"][number]["services"][number];
type Kind = "lines" | "text" | "number" | "date" | "yes";

export interface Field {
  name: keyof Standard;
  /** The component it says; "" for what is said of the standard itself. */
  component: string;
  kind: Kind;
  must?: boolean;
  most?: number;
}

export const FIELDS: readonly Field[] = [
  { name: "requirements", component: "delivery.sd1", kind: "lines" },
  { name: "procedure_steps", component: "delivery.sd2", kind: "lines" },
  { name: "duration_text", component: "delivery.sd3", kind: "text", must: true },
  { name: "duration_working_days", component: "delivery.sd3", kind: "number", most: 999 },
  { name: "counter_minutes", component: "delivery.sd3", kind: "number", must: true, most: 480 },
  { name: "fee_idr", component: "delivery.sd4", kind: "number", most: 1e9 },
  { name: "fee_note", component: "delivery.sd4", kind: "text" },
  { name: "product", component: "delivery.sd5", kind: "text" },
  { name: "complaint_channels", component: "delivery.sd6", kind: "lines" },
  { name: "legal_basis", component: "making.m1", kind: "text" },
  { name: "facilities", component: "making.m2", kind: "lines" },
  { name: "competence", component: "making.m3", kind: "text" },
  { name: "internal_supervision", component: "making.m4", kind: "text" },
  { name: "staff_count", component: "making.m5", kind: "number", most: 999 },
  { name: "service_guarantee", component: "making.m6", kind: "text" },
  { name: "safety_guarantee", component: "making.m7", kind: "text" },
  { name: "performance_evaluation", component: "making.m8", kind: "text" },
  { name: "set_by", component: "", kind: "text" },
  { name: "set_on", component: "", kind: "date" },
  { name: "public_hearing", component: "", kind: "date" },
  { name: "monitored_on", component: "", kind: "date" },
  { name: "review_on", component: "", kind: "date" },
  { name: "source", component: "", kind: "text", must: true },
  { name: "verified", component: "", kind: "yes" },
];

/** Return "sd1" for "delivery.sd1", as the names of its texts have it. */
export const codeOf = (component: string): string => component.split(".")[1] ?? "set";

export type Form = Record<string, string | boolean>;

/** Return what a form shows of a standard: one line of a text for each entry of a list. */
export function formOf(standard: Standard): Form {
  const entries = FIELDS.map(({ name, kind }) => {
    const value = standard[name];
    if (kind === "yes") return [name, value === true];
    return [name, Array.isArray(value) ? value.join("\n") : String(value ?? "")];
  });
  return Object.fromEntries(entries) as Form;
}

const tidy = (text: string): string => text.replace(/\s+/g, " ").trim();

function read(kind: Kind, value: string | boolean | null | undefined): unknown {
  if (kind === "yes") return value === true;
  const text = String(value ?? "");
  if (kind === "lines") return text.split("\n").map(tidy).filter((line) => line !== "");
  if (tidy(text) === "") return null;
  return kind === "number" ? Number(text) : tidy(text);
}

/** Return the standard that a form describes. */
export const standardOf = (form: Form): Standard =>
  Object.fromEntries(FIELDS.map(({ name, kind }) => [name, read(kind, form[name])])) as unknown as Standard;

/** Keep what stands behind a service; all else comes with the live view, and must not be told from an older answer. */
export const behind = (standard?: Standard): Partial<Standard> =>
  standard ? Object.fromEntries(FIELDS.filter(({ component }) => component.startsWith("making.")).map(({ name }) => [name, standard[name]])) : {};

export interface Change {
  field: Field;
  before: string[];
  after: string[];
}

const said = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.map(String);
  return value === undefined || value === null || value === false ? [] : [String(value)];
};

/** List what differs, field by field. */
export function changes(before: Standard, after: Standard): Change[] {
  const all = FIELDS.map((field) => ({ field, before: said(before[field.name]), after: said(after[field.name]) }));
  return all.filter((one) => one.before.join("\n") !== one.after.join("\n"));
}

/** Whether a service belongs to what is asked for: all, a state of its unpublished version, or a component that is missing. */
export function wanted(line: Line, filter: string): boolean {
  if (filter === "") return true;
  if (filter === "incomplete") return line.completeness.missing.length > 0;
  if (filter === "review") return line.is_review_due;
  if (filter === "unverified") return !line.verified;
  if (filter === "sent" || filter === "draft" || filter === "coming") return line.version === filter;
  return line.completeness.missing.includes(filter);
}
