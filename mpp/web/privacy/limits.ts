/** For how long a kind of data is kept, by its rule. */
import type { Key } from "$lib/text.ts";
import type { Kept } from "$lib/views.ts";
import { t, words } from "$lib/words.svelte.ts";

/** Return "setelah 24 jam"; nothing where no rule sets a limit. */
export function limitText(kept: Pick<Kept, "period" | "unit">): string {
  if (kept.period === null || kept.unit === null) return "";
  const unit = words.has("span", kept.unit) ? kept.unit : "other";
  return t(`span.${unit}` as Key, { n: kept.period });
}
