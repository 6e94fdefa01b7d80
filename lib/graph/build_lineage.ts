import { ByteTable, hashBytes, viewOf } from "../core/byte_table.ts";
import { buildCsr, type Csr } from "../core/csr.ts";
import { grown } from "../core/grow.ts";
import { type IssueCount, Issues } from "../core/issues.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { strongComponents } from "./components.ts";
import { Lineage, type LineageEdges, relations } from "./lineage.ts";
import { peel } from "./longest_path.ts";

const encoder = new TextEncoder();
const prefix = encoder.encode("base_model:");
const relationPrefixes = relations.map((name) => encoder.encode(`${name}:`));
const missing = 0x80000000;
/** Stands for the relation of tags that refer to no model. */
const none = 255;

/** A lineage and what its references did not lead to. */
export interface LineageReading {
  /** The graph of the references that lead to a model. */
  lineage: Lineage;
  /** Models that name themselves as parent; these references are dropped. */
  selfLoops: number;
  /** Distinct (parent, child) references whose parent is not in the snapshot. */
  missingParentReferences: number;
  /** Distinct such parents. */
  missingParents: number;
  /** Edges of the longest path, null when there is a cycle. */
  longestPath: number | null;
  /** Missing parents, self-loops, cycles and edges out of time order, counted by kind. */
  issues: IssueCount[];
}

/**
 * Reads the lineage out of the tags: one edge for each distinct (parent, child) whose parent is in the snapshot; its relation is the
 * last of finetune, quantized, adapter, merge that the child declares for that parent, untyped where it declares none.
 * Ids are compared exactly. Time O(tags + edges).
 *
 * @example
 * ```ts
 * import { buildLineage, readModelBlocks } from "kindred";
 * const rows = '{"id":"a","tags":[]}\n{"id":"b","tags":["base_model:a","base_model:adapter:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * buildLineage(snapshot).lineage.edges; // 1
 * ```
 */
export function buildLineage(snapshot: ModelSnapshot): LineageReading {
  const issues = new Issues();
  const references = readReferences(snapshot, { issues });
  const { edges, selfLoops, missingParentReferences } = joinEdges(snapshot, references, { issues });
  reportEarly(snapshot, edges, { issues });
  reportMissing(snapshot, references.absent, { references: missingParentReferences, issues });
  const lineage = new Lineage(snapshot.models, edges);
  const { longest, left } = peel(lineage.children);
  if (left.length > 0) reportCycles(snapshot, lineage, { among: left, issues });
  return {
    lineage,
    selfLoops,
    missingParentReferences,
    missingParents: references.absent.size,
    longestPath: left.length === 0 ? longest : null,
    issues: issues.list(),
  };
}

/** What the distinct tags refer to. */
interface References {
  /** The parent's row, or `missing` + the code of its name. */
  target: Uint32Array;
  /** Code of the relation, `none` for tags that refer to no model. */
  relation: Uint8Array;
  /** Names of the parents that are not in the snapshot. */
  absent: ByteTable;
}

/** `base_model:quantized:P` refers to P as quantized; a tag that names no relation is untyped (0). */
function readReferences(snapshot: ModelSnapshot, { issues }: { issues: Issues }): References {
  const { tags } = snapshot;
  const { bytes, starts, ends } = tags;
  const target = new Uint32Array(tags.length);
  const relation = new Uint8Array(tags.length).fill(none);
  const absent = new ByteTable();
  for (let tag = 0; tag < tags.length; tag++) {
    const end = ends[tag];
    let at = after(prefix, { bytes, start: starts[tag], end });
    if (at < 0) continue;
    let kind = 0;
    for (let i = 1; kind === 0 && i < relations.length; i++) {
      const parent = after(relationPrefixes[i], { bytes, start: at, end });
      if (parent < 0) continue;
      kind = i;
      at = parent;
    }
    if (at === end) {
      issues.add("emptyParent", "a lineage tag that names no parent; ignored", tags.at(tag));
      continue;
    }
    const parent = viewOf(bytes.subarray(at, end));
    const row = snapshot.find(parent);
    const { byteLength } = parent;
    target[tag] = row >= 0
      ? row
      : missing + absent.intern(parent, 0, byteLength, hashBytes(parent, 0, byteLength));
    relation[tag] = kind;
  }
  return { target, relation, absent };
}

/** Where the bytes start..end go on after `prefix`, -1 where they do not begin with it. */
function after(
  prefix: Uint8Array,
  { bytes, start, end }: { bytes: Uint8Array; start: number; end: number },
): number {
  if (end - start < prefix.length) return -1;
  for (let i = 0; i < prefix.length; i++) if (bytes[start + i] !== prefix[i]) return -1;
  return start + prefix.length;
}

