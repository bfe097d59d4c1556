/** Private members become plain ones in the build, and do exactly what they did. */
import { parse } from "acorn";
import { expect, test } from "vitest";
import { withoutPrivates } from "../../mpp/web/lib/privates.ts";

const SOURCE = `
class Outer {
  #x = 1;
  static #made = 0;
  constructor() { Outer.#made += 1; }
  #twice() { return this.#x * 2; }
  sum() {
    class Inner { #x = 10; add(outer) { return this.#x + outer.#twice(); } }
    return new Inner().add(this) + this.#x + Outer.#made;
  }
}
class Later extends Outer { #x = 100; own() { return this.#x; } has(it) { return #x in it; } }
const later = new Later();
return [new Outer().sum(), later.sum(), later.own(), later.has(later), later.has(new Outer()), "#x"];
`;
const run = (code: string): unknown => new Function(code)();

test("each class keeps its own members, and no private one is left", () => {
  const plain = withoutPrivates(SOURCE, "here.ts", (code) => parse(code, { ecmaVersion: "latest", allowReturnOutsideFunction: true }));
  expect(run(plain)).toEqual(run(SOURCE));
  expect(plain.match(/#\w+/g)).toEqual(["#x"]);
});
