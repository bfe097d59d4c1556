/** What is known of a ticket's paper. */
import type { SlipPart } from "./views.ts";

/** Return whether a slip is not on paper, or perhaps not. */
export const isLost = (slip: SlipPart | null): boolean => slip !== null && ["failed", "unknown", "lapsed"].includes(slip.state);

/** Return whether a slip is on its way to paper. */
export const isPrinting = (slip: SlipPart | null): boolean => slip !== null && ["waiting", "claimed"].includes(slip.state);
