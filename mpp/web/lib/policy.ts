/** Rules of calling, each in one sentence. */
import { factorText } from "$lib/figures.ts";
import type { Policy } from "$lib/views.ts";
import { t, words } from "$lib/words.svelte.ts";

/** Return by what it is chosen who is called. */
export function choosing(rules: Policy): string[] {
  const ratio = (rules.priority_weight ?? 1) / (rules.ordinary_weight ?? 1);
  const [head, favour, guard] = [rules.head_start ?? 0, rules.favour_short ?? 0, rules.guard ?? 0];
  const limit = guard > 0 ? t("policy.guard", { n: guard }) : t("policy.guard_none");
  return [
    ratio === 1 ? t("policy.weight_even") : t("policy.weight", { n: factorText(ratio, words.locale) }),
    ...(head > 0 ? [t("policy.head_start", { n: head })] : []),
    favour > 0 ? t("policy.favour_short", { n: factorText(2 ** (favour / 100), words.locale) }) : t("policy.favour_none"),
    ...(rules.mode === "look_ahead" ? [t("policy.ahead"), limit] : [t("policy.by_claim")]),
  ];
}

/** Return what a policy means for those who wait. */
export function sentences(rules: Policy): string[] {
  const late = rules.late_places ?? 0;
  const cap = rules.cap ?? 0;
  const agreed = (rules.appointment_weight ?? 1) / (rules.ordinary_weight ?? 1);
  return [
    ...choosing(rules),
    ...(cap > 0 ? [t("policy.cap", { n: cap })] : []),
    late > 0 ? t("policy.late", { n: late }) : t("policy.late_none"),
    t("policy.soon", { n: rules.soon_places ?? 0 }),
    agreed === 1 ? t("policy.appointment_even") : t("policy.appointment", { n: factorText(agreed, words.locale) }),
    t("policy.tolerance", { n: rules.appointment_tolerance ?? 0 }),
  ];
}
