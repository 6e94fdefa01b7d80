import { isLanguage } from "../../lib/source/languages.ts";

/** A Hub row as parsed. */
export interface Row {
  id: string;
  tags?: string[];
  pipeline_tag?: string | null;
  library_name?: string | null;
  modelCard?: string;
  createdAt?: string;
}

/** An edge of the readable lineage. */
export interface Edge {
  parent: string;
  child: string;
  relation: string;
}

const order = ["finetune", "quantized", "adapter", "merge"];

/** The lineage in the words of its definition: nested loops over strings. */
export function slowLineage(
  rows: readonly Row[],
): { edges: Edge[]; selfLoops: number; missing: [string, string][] } {
  const ids = new Set(rows.map((row) => row.id));
  const edges: Edge[] = [];
  const missing: [string, string][] = [];
  let selfLoops = 0;
  for (const { id, tags = [] } of rows) {
    const parents = new Map<string, Set<string>>();
    for (const tag of tags) {
      if (!tag.startsWith("base_model:")) continue;
      const rest = tag.slice("base_model:".length);
      const relation = order.find((name) => rest.startsWith(`${name}:`));
      const parent = relation === undefined ? rest : rest.slice(relation.length + 1);
      if (parent === "") continue;
      if (!parents.has(parent)) parents.set(parent, new Set());
      if (relation !== undefined) parents.get(parent)!.add(relation);
    }
    for (const [parent, declared] of parents) {
      if (!ids.has(parent)) missing.push([parent, id]);
      else if (parent === id) selfLoops++;
      else {edges.push({
          parent,
          child: id,
          relation: order.findLast((name) => declared.has(name)) ?? "untyped",
        });}
    }
  }
  return { edges, selfLoops, missing };
}

/** Values of a trait, repeats included. */
export function slowTrait(row: Row, trait: string): string[] {
  const tags = row.tags ?? [];
  if (trait === "language") return tags.filter(isLanguage);
  if (trait === "license") {
    return tags.filter((t) => t.startsWith("license:")).map((t) => t.slice(8)).filter((t) =>
      t !== ""
    );
  }
  const value = trait === "task" ? row.pipeline_tag : row.library_name;
  return value ? [value] : [];
}

/** Mutations of a trait over finetune edges, by sets. */
export function slowMutation(
  rows: readonly Row[],
  trait: string,
): { edges: number; mutations: number } {
  const byId = new Map(rows.map((row) => [row.id, row]));
  let edges = 0;
  let mutations = 0;
  for (const { parent, child, relation } of slowLineage(rows).edges) {
    const a = new Set(slowTrait(byId.get(parent)!, trait));
    const b = new Set(slowTrait(byId.get(child)!, trait));
    if (relation !== "finetune" || a.size === 0 || b.size === 0) continue;
    edges++;
    mutations += (a.union(b).size - a.intersection(b).size) / a.union(b).size;
  }
  return { edges, mutations };
}

/** Transitions of a trait over finetune edges, as `"from>to"` to count. */
export function slowTransitions(rows: readonly Row[], trait: string): Map<string, number> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const counts = new Map<string, number>();
  const add = (a: string, b: string) => counts.set(`${a}>${b}`, (counts.get(`${a}>${b}`) ?? 0) + 1);
  for (const { parent, child, relation } of slowLineage(rows).edges) {
    if (relation !== "finetune") continue;
    const a = new Set(slowTrait(byId.get(parent)!, trait));
    const b = new Set(slowTrait(byId.get(child)!, trait));
    for (const gained of b.difference(a)) for (const from of a) add(from, gained);
    for (const lost of a.difference(b)) for (const to of b) add(lost, to);
  }
  return counts;
}
