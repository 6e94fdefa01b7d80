import { readFile } from "node:fs/promises";
import { paths } from "../paths.ts";
import { readCsv } from "../source/csv.ts";

/** What the rules of the cleaned tier are about; `keep` marks the exemptions. */
export const ruleKinds = ["machine", "course", "test", "empty", "keep"] as const;

/** What a rule is about. */
export type RuleKind = typeof ruleKinds[number];

/** Names of the exemptions, in the order in which they are tried. */
export const exemptions = ["known", "first", "mirror", "quantiser"] as const;

/** Why a model that a rule matches is kept all the same. */
export type Exemption = typeof exemptions[number];

/** One line of the table of cleaning rules. */
export interface CleaningRule {
  /** Its name, for example `"unix-time"`. */
  rule: string;
  /** What it is about. */
  kind: RuleKind;
  /**
   * Where the pattern is tried in the name of a model (what follows the slash of the id): at its beginning, at the beginning
   * of any word (the beginning, and after each `-` and `_`), or at its end; `row` for the rules that look at the other
   * columns.
   */
  where: "name" | "word" | "end" | "row";
  /** The pattern, null where `where` is `row`; names are compared with ASCII letters in lower case. */
  pattern: string | null;
  /** Names that it must match. */
  matches: string[];
  /** Names that it must not match. */
  nearMisses: string[];
  /** The exemptions that hold for what it matches. */
  spared: Exemption[];
  /** Why the rule is there. */
  reason: string;
}

const header = "rule,kind,where,pattern,matches,near_misses,spared,reason";

/** Rules that look at the columns of a row; each must be in the table. */
const rowRules = ["empty", "known", "first", "mirror"];

/**
 * Reads the table of cleaning rules, `data/cleaning_rules.csv`, and checks it: every rule matches its examples and
 * none of its near misses, every pattern takes linear time and cannot leave the name it is tried on.
 *
 * @param path The table. @default paths.cleaningRules
 * @throws {SyntaxError} naming the line when the table is not one of cleaning rules
 *
 * @example
 * ```ts
 * import { readCleaningRules } from "kindred";
 * const rules = await readCleaningRules();
 * rules.find(({ rule }) => rule === "unix-time")?.kind; // "machine"
 * ```
 */
export async function readCleaningRules(
  path: string = paths.cleaningRules,
): Promise<CleaningRule[]> {
  return await parseCleaningRules(await readFile(path, "utf8"), { source: path });
}

/**
 * Reads the table of cleaning rules from its text; see {@link readCleaningRules}.
 *
 * @throws {SyntaxError} naming the line when the table is not one of cleaning rules
 */
export async function parseCleaningRules(
  text: string,
  { source = "the cleaning rules" }: { /** @default "the cleaning rules" */ source?: string } = {},
): Promise<CleaningRule[]> {
  const rules: CleaningRule[] = [];
  let line = 0;
  for await (const cells of readCsv([text], { source })) {
    line++;
    const refuse = (why: string) => {
      throw new SyntaxError(
        `Cannot read ${source}: line ${line}, ${JSON.stringify(cells.join(","))}: ${why}`,
      );
    };
    if (line === 1) {
      if (cells.join(",") !== header) refuse(`expected the header "${header}"`);
      continue;
    }
    if (cells.length !== 8) refuse(`found ${cells.length} cells, expected 8`);
    const rule = ruleOf(cells, refuse);
    if (rules.some((other) => other.rule === rule.rule)) refuse(`rule "${rule.rule}" comes twice`);
    if (rule.where !== "row" && rule.where !== "end" && rules.some((r) => r.where === "row")) {
      refuse("rules for names must stand before those for rows");
    }
    rules.push(rule);
  }
  for (const needed of [...rowRules, "quantiser"]) {
    if (!rules.some(({ rule }) => rule === needed)) {
      throw new SyntaxError(`Cannot read ${source}: the rule "${needed}" is missing`);
    }
  }
  return rules;
}

