/// <reference lib="deno.unstable" />
import { posix } from "node:path";

/** Stages of lib from left to right; a stage imports from itself and from those before it. */
export const stages = [
  "core",
  "source",
  "fetch",
  "snapshot",
  "graph",
  "measure",
  "figure",
  "display",
  "kernel",
  "task",
] as const;

/** Modules of lib that belong to no stage, and the files outside lib that each may import. */
const leaves: Record<string, string[]> = { "lib/paths.ts": [], "lib/version.ts": ["deno.json"] };

/** Stages that may read the clock and draw secrets: a progress bar says how long it took, messages of a kernel are dated and signed. */
const impureStages = ["display", "kernel", "task"];

/** Clocks and sources of randomness: banned in the other stages. */
const impure =
  /^(?:globalThis\.|window\.|self\.)*(?:Math\.random|Date\.now|performance\.now|Temporal\.Now|crypto\.(?:randomUUID|getRandomValues))$/;

/** Most lines of a module in lib. */
const mostLines = 300;

/** What {@link checkSource} must know of the project. */
export interface CheckSourceOptions {
  /** Bare names of the import map. */
  imports: readonly string[];
}

interface Context {
  path: string;
  stage: string | null;
  imports: readonly string[];
  report(rule: string): void;
}

/**
 * Checks one TypeScript source against the rules of the architecture.
 *
 * @param path Where it lies, from the root of the checkout: `lib/graph/lineage.ts`.
 * @returns One sentence a violation, with path and line.
 */
export function checkSource(
  path: string,
  source: string,
  { imports }: CheckSourceOptions,
): string[] {
  const found: string[] = [];
  const inLib = path.startsWith("lib/");
  if (inLib && !/^lib\/(?:[a-z0-9_]+\/)*[a-z0-9_]+\.ts$/.test(path)) {
    found.push(`${path}: name is not in snake_case`);
  }
  const lines = source.split("\n").length - (source.endsWith("\n") ? 1 : 0);
  if (inLib && lines > mostLines) {
    found.push(`${path}: ${lines} lines, expected at most ${mostLines}`);
  }
  const plugin: Deno.lint.Plugin = {
    name: "kindred",
    rules: { architecture: { create: (context) => visitor(path, { context, imports }) } },
  };
  for (const { message, range } of Deno.lint.runPlugin(plugin, path, source)) {
    found.push(`${path}:${source.slice(0, range[0]).split("\n").length}: ${message}`);
  }
  return found;
}

