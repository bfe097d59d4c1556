/** Why a command was refused, in words that say what to do. */
import { Refused } from "./command.ts";
import { said } from "./words.svelte.ts";

/** Return the text for a refusal; whatever else went wrong is thrown on. */
export function refusal(error: unknown): string {
  if (!(error instanceof Refused)) throw error;
  return said("refused", error.code);
}
