/** What Svelte's own code calls and televisions before 2022 (Chromium 76-84) lack; import before anything else. */
if (!("replaceAll" in String.prototype)) {
  Object.defineProperty(String.prototype, "replaceAll", {
    value(this: string, from: string | RegExp, to: string): string {
      return typeof from === "string" ? this.split(from).join(to) : this.replace(from, to);
    },
  });
}
export {};