function visitor(
  path: string,
  { context, imports }: { context: Deno.lint.RuleContext; imports: readonly string[] },
): Deno.lint.LintVisitor {
  const stage = /^lib\/([a-z]+)\//.exec(path)?.[1] ?? null;
  const inLib = path.startsWith("lib/");
  const pure = inLib && !impureStages.includes(stage ?? "");
  const text = (node: Deno.lint.Node) => context.sourceCode.getText(node);
  const imported = (node: Deno.lint.Node, source: { value?: unknown } | null | undefined) => {
    if (typeof source?.value !== "string") return;
    checkImport(source.value, {
      path,
      stage,
      imports,
      report: (message) => context.report({ node, message }),
    });
  };
  const checkText = (node: Deno.lint.Node, value: unknown) => {
    if (
      inLib && path !== "lib/paths.ts" && typeof value === "string" && /\.\.\/shared\b/.test(value)
    ) {
      context.report({ node, message: "names ../shared, which only tests may use" });
    }
  };
  return {
    ImportDeclaration: (node) => imported(node, node.source),
    ExportAllDeclaration: (node) => imported(node, node.source),
    ExportNamedDeclaration(node) {
      if (path === "lib/mod.ts" && node.source === null) {
        context.report({ node, message: "declares an export, but lib/mod.ts only re-exports" });
      }
      imported(node, node.source);
    },
    ImportExpression(node) {
      if (node.source.type !== "Literal") {
        context.report({ node, message: "imports a computed name" });
      } else imported(node, node.source as { value?: unknown });
    },
    TSImportType: (node) =>
      imported(node, (node.argument as { literal?: { value?: unknown } }).literal),
    NewExpression(node) {
      const callee = text(node.callee);
      if (pure && callee === "Date" && node.arguments.length === 0) {
        context.report({ node, message: "reads the clock: new Date() without argument" });
      }
      const [first] = node.arguments;
      // A worker's module is an import too.
      if (
        callee === "URL" && first?.type === "Literal" &&
        /^\.{1,2}\/.*\.ts$/.test(String(first.value))
      ) {
        imported(node, first as { value?: unknown });
      }
    },
    CallExpression(node) {
      if (pure && text(node.callee) === "Date") {
        context.report({ node, message: "reads the clock: Date()" });
      }
    },
    MemberExpression(node) {
      const member = text(node).replace(/\s|\?/g, "").replace(/\[["'`](\w+)["'`]\]/g, ".$1");
      if (pure && impure.test(member)) {
        context.report({
          node,
          message: `uses ${member}: the clock and unseeded randomness are for lib/task only`,
        });
      }
      if (inLib && member === "paths.shared") {
        context.report({ node, message: "uses paths.shared, which only tests may use" });
      }
      if (!inLib && /^Deno\.test\.(?:ignore|only)$/.test(member)) {
        context.report({
          node,
          message: `uses ${member}: tests are skipped through tests/support.ts only`,
        });
      }
    },
    Literal: (node) => checkText(node, node.value),
    TemplateElement: (node) => checkText(node, node.cooked),
    Property(node) {
      if (inLib || node.key.type !== "Identifier") return;
      if (node.key.name === "only") context.report({ node, message: "runs one test only" });
      if (node.key.name === "ignore" && !isNeed(node.value)) {
        context.report({
          node,
          message: "skips a test otherwise than by a function needs... of tests/support.ts",
        });
      }
    },
  };
}

/** `needsX(...)`, or several joined by `||`. */
function isNeed(node: Deno.lint.Node): boolean {
  if (node.type === "LogicalExpression") {
    return node.operator === "||" && isNeed(node.left) && isNeed(node.right);
  }
  return node.type === "CallExpression" && node.callee.type === "Identifier" &&
    /^needs[A-Z]\w*$/.test(node.callee.name);
}

function checkImport(specifier: string, { path, stage, imports, report }: Context): void {
  if (specifier.startsWith("node:")) return;
  if (/^[a-z]+:/i.test(specifier) || specifier.startsWith("/")) {
    return report(`imports "${specifier}", expected a name of the import map or a relative path`);
  }
  if (!/^\.{1,2}\//.test(specifier)) {
    if (!imports.some((name) => specifier === name || specifier.startsWith(`${name}/`))) {
      report(`imports "${specifier}", which is not in the import map`);
    } else if (specifier === "kindred" && path.startsWith("lib/")) {
      report(`imports "kindred", its own public surface`);
    }
    return;
  }
  if (!path.startsWith("lib/")) return;
  const target = posix.join(posix.dirname(path), specifier);
  if (target === "lib/mod.ts") return report("imports lib/mod.ts, the public surface");
  if (path in leaves) {
    if (!leaves[path].includes(target)) report(`imports "${target}", but is a leaf`);
    return;
  }
  if (!target.startsWith("lib/")) return report(`imports "${target}" from outside lib`);
  if (path === "lib/mod.ts") return;
  if (target in leaves) {
    if (stage === "core") report(`imports "${target}", but core imports nothing of lib`);
    return;
  }
  const [, other] = /^lib\/([a-z]+)\//.exec(target) ?? [];
  const [from, to] = [stages.indexOf(stage as "core"), stages.indexOf(other as "core")];
  if (from < 0) report(`lies in no stage: expected lib/{${stages.join(",")}}/`);
  else if (to < 0) report(`imports "${target}", which lies in no stage`);
  else if (to > from) {
    report(`imports "${target}": ${stage} comes before ${other}, imports never point back`);
  }
}
