/** One kind of fault found in an input, how often, and the first few places. */
export interface IssueCount {
  /** Stable identifier of the kind, in camel case: `"duplicateId"`. */
  kind: string;
  /** What was done about it, for people: `"a second row with the same id; the first is kept"`. */
  rule: string;
  /** Number of occurrences. */
  count: number;
  /** The first few offenders, quoted and shortened, in the order they were met. */
  examples: string[];
}

/** Longest example kept, in UTF-16 units; the rest is cut with an ellipsis. */
const longest = 120;

/**
 * Counts the faults of an input by kind and keeps the first examples of each.
 *
 * @example
 * ```ts
 * import { Issues } from "kindred";
 * const issues = new Issues();
 * issues.add("duplicateId", "the first row is kept", "a/b (line 7)");
 * issues.list()[0].count; // 1
 * ```
 */
export class Issues {
  #kinds = new Map<string, IssueCount>();
  #examples: number;

  /**
   * Starts without any.
   *
   * @param options.examples How many examples of each kind are kept; default 3.
   */
  constructor({ examples = 3 }: { examples?: number } = {}) {
    this.#examples = examples;
  }

  /** Counts one fault (or `count` of them) and keeps `example` while there is room. */
  add(kind: string, rule: string, example?: string, count = 1): void {
    let entry = this.#kinds.get(kind);
    if (entry === undefined) {
      entry = { kind, rule, count: 0, examples: [] };
      this.#kinds.set(kind, entry);
    }
    entry.count += count;
    if (example !== undefined && entry.examples.length < this.#examples) {
      entry.examples.push(shortened(example));
    }
  }

  /** Adds the counts and examples of another list, as a worker or an earlier stage returned it. */
  merge(others: readonly IssueCount[]): void {
    for (const { kind, rule, count, examples } of others) {
      this.add(kind, rule, undefined, count);
      for (const example of examples) this.add(kind, rule, example, 0);
    }
  }

  /** Number of faults of one kind, 0 where there are none. */
  count(kind: string): number {
    return this.#kinds.get(kind)?.count ?? 0;
  }

  /** All kinds in the order they were first met, as plain copies. */
  list(): IssueCount[] {
    return [...this.#kinds.values()].map((entry) => ({ ...entry, examples: [...entry.examples] }));
  }
}

/** The first part of a long text, not cut inside a pair of surrogates. */
function shortened(text: string): string {
  if (text.length <= longest) return text;
  const whole = text.codePointAt(longest - 1)! <= 0xffff;
  return `${text.slice(0, whole ? longest : longest - 1)}…`;
}
