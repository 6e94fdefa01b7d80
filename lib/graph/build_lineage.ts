import { ByteTable } from "../core/byte_table.ts";
import { grown } from "../core/grow.ts";
import { type IssueCount, Issues } from "../core/issues.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { strongComponents } from "./components.ts";
import { Lineage, relations } from "./lineage.ts";
import { longestPath } from "./longest_path.ts";

const prefix = "base_model:";
const missing = 0x80000000;

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

/** `base_model:quantized:P` as the code of its relation and P; a tag that names no relation is untyped (0). */
function parseReference(tag: string): { relation: number; parent: string } {
  const rest = tag.slice(prefix.length);
  for (let relation = 1; relation < relations.length; relation++) {
    const name = `${relations[relation]}:`;
    if (rest.startsWith(name)) return { relation, parent: rest.slice(name.length) };
  }
  return { relation: 0, parent: rest };
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
  const { models, tags, tagOffsets, tagCodes, created } = snapshot;
  const issues = new Issues();
  // For each distinct tag: -1 no reference; else the parent's row, or `missing` + the code of its name.
  const targetOf = new Float64Array(tags.length).fill(-1);
  const relationOf = new Uint8Array(tags.length);
  const absent = new ByteTable();
  for (let tag = 0; tag < tags.length; tag++) {
    if (!startsWithPrefix(snapshot, tag)) continue;
    const { relation, parent } = parseReference(tags.at(tag));
    if (parent === "") {
      issues.add("emptyParent", "a lineage tag that names no parent; ignored", tags.at(tag));
      continue;
    }
    const row = snapshot.find(parent);
    targetOf[tag] = row >= 0 ? row : missing + absent.internString(parent);
    relationOf[tag] = relation;
  }
  let parents = new Uint32Array(Math.max(1024, models >> 2));
  let children = new Uint32Array(parents.length);
  let kinds = new Uint8Array(parents.length);
  let edges = 0;
  let selfLoops = 0;
  let missingParentReferences = 0;
  const targets: number[] = [];
  const found: number[] = [];
  for (let child = 0; child < models; child++) {
    targets.length = 0;
    found.length = 0;
    for (let t = tagOffsets[child]; t < tagOffsets[child + 1]; t++) {
      const target = targetOf[tagCodes[t]];
      if (target < 0) continue;
      const relation = relationOf[tagCodes[t]];
      const at = targets.indexOf(target);
      if (at < 0) {
        targets.push(target);
        found.push(relation);
      } else if (relation > found[at]) found[at] = relation;
    }
    for (let i = 0; i < targets.length; i++) {
      const target = targets[i];
      if (target >= missing) {
        missingParentReferences++;
        continue;
      }
      if (target === child) {
        selfLoops++;
        issues.add(
          "selfLoop",
          "a model that names itself as parent; the reference is dropped",
          snapshot.ids.at(child),
        );
        continue;
      }
      if (edges === parents.length) {
        parents = grown(parents, edges + 1);
        children = grown(children, edges + 1);
        kinds = grown(kinds, edges + 1);
      }
      parents[edges] = target;
      children[edges] = child;
      kinds[edges++] = found[i];
    }
  }
  const time = new Float64Array(edges);
  let early = 0;
  let example = "";
  for (let e = 0; e < edges; e++) {
    time[e] = created[children[e]];
    if (time[e] < created[parents[e]]) {
      if (early++ === 0) {
        example = `${snapshot.ids.at(children[e])} before ${snapshot.ids.at(parents[e])}`;
      }
    }
  }
  if (early > 0) {
    issues.add(
      "childBeforeParent",
      "a child created before its parent; the edge is kept",
      example,
      early,
    );
  }
  reportMissing(snapshot, absent, { references: missingParentReferences, issues });
  const lineage = new Lineage(models, {
    parent: parents.subarray(0, edges),
    child: children.subarray(0, edges),
    relation: kinds.subarray(0, edges),
    time,
  });
  const path = longestPath(lineage.children);
  if (path === null) reportCycles(snapshot, lineage, { issues });
  return {
    lineage,
    selfLoops,
    missingParentReferences,
    missingParents: absent.size,
    longestPath: path,
    issues: issues.list(),
  };
}

const prefixBytes = new TextEncoder().encode(prefix);

function startsWithPrefix({ tags }: ModelSnapshot, tag: number): boolean {
  const start = tags.starts[tag];
  if (tags.ends[tag] - start < prefixBytes.length) return false;
  for (let i = 0; i < prefixBytes.length; i++) {
    if (tags.bytes[start + i] !== prefixBytes[i]) return false;
  }
  return true;
}

/** Counts groups of models that descend from each other. */
function reportCycles(
  { ids }: ModelSnapshot,
  lineage: Lineage,
  { issues }: { issues: Issues },
): void {
  const { labels, sizes } = strongComponents(lineage.children);
  const members = new Map<number, string[]>();
  for (let u = 0; u < labels.length; u++) {
    if (sizes[labels[u]] < 2) continue;
    const names = members.get(labels[u]) ?? [];
    if (names.length < 4) names.push(ids.at(u));
    members.set(labels[u], names);
  }
  for (const names of members.values()) {
    issues.add(
      "cycle",
      "models that descend from each other; the edges are kept",
      names.join(", "),
    );
  }
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
