/** What the figures of forecasts mean, in words. */
import { factorText } from "$lib/figures.ts";
import type { Quality } from "$lib/views.ts";
import { t, words } from "$lib/words.svelte.ts";

/** The share of waits that a range of 80% should hold; what is between is as good as a month can tell. */
const BAND = { least: 0.76, most: 0.85 };

/** Minutes that are nothing to speak of. */
const SLIGHT = 0.5;

/** Return how many of a hundred. */
export const ofHundred = (share: number): number => Math.round(share * 100);

/** Return "2,5 mnt optimis": who is told too little is told so by an optimist. */
export function leaning(bias: number | null): string {
  if (bias === null) return "–";
  if (Math.abs(bias) < SLIGHT) return t("forecasts.level");
  const n = factorText(Math.abs(bias), words.locale);
  return bias < 0 ? t("forecasts.optimistic", { n }) : t("forecasts.pessimistic", { n });
}

/** Return a sentence about each thing that is known, what concerns visitors most first. */
export function sentences(of: Quality): string[] {
  const found: string[] = [];
  if (of.within !== null && of.later !== null) found.push(t("forecasts.right", { right: ofHundred(of.within), later: ofHundred(of.later) }));
  if (of.error !== null) found.push(t("forecasts.off", { n: factorText(of.error, words.locale) }));
  if (of.bias !== null) found.push(biasSentence(of.bias));
  if (of.covered !== null) found.push(bandSentence(of.covered));
  return found;
}

function biasSentence(bias: number): string {
  if (Math.abs(bias) < SLIGHT) return t("forecasts.bias_none");
  const n = factorText(Math.abs(bias), words.locale);
  return bias < 0 ? t("forecasts.bias_short", { n }) : t("forecasts.bias_long", { n });
}

function bandSentence(covered: number): string {
  const n = ofHundred(covered);
  if (n < ofHundred(BAND.least)) return t("forecasts.band_narrow", { n });
  return n > ofHundred(BAND.most) ? t("forecasts.band_wide", { n }) : t("forecasts.band_good", { n });
}
