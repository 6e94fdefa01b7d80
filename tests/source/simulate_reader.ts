/** A plain reader of Hub rows for the tests of the simulator: JSON.parse and Maps, none of the library's own code. */

/** One row as the tests see it. */
export interface Model {
  id: string;
  tags: string[];
  pipeline_tag?: string;
  library_name?: string;
  createdAt: string;
  modelCard?: string;
}

/** One reference from a child to a parent. */
export interface Reference {
  /** Id as written. */
  parentId: string;
  parent: Model | undefined;
  child: Model;
  relation: string;
}

/** Rows, references (self-loops apart), and what a model reports. */
export interface Hub {
  models: Model[];
  byId: Map<string, Model>;
  references: Reference[];
  /** References whose parent is in the snapshot. */
  edges: Reference[];
  selfLoops: number;
}

const order = ["untyped", "finetune", "quantized", "adapter", "merge"];
const lineage = /^base_model:(?:(finetune|quantized|adapter|merge):)?(.+\/.+)$/;
const isoCodes = new Set(
  ("aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et " +
    "eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk " +
    "kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny " +
    "oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti " +
    "tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu").split(" "),
);

/** Parses JSON Lines given as blocks. */
export function readHub(blocks: Iterable<Uint8Array>): Hub {
  const models: Model[] = [];
  const decoder = new TextDecoder();
  for (const block of blocks) {
    for (const line of decoder.decode(block).split("\n")) {
      if (line !== "") models.push(JSON.parse(line));
    }
  }
  const byId = new Map(models.map((model) => [model.id, model]));
  const references: Reference[] = [];
  let selfLoops = 0;
  for (const child of models) {
    const relations = new Map<string, string>();
    for (const tag of child.tags) {
      const match = lineage.exec(tag);
      if (match === null) continue;
      const [, relation = "untyped", parentId] = match;
      const known = relations.get(parentId) ?? "untyped";
      relations.set(parentId, order.indexOf(relation) > order.indexOf(known) ? relation : known);
    }
    for (const [parentId, relation] of relations) {
      if (parentId === child.id) selfLoops++;
      else references.push({ parentId, parent: byId.get(parentId), child, relation });
    }
  }
  const edges = references.filter(({ parent }) => parent !== undefined);
  return { models, byId, references, edges, selfLoops };
}

/** Values of a trait of a model. */
export function trait(model: Model, name: "license" | "task" | "library" | "language"): string[] {
  if (name === "task") return model.pipeline_tag === undefined ? [] : [model.pipeline_tag];
  if (name === "library") return model.library_name === undefined ? [] : [model.library_name];
  if (name === "language") return model.tags.filter((tag) => isoCodes.has(tag));
  return prefixed(model, "license:");
}

/** What follows a prefix in a model's tags. */
export function prefixed(model: Model, prefix: string): string[] {
  return model.tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
}

/** Counts values. */
export function tally(values: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Definition 7.1 over finetune edges where both ends report. */
export function mutationRate(
  hub: Hub,
  name: Parameters<typeof trait>[1],
): { edges: number; rate: number } {
  let edges = 0;
  let sum = 0;
  for (const { parent, child, relation } of hub.edges) {
    if (relation !== "finetune") continue;
    const a = new Set(trait(parent!, name));
    const b = new Set(trait(child, name));
    if (a.size === 0 || b.size === 0) continue;
    const union = new Set([...a, ...b]).size;
    const shared = [...a].filter((value) => b.has(value)).length;
    edges++;
    sum += (union - shared) / union;
  }
  return { edges, rate: sum / edges };
}

/** Share of the transitions within an order that go forward (section 3), over finetune edges. */
export function forwardShare(
  hub: Hub,
  name: Parameters<typeof trait>[1],
  order: readonly string[],
) {
  let forward = 0;
  let total = 0;
  function count(from: string, to: string): void {
    const a = order.indexOf(from);
    const b = order.indexOf(to);
    if (a < 0 || b < 0) return;
    total++;
    if (a < b) forward++;
  }
  for (const { parent, child, relation } of hub.edges) {
    if (relation !== "finetune") continue;
    const a = new Set(trait(parent!, name));
    const b = new Set(trait(child, name));
    for (const to of b) if (!a.has(to)) { for (const from of a) count(from, to); }
    for (const from of a) if (!b.has(from)) { for (const to of b) count(from, to); }
  }
  return { total, share: forward / total };
}

/** Weak components with parents outside the snapshot as nodes, by depth-first search. */
export function weakComponents(hub: Hub): number {
  const neighbours = new Map<string, string[]>();
  function link(a: string, b: string): void {
    let list = neighbours.get(a);
    if (list === undefined) neighbours.set(a, list = []);
    list.push(b);
  }
  for (const { parentId, child } of hub.references) {
    link(parentId, child.id);
    link(child.id, parentId);
  }
  const seen = new Set<string>();
  let components = 0;
  for (const start of [...hub.byId.keys(), ...neighbours.keys()]) {
    if (seen.has(start)) continue;
    components++;
    const stack = [start];
    seen.add(start);
    while (stack.length > 0) {
      for (const next of neighbours.get(stack.pop()!) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        stack.push(next);
      }
    }
  }
  return components;
}

/** Members of the families (weak components of the no-merge graph) of some models. */
export function familySizes(hub: Hub, roots: readonly string[]): number[] {
  const neighbours = new Map<Model, Model[]>();
  for (const { parent, child, relation } of hub.edges) {
    if (relation === "merge") continue;
    for (const [a, b] of [[parent!, child], [child, parent!]]) {
      const list = neighbours.get(a);
      if (list === undefined) neighbours.set(a, [b]);
      else list.push(b);
    }
  }
  return roots.map((root) => {
    const seen = new Set([hub.byId.get(root)!]);
    for (const model of seen) for (const next of neighbours.get(model) ?? []) seen.add(next);
    return seen.size;
  });
}

/** Children with a child of their own in the no-merge graph, by relation. */
export function fertile(hub: Hub): Map<string, number> {
  const parents = new Set<Model>();
  for (const { parent, relation } of hub.edges) if (relation !== "merge") parents.add(parent!);
  return tally(hub.edges.filter(({ child }) => parents.has(child)).map(({ relation }) => relation));
}
