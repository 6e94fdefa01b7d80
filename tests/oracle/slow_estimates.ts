import type { TermVectors } from "../../lib/core/term_vectors.ts";
import type { Lineage } from "../../lib/graph/lineage.ts";

/** Sums of one family for each number: numerator and denominator. */
type Sums = Map<string, [number, number]>;

/** A row of a simulated ecosystem as parsed. */
interface Parsed {
  id: string;
  tags: string[];
  pipeline_tag?: string;
  library_name?: string;
  modelCard?: string;
}

function add(sums: Sums, name: string, numerator: number, denominator = 1): void {
  const [above, below] = sums.get(name) ?? [0, 0];
  sums.set(name, [above + numerator, below + denominator]);
}

const values: Record<string, (row: Parsed) => string[]> = {
  license: ({ tags }) =>
    tags.filter((tag) => tag.startsWith("license:")).map((tag) => tag.slice(8)),
  language: ({ tags }) => tags.filter((tag) => tag.length === 2),
  task: ({ pipeline_tag: task }) => task === undefined ? [] : [task],
  library: ({ library_name: library }) => library === undefined ? [] : [library],
};

/** Mutation, direction and drift of the rows of one family, in the words of their definitions. */
function traitSums(rows: readonly Parsed[], order: readonly string[]): Sums {
  const sums: Sums = new Map();
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const child of rows) {
    const tag = child.tags.find((tag) => tag.startsWith("base_model:"));
    if (tag === undefined) continue;
    const [, relation, id] = tag.split(":");
    const parent = byId.get(id)!;
    for (const trait of relation === "finetune" ? Object.keys(values) : []) {
      const [a, b] = [parent, child].map(values[trait]);
      if (a.length === 0 || b.length === 0) continue;
      const union = new Set([...a, ...b]).size;
      add(sums, `mutation rate, ${trait}`, 1 - (a.length + b.length - union) / union);
      if (trait !== "license" || a[0] === b[0]) continue;
      const forward = Number(order.indexOf(a[0]) < order.indexOf(b[0]));
      add(sums, "direction, license, planted order", 2 * forward, 2);
      if ([a[0], b[0]].sort().join(" ") === "apache-2.0 openrail") {
        add(sums, "direction, openrail to apache-2.0", 2 * forward, 2);
      }
    }
    const drift = (title: string, from: number | undefined, to: number | undefined) => {
      if (from === undefined || to === undefined) return;
      add(sums, `drift of ${title}, child`, to);
      add(sums, `drift of ${title}, change`, to - from);
    };
    const languages = (row: Parsed) => values.language(row).length || undefined;
    drift("languages", languages(parent), languages(child));
    drift("card characters", parent.modelCard?.length, child.modelCard?.length);
    const automatic = ({ modelCard: card }: Parsed) =>
      card === undefined ? card : Number(card.includes("generated automatically"));
    drift("automatic cards", automatic(parent), automatic(child));
  }
  return sums;
}

/** Sums of each family of an ecosystem of rows, each block of which is one family. */
export function slowTraitSums(
  blocks: Iterable<Uint8Array>,
  { order }: { order: readonly string[] },
): Sums[] {
  return Array.from(blocks, (block) => {
    const lines = new TextDecoder().decode(block).trimEnd().split("\n");
    return traitSums(lines.map((line) => JSON.parse(line) as Parsed), order);
  });
}

/** Kinship of each family of an ecosystem of texts: cosines of all pairs, one by one. The families are trees. */
export function slowKinSums(lineage: Lineage, { entries, offsets }: TermVectors): Sums[] {
  const terms = (row: number) => new Set(entries.subarray(offsets[row], offsets[row + 1]));
  const cosine = (a: number, b: number) => {
    const [one, other] = [terms(a), terms(b)];
    return one.intersection(other).size / Math.sqrt(one.size * other.size);
  };
  const parent = new Map<number, number>();
  const children = new Map<number, number[]>();
  for (let e = 0; e < lineage.edges; e++) {
    const [u, v] = [lineage.parent[e], lineage.child[e]];
    parent.set(v, u);
    children.set(u, [...children.get(u) ?? [], v]);
  }
  const root = (u: number): number => parent.has(u) ? root(parent.get(u)!) : u;
  const families = new Map<number, Sums>();
  for (const [u, below] of children) {
    const sums = families.get(root(u)) ?? new Map();
    families.set(root(u), sums);
    for (const v of below) {
      add(sums, "kinship, parent and child", cosine(u, v));
      for (const w of children.get(v) ?? []) add(sums, "kinship, grandparent", cosine(u, w));
      for (const w of below) {
        if (v >= w) continue;
        add(sums, "kinship, siblings", cosine(v, w));
        const ends = (cosine(u, v) + cosine(u, w)) / 2;
        add(sums, "kinship, sibling excess", cosine(v, w) - ends);
      }
    }
  }
  return [...families.values()];
}

/** How far the ratio of the sums over families is from the truth, in standard errors. */
export function standardScore(families: readonly Sums[], name: string, truth: number): number {
  const found = families.map((sums) => sums.get(name) ?? [0, 0]);
  const below = found.reduce((sum, [, denominator]) => sum + denominator, 0);
  const rests = found.map(([above, denominator]) => above - truth * denominator);
  const square = rests.reduce((sum, rest) => sum + rest * rest, 0);
  return below > 0 ? rests.reduce((a, b) => a + b, 0) / Math.sqrt(square) : NaN;
}
