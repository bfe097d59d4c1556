/** Forms as they stand in an editor: every field a text, and back to what the server takes. */
import type { Form, FormField } from "$lib/views.ts";

export interface FieldDraft {
  label: string;
  label_en: string;
  kind: FormField["kind"] & string;
  required: boolean;
  most: string;
  /** One line for each. */
  choices: string;
}

export interface FormDraft {
  title: string;
  title_en: string;
  text: string;
  text_en: string;
  fields: FieldDraft[];
}

/** What was written for a service and is not saved, as JSON, and which version of its forms was looked at. */
export interface Unsaved {
  drafts: string;
  basis: string;
}

/** Kept by the page, by service: another service or a session that is over takes nothing away. */
export const unsaved = new Map<string, Unsaved>();

export const KINDS = ["text", "date", "choice", "checkbox"] as const;

export const newField = (): FieldDraft => ({ label: "", label_en: "", kind: "text", required: false, most: "", choices: "" });
export const newForm = (): FormDraft => ({ title: "", title_en: "", text: "", text_en: "", fields: [newField()] });

export const draftOf = (form: Form): FormDraft => ({
  title: form.title,
  title_en: form.title_en ?? "",
  text: form.text ?? "",
  text_en: form.text_en ?? "",
  fields: form.fields.map((field) => ({
    label: field.label,
    label_en: field.label_en ?? "",
    kind: field.kind ?? "text",
    required: field.required ?? false,
    most: field.most ? String(field.most) : "",
    choices: (field.choices ?? []).join("\n"),
  })),
});

const tidy = (text: string): string => text.replace(/\s+/g, " ").trim();
const orNull = (text: string): string | null => tidy(text) || null;

export const formOf = (draft: FormDraft): Form => ({
  title: tidy(draft.title),
  title_en: orNull(draft.title_en),
  text: orNull(draft.text),
  text_en: orNull(draft.text_en),
  fields: draft.fields.map((field) => ({
    label: tidy(field.label),
    label_en: orNull(field.label_en),
    kind: field.kind,
    required: field.required,
    most: field.kind === "text" && field.most ? Number(field.most) : null,
    choices: field.kind === "choice" ? field.choices.split("\n").map(tidy).filter((line) => line !== "") : [],
  })),
});

/** Return a list with the entry at `at` moved by `by` places. */
export function moved<T>(list: readonly T[], at: number, by: number): T[] {
  const copy = [...list];
  const [one] = copy.splice(at, 1);
  if (one !== undefined) copy.splice(at + by, 0, one);
  return copy;
}
