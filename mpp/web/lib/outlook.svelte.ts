/** How long one waits, in words: the range that the server gave, never counted down here. */
import type { Outlook } from "./views.ts";
import { said, t } from "./words.svelte.ts";

/** Whether what was foretold may have become old since it came; the page says so, of its own line. */
class Foretold {
  stale = $state(false);
}
export const foretold = new Foretold();

/** Return whether this is about time, not about why there is none to tell. */
export const isTimed = (outlook: Outlook | null | undefined): boolean => outlook != null && (outlook.kind === "range" || outlook.kind === "soon");

/** Return a few words for a label or a tile; null when nobody knows, or nobody knows any more. */
export function outlookText(outlook: Outlook | null | undefined): string | null {
  if (outlook == null || foretold.stale) return null;
  const { least, most } = outlook;
  if (least == null || most == null) return said("outlook", outlook.kind);
  return least === 0 ? t("outlook.within", { most }) : t("outlook.range", { least, most });
}
