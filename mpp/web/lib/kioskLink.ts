/** A way from the kiosk to another page and back: the address says that it is a kiosk, and how its visitor reads. */
import { FIRST } from "./text.ts";

interface Reading {
  locale: string;
  contrast: string;
  text: string;
}

/** Return the address of a page as the kiosk opens it. */
export function fromKiosk(path: string, reading: Reading): string {
  return `${path}?${new URLSearchParams({ at: "kiosk", ...reading }).toString()}`;
}

/** Return how the kiosk's visitor reads; null on anybody's own device. */
export function readerAtKiosk(address: string): Reading | null {
  const asked = new URL(address).searchParams;
  if (asked.get("at") !== "kiosk") return null;
  return {
    locale: asked.get("locale") ?? FIRST,
    contrast: asked.get("contrast") ?? "plain",
    text: asked.get("text") ?? "plain",
  };
}

/** Show the kiosk again, if it can be had: a kiosk must never be left at its browser's own page of errors. */
export async function backToKiosk(): Promise<void> {
  const answer = await fetch("/kiosk").catch(() => null);
  if (answer?.ok) location.replace("/kiosk");
}
