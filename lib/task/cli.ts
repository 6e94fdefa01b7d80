import { parseArgs, type ParseArgsConfig } from "node:util";
import { civilDate } from "../core/civil_date.ts";
import type { IssueCount } from "../core/issues.ts";
import { civilTime } from "../core/time.ts";
import type { Tier } from "../snapshot/model_snapshot.ts";
import { printable } from "../display/text_table.ts";

/** An error in how a task was called: printed with a hint to `--help`, exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** What a task declares about its command line. */
export interface Command {
  /** Printed by `--help`. */
  help: string;
  /** Options as `node:util` parseArgs takes them; `help` is added. */
  options: NonNullable<ParseArgsConfig["options"]>;
  /** Smallest and largest number of positional arguments. */
  positionals: [number, number];
  run(values: Record<string, unknown>, positionals: string[]): Promise<void> | void;
}

/** Parses the command line, prints `--help`, runs the task; any error ends it with a message and exit code 1 or 2. */
export async function command({ help, options, positionals: [least, most], run }: Command) {
  try {
    let parsed;
    try {
      parsed = parseArgs({
        args: Deno.args,
        options: { ...options, help: { type: "boolean", short: "h" } },
        allowPositionals: most > 0,
        tokens: true,
      });
    } catch (error) {
      throw new UsageError((error as Error).message);
    }
    const { values, positionals } = parsed;
    if (values.help) {
      console.log(help.trim());
      return;
    }
    refuseRepeated(parsed.tokens, options);
    if (positionals.length < least || positionals.length > most) {
      const wanted = least === most ? `${least}` : `${least} to ${most}`;
      throw new UsageError(
        `found ${positionals.length} arguments (${
          positionals.map((p) => `"${p}"`).join(", ") || "none"
        }), expected ${wanted}`,
      );
    }
    await run(values as Record<string, unknown>, positionals);
  } catch (error) {
    const usage = error instanceof UsageError;
    console.error(`error: ${printableLines(error instanceof Error ? error.message : error)}`);
    if (usage) console.error("Run the task with --help to see how it is called.");
    if (Deno.env.get("KINDRED_TRACE") && error instanceof Error) {
      console.error(printableLines(error.stack));
    }
    Deno.exit(usage ? 2 : 1);
  }
}

/** Of an option that has one value parseArgs would keep the last and say nothing. */
function refuseRepeated(
  tokens: NonNullable<ReturnType<typeof parseArgs>["tokens"]>,
  options: Command["options"],
): void {
  const met = new Set<string>();
  for (const token of tokens) {
    if (token.kind !== "option" || options[token.name]?.multiple) continue;
    if (met.has(token.name)) throw new UsageError(`found --${token.name} twice, expected it once`);
    met.add(token.name);
  }
}

/** Each line of a message made {@link printable}: it may quote what stands in a file. */
function printableLines(message: unknown): string {
  return String(message).split("\n").map(printable).join("\n");
}

/**
 * Reads a whole number from an option.
 *
 * @throws {UsageError} when it is not a whole number of at least `least`
 */
export function integer(
  value: unknown,
  { name, least = 0 }: { name: string; least?: number },
): number {
  const text = String(value);
  const number = Number(text);
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(number) || number < least) {
    throw new UsageError(`--${name} is "${text}", expected a whole number of at least ${least}`);
  }
  return number;
}

/**
 * Reads a day, such as 2024-02-29, from an option.
 *
 * @throws {UsageError} when it is no day written so
 */
export function day(value: unknown, { name }: { name: string }): string {
  const text = String(value);
  const [year, month, date] = text.split("-").map(Number);
  if (civilDate(civilTime(year, month, date, 0)) !== text) {
    throw new UsageError(`--${name} is "${text}", expected a day like 2024-02-29`);
  }
  return text;
}

/**
 * The tier that a person named with --tier.
 *
 * @throws {UsageError} when it is no tier
 */
export function tierNamed(value: unknown): Tier {
  if (value === "raw" || value === "cleaned") return value;
  throw new UsageError(`--tier is "${value}", expected raw or cleaned`);
}

/** Shows the issues of an input on stderr, one line a kind; nothing when there are none. */
export function showIssues(issues: readonly IssueCount[]): void {
  for (const { kind, rule, count, examples } of issues) {
    const more = examples.length > 0
      ? `; e.g. ${examples.map((e) => JSON.stringify(e)).join(", ")}`
      : "";
    console.error(printable(`issue: ${count.toLocaleString("en-US")} x ${kind} (${rule})${more}`));
  }
}
