/** A complaint while it is written; it is nowhere but on this page until it is sent. */
import { post, requestId } from "$lib/command.ts";
import type { ComplaintView } from "$lib/views.ts";

export type Identity = "anonymous" | "confidential" | "open";
export type Place = "kiosk" | "desk" | null;

/** As many letters as the server takes. */
export const LONGEST = 4000;
export const LONGEST_LINE = 120;

export class Draft {
  tenant = $state("");
  text = $state("");
  identity = $state<Identity>("anonymous");
  name = $state("");
  contact = $state("");
  /** Made with the draft: sent twice it is the same complaint. */
  readonly #request = requestId();

  async send(at: Place, ticket: string | null): Promise<ComplaintView> {
    const named = this.identity !== "anonymous";
    return post<ComplaintView>("/api/complaints", {
      text: this.text,
      identity: this.identity,
      ...(named && { name: this.name }),
      ...(named && this.contact.trim() && { contact: this.contact }),
      ...(ticket ? { ticket } : this.tenant && { tenant: this.tenant }),
      ...(at && { at, paper: true }),
      request: this.#request,
    });
  }
}

/** Put a letter where the cursor stands, as a keyboard would; the first one of a sentence is a capital. */
export function type(field: HTMLInputElement | HTMLTextAreaElement, letter: string): void {
  const before = field.value.slice(0, field.selectionStart ?? field.value.length);
  const begins = field.tagName === "TEXTAREA" && /(^|[.!?]\s+)$/.test(before);
  put(field, begins ? letter.toUpperCase() : letter);
}

/** Take the letter before the cursor away. */
export function erase(field: HTMLInputElement | HTMLTextAreaElement): void {
  const at = field.selectionStart ?? 0;
  if (at > 0 && at === field.selectionEnd) field.setSelectionRange(at - 1, at);
  put(field, "");
}

function put(field: HTMLInputElement | HTMLTextAreaElement, letter: string): void {
  const [from, to] = [field.selectionStart ?? 0, field.selectionEnd ?? 0];
  if (letter !== "" && field.value.length - (to - from) >= field.maxLength) return;
  field.setRangeText(letter, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
