/** Finds the words that a page shows without the catalogue: in markup, in attributes that are read out, in scripts. */
import { type AST, parse } from "svelte/compiler";
import ts from "typescript";

/** Attributes whose value a person sees or hears. */
const HEARD = new Set(["alt", "aria-description", "aria-label", "aria-placeholder", "aria-roledescription", "aria-valuetext", "label", "placeholder", "title"]);

/** A word: two letters or more. Numbers, units of one letter and punctuation are the same in every language. */
const WORD = /\p{L}{2,}/u;
/** A sentence in a script: two words side by side. One word alone is a code, a name of a key, a state. */
const SENTENCE = /\p{L}{2,}[,.:!?…]? \p{L}{2,}/u;
/** Calls whose words nobody but a programmer or the browser reads: faults, notes, selectors. */
const UNSEEN = /(^|\.)(Error|Refused|TypeError|RangeError|console\.\w+|querySelector(All)?|closest|matches|matchMedia)$/;

interface Node {
  type: string;
  [field: string]: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && typeof (value as Node).type === "string";

/** Return the words that stand in a component outside the catalogue. */
export function inComponent(source: string): string[] {
  const root = parse(source, { modern: true }) as AST.Root;
  const found: string[] = [];
  const visit = (node: Node, heard: boolean): void => {
    if (node.type === "Text" && heard && WORD.test(String(node.data))) found.push(String(node.data).trim());
    // In markup every literal of an expression is shown: `{isOpen ? "Buka" : ""}`; in a call it is a key or a code.
    if (node.type === "Literal" && heard && typeof node.value === "string" && WORD.test(node.value)) found.push(node.value);
    if (node.type === "TemplateElement" && heard && WORD.test(String((node.value as { raw: string }).raw))) found.push((node.value as { raw: string }).raw);
    for (const [name, value] of Object.entries(node)) {
      if (name === "test" || name === "metadata" || name === "parent") continue;
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, hears(node, child, heard));
    }
  };
  visit(root.fragment as unknown as Node, true);
  for (const script of [root.instance, root.module])
    if (script) found.push(...inScript(source.slice((script.content as unknown as { start: number }).start, (script.content as unknown as { end: number }).end)));
  return found;
}

/** Whether what stands below a node is shown: not below calls, comparisons and keys, nor in attributes that are not heard. */
function hears(node: Node, child: Node, heard: boolean): boolean {
  if (["CallExpression", "BinaryExpression", "MemberExpression", "ArrowFunctionExpression", "KeyBlock"].includes(node.type)) return false;
  if (node.type === "Attribute") return HEARD.has(String(node.name));
  if (["OnDirective", "ClassDirective", "StyleDirective", "BindDirective", "AttachTag", "RenderTag", "SpreadAttribute"].includes(node.type)) return false;
  if (node.type === "EachBlock" && (child === node.expression || child === node.key)) return false;
  if (node.type === "SnippetBlock") return true;
  return heard;
}

/** Return the sentences that stand in a script. */
export function inScript(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if ((ts.isNewExpression(node) || ts.isCallExpression(node)) && UNSEEN.test(node.expression.getText().replace(/<.*/s, ""))) return;
    if ((ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) && SENTENCE.test(node.text))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("x.ts", source, ts.ScriptTarget.Latest, true));
  return found;
}
