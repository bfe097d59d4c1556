/** Build step: private members (#x) become plain ones, for the floor knows no private methods, and the compiler's WeakMaps grow. */
import { createHash } from "node:crypto";

interface Node {
  type: string;
  start: number;
  end: number;
  [part: string]: unknown;
}

/** Replaces what stands from `start` to `end`. */
interface Edit {
  start: number;
  end: number;
  text: string;
}

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === "string";
const isPrivate = (value: unknown): value is Node & { name: string } => isNode(value) && value.type === "PrivateIdentifier";

/** Collect the edits of a tree; `scopes` are the plain names in the classes around it, the innermost first. */
function* edits(node: Node, scopes: Map<string, string>[], mark: () => string): Generator<Edit> {
  let inner = scopes;
  if (node.type === "ClassBody") {
    const prefix = mark();
    const names = (node.body as { key?: Node }[]).flatMap(({ key }) => (isPrivate(key) ? [key.name] : []));
    inner = [new Map(names.map((name, nth) => [name, `$${prefix}_${nth}`])), ...scopes];
  }
  for (const part of Object.values(node).flat()) {
    if (!isNode(part)) continue;
    const text = isPrivate(part) ? inner.find((names) => names.has(part.name))?.get(part.name) : undefined;
    const isAsked = node.type === "BinaryExpression"; // #x in it
    if (text !== undefined) yield { start: part.start, end: part.end, text: isAsked ? JSON.stringify(text) : text };
    else yield* edits(part, inner, mark);
  }
}

/** Return the code with a plain name, used nowhere else, in the place of each private one. */
export function withoutPrivates(code: string, id: string, parse: (code: string) => unknown): string {
  const file = createHash("sha256").update(id).digest("hex").slice(0, 3);
  let classes = 0;
  const all = [...edits(parse(code) as Node, [], () => `${file}${classes++}`)].sort((a, b) => b.start - a.start);
  return all.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code);
}
