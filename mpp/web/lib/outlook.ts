/** How long one waits, in words: the range that the server gave, never counted down here. */
import type { Outlook } from "./views.ts";
import { said, t } from "./words.svelte.ts";

/** Return a few words for a label or a tile; null when nobody knows. */
export function outlookText(outlook: Outlook | null | undefined): string | null {
  if (outlook == null) return null;
  const { least, most } = outlook;
  if (least == null || most == null) return said("outlook", outlook.kind);
  return least === 0 ? t("outlook.within", { most }) : t("outlook.range", { least, most });
}
