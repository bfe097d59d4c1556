/** What the figures are narrowed to; nothing is all. The keys are those of the address. */
export interface Only extends Record<string, string> {
  service: string;
  counter: string;
  zone: string;
  priority: string;
  role: string;
}

export const everything = (): Only => ({ service: "", counter: "", zone: "", priority: "", role: "" });