/** The edges in the order of their children, and the references that make none. */
function joinEdges(
  { models, ids, created, tagOffsets, tagCodes }: ModelSnapshot,
  { target, relation }: References,
  { issues }: { issues: Issues },
): { edges: LineageEdges; selfLoops: number; missingParentReferences: number } {
  let parents = new Uint32Array(Math.max(1024, models >> 2));
  let children = new Uint32Array(parents.length);
  let kinds = new Uint8Array(parents.length);
  let edges = 0;
  let selfLoops = 0;
  let missingParentReferences = 0;
  for (let child = 0; child < models; child++) {
    // All references of the child first, as if they were edges; the first of a parent keeps the place, the last relation wins.
    const first = edges;
    for (let t = tagOffsets[child]; t < tagOffsets[child + 1]; t++) {
      const kind = relation[tagCodes[t]];
      if (kind === none) continue;
      const parent = target[tagCodes[t]];
      let at = first;
      while (at < edges && parents[at] !== parent) at++;
      if (at < edges) {
        if (kind > kinds[at]) kinds[at] = kind;
        continue;
      }
      if (edges === parents.length) {
        parents = grown(parents, edges + 1);
        children = grown(children, parents.length);
        kinds = grown(kinds, parents.length);
      }
      parents[edges] = parent;
      kinds[edges++] = kind;
    }
    const end = edges;
    edges = first;
    for (let at = first; at < end; at++) {
      if (parents[at] >= missing) missingParentReferences++;
      else if (parents[at] === child) {
        selfLoops++;
        issues.add(
          "selfLoop",
          "a model that names itself as parent; the reference is dropped",
          ids.at(child),
        );
      } else {
        parents[edges] = parents[at];
        children[edges] = child;
        kinds[edges++] = kinds[at];
      }
    }
  }
  const time = new Float64Array(edges);
  for (let e = 0; e < edges; e++) time[e] = created[children[e]];
  return {
    edges: {
      parent: parents.subarray(0, edges),
      child: children.subarray(0, edges),
      relation: kinds.subarray(0, edges),
      time,
    },
    selfLoops,
    missingParentReferences,
  };
}

/** Counts the children that were created before their parents. */
function reportEarly(
  { ids, created }: ModelSnapshot,
  { parent, child, time }: LineageEdges,
  { issues }: { issues: Issues },
): void {
  let early = 0;
  let example = "";
  for (let e = 0; e < time.length; e++) {
    if (time[e] < created[parent[e]] && early++ === 0) {
      example = `${ids.at(child[e])} before ${ids.at(parent[e])}`;
    }
  }
  if (early === 0) return;
  issues.add(
    "childBeforeParent",
    "a child created before its parent; the edge is kept",
    example,
    early,
  );
}

/** Counts groups of models that descend from each other; all of them are among some nodes, ascending, with all that is below these. */
function reportCycles(
  { ids }: ModelSnapshot,
  lineage: Lineage,
  { among, issues }: { among: Uint32Array; issues: Issues },
): void {
  const { labels, sizes } = strongComponents(below(among, lineage));
  const members = new Map<number, string[]>();
  for (let i = 0; i < labels.length; i++) {
    if (sizes[labels[i]] < 2) continue;
    const names = members.get(labels[i]) ?? [];
    if (names.length < 4) names.push(ids.at(among[i]));
    members.set(labels[i], names);
  }
  for (const names of members.values()) {
    issues.add(
      "cycle",
      "models that descend from each other; the edges are kept",
      names.join(", "),
    );
  }
}

/** The graph of some nodes, numbered anew in their order, where these have no child outside. */
function below(some: Uint32Array, { parent, child, nodes }: Lineage): Csr {
  const outside = 0xffffffff;
  const place = new Uint32Array(nodes).fill(outside);
  for (let i = 0; i < some.length; i++) place[some[i]] = i;
  const inside = parent.map((_, e) => e).filter((e) => place[parent[e]] !== outside);
  return buildCsr(
    some.length,
    inside.map((e) => place[parent[e]]),
    inside.map((e) => place[child[e]]),
  );
}

/** Counts missing parents, and apart those that would be found if case did not matter. */
function reportMissing(
  snapshot: ModelSnapshot,
  absent: ByteTable,
  { references, issues }: { references: number; issues: Issues },
): void {
  if (absent.size === 0) return;
  const names = absent.column();
  issues.add(
    "missingParent",
    "a reference to a parent that is not in the snapshot; counted, no edge",
    names.at(0),
    references,
  );
  for (let i = 0; i < names.length; i++) {
    const twin = snapshot.findCaseTwin(names.at(i));
    if (twin >= 0) {
      issues.add(
        "parentDiffersByCase",
        "a missing parent that differs from a model's id only by case; not joined",
        `${names.at(i)} / ${snapshot.ids.at(twin)}`,
      );
    }
  }
}