function ruleOf(cells: string[], refuse: (why: string) => void): CleaningRule {
  const [rule, kind, where, pattern, matches, nearMisses, spared, reason] = cells;
  const words = (cell: string) => cell === "" ? [] : cell.split(" ");
  if (!/^[a-z]+(?:-[a-z]+)*$/.test(rule)) refuse(`"${rule}" is no name of a rule`);
  if (!(ruleKinds as readonly string[]).includes(kind)) {
    refuse(`kind is "${kind}", expected one of ${quoted(ruleKinds)}`);
  }
  if (!["name", "word", "end", "row"].includes(where)) {
    refuse(`where is "${where}", expected "name", "word", "end" or "row"`);
  }
  if ((where === "row") !== rowRules.includes(rule)) {
    refuse(`only ${quoted(rowRules)} look at rows, and no others`);
  }
  if ((where === "end") !== (rule === "quantiser")) refuse('only "quantiser" looks at the end');
  if ((kind === "keep") !== (exemptions as readonly string[]).includes(rule)) {
    refuse(`only ${quoted(exemptions)} are of the kind "keep"`);
  }
  const unknown = words(spared).find((name) => !(exemptions as readonly string[]).includes(name));
  if (unknown !== undefined) refuse(`it spares "${unknown}", expected ${quoted(exemptions)}`);
  if (kind === "keep" && spared !== "") refuse("an exemption spares nothing");
  if (reason === "") refuse("no reason is given");
  const read: CleaningRule = {
    rule,
    kind: kind as RuleKind,
    where: where as CleaningRule["where"],
    pattern: where === "row" ? null : pattern,
    matches: words(matches),
    nearMisses: words(nearMisses),
    spared: words(spared) as Exemption[],
    reason,
  };
  if (where === "row") {
    if (pattern !== "" || matches !== "" || nearMisses !== "") {
      refuse("a rule for rows has no pattern");
    }
    return read;
  }
  checkPattern(pattern, refuse);
  if (read.matches.length === 0 || read.nearMisses.length === 0) {
    refuse("a pattern needs a name that it matches and one that it does not match");
  }
  const test = ruleTest(read);
  const missed = read.matches.find((name) => !test.test(name.toLowerCase()));
  if (missed !== undefined) refuse(`it does not match "${missed}"`);
  const hit = read.nearMisses.find((name) => test.test(name.toLowerCase()));
  if (hit !== undefined) refuse(`it matches "${hit}"`);
  return read;
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

/**
 * Bounded repeats only, so that an attempt at one place takes constant time and a name linear time; and nothing that
 * could match the line feed between two names.
 */
function checkPattern(pattern: string, refuse: (why: string) => void): void {
  try {
    new RegExp(pattern);
  } catch (error) {
    refuse(`the pattern does not compile (${(error as Error).message})`);
  }
  if (pattern === "") refuse("the pattern is empty");
  if (/[^\x20-\x7e]/.test(pattern)) refuse("the pattern is not ASCII");
  if (/\\[^dw.]/.test(pattern)) refuse("the pattern escapes other than \\d, \\w and \\.");
  if (/\[\^/.test(pattern)) refuse("the pattern has a negated class");
  if (/[A-Z]/.test(pattern)) refuse("the pattern has upper-case letters; names come in lower case");
  if (/\((?!\?)/.test(pattern)) refuse("the pattern has a capturing group");
  if (/\^/.test(pattern)) refuse("the pattern has ^; `where` says where it is tried");
  const bare = pattern.replace(/\[[^\]]*\]|\\./g, "x");
  if (/[*+]|\{\d+,\}/.test(bare)) refuse("the pattern repeats without a bound");
  if (new RegExp(`^(?:${pattern})`).test("")) refuse("the pattern matches the empty name");
}

/** The pattern of a rule as an expression for one name in lower case. */
export function ruleTest({ rule, where, pattern }: CleaningRule): RegExp {
  if (pattern === null) throw new TypeError(`Cannot test a name: the rule "${rule}" looks at rows`);
  if (where === "end") return new RegExp(pattern);
  return new RegExp(`${where === "name" ? "^" : "(?:^|[-_])"}(?:${pattern})`);
}
