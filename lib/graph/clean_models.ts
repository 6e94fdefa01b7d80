import { ByteTable, hashBytes, viewOf } from "../core/byte_table.ts";
import {
  type CleaningRule,
  type Exemption,
  exemptions,
  readCleaningRules,
  type RuleKind,
  ruleTest,
} from "../snapshot/cleaning_rules.ts";
import { nameBlocks, NameMatcher, nameOf } from "../snapshot/match_names.ts";
import type { ModelSnapshot } from "../snapshot/model_snapshot.ts";
import { type ModelSelection, selectModels } from "../snapshot/select_models.ts";
import { buildLineage } from "./build_lineage.ts";
import { type Lineage, relations } from "./lineage.ts";

/** Options of {@link cleanModels}. */
export interface CleanModelsOptions {
  /** The table of rules. @default the reviewed one, `readCleaningRules()` */
  rules?: readonly CleaningRule[];
  /** The lineage of the snapshot, where it has been built already. @default `buildLineage(snapshot).lineage` */
  lineage?: Lineage;
  /** So many children that no rule matches make a model a known one. @default 10 */
  knownChildren?: number;
}

/** What one rule did. */
export interface RuleCount {
  /** Its name. */
  rule: string;
  /** What it is about. */
  kind: RuleKind;
  /** Models that it matches and no rule before it does. */
  matched: number;
  /** Those that are left out. */
  removed: number;
  /** Those that are kept, by the exemption that keeps them. */
  kept: Record<Exemption, number>;
  /** Ids of the first models left out. */
  examples: string[];
}

/** What the cleaned tier leaves out, in numbers. */
export interface CleaningReport {
  /** Number of models of the raw snapshot. */
  readonly models: number;
  /** Number of models left out. */
  readonly removed: number;
  /** What each rule did, in the order of the table. */
  readonly rules: readonly RuleCount[];
  /** What became of the kept children of models that are left out. */
  readonly orphaned: {
    /** Edges of kept children that are gone: the reference counts as one to a missing parent. */
    readonly edges: number;
    /** Kept models that have lost every parent that they had in the snapshot. */
    readonly models: number;
  };
}

/** The cleaned tier of a snapshot, and what it leaves out. */
export interface Cleaning extends ModelSelection {
  /** One entry a row of the raw snapshot: 1 where it is kept. */
  readonly kept: Uint8Array;
  /** How many models which rule leaves out. */
  readonly report: CleaningReport;
}

/** The rules leave out every model. */
export class NothingKept extends RangeError {
  /** `NothingKept` */
  override name = "NothingKept";
}

const none = 255;
const examplesKept = 3;
const quantized = relations.indexOf("quantized");

/**
 * The cleaned tier of a snapshot: the models that the cleaning rules leave. The first rule of the table that matches
 * a model decides; the model is kept all the same where the rule spares it, being
 *
 * - `known`: at least `knownChildren` models that no rule matches name it as a parent;
 * - `first`: the earliest of two or more models of the same name (without regard to the case of ASCII letters; models without
 *   a date come last, then the order of the rows counts);
 * - `mirror`: called as a known model is;
 * - `quantiser`: called as a known model is with the name of a quantisation behind, or declared a quantisation of one.
 *
 * What a parent that is left out declared, its children did not: a kept child is not tied to its grandparent. Its reference
 * counts as one to a missing parent, as if the parent had never been in the snapshot, and it heads a family where it has no
 * other parent; `report.orphaned` counts these. Known models are kept so that they are few.
 *
 * Time O(bytes of the ids + tags + edges).
 *
 * @throws {NothingKept} when no model is left
 * @throws {RangeError} when there are more than 254 rules
 *
 * @example
 * ```ts
 * import { cleanModels, readModelBlocks } from "kindred";
 * const rows = '{"id":"a/bert","library_name":"transformers"}\n{"id":"b/bert-1719012345","library_name":"peft"}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { snapshot: cleaned, report } = await cleanModels(snapshot);
 * cleaned.tier; // "cleaned"
 * report.removed; // 1
 * ```
 */
export async function cleanModels(
  snapshot: ModelSnapshot,
  { rules, lineage = buildLineage(snapshot).lineage, knownChildren = 10 }: CleanModelsOptions = {},
): Promise<Cleaning> {
  const table = rules ?? await readCleaningRules();
  if (table.length > 254) {
    throw new RangeError(`Cannot clean models by ${table.length} rules, expected at most 254`);
  }
  const ruleOf = matchRows(snapshot, table);
  const known = knownModels(lineage, { ruleOf, knownChildren });
  const reprieve = exempt(snapshot, { table, ruleOf, known, lineage });
  const counts = table.map(({ rule, kind }): RuleCount => ({
    rule,
    kind,
    matched: 0,
    removed: 0,
    kept: { known: 0, first: 0, mirror: 0, quantiser: 0 },
    examples: [],
  }));
  const kept = new Uint8Array(snapshot.models).fill(1);
  for (let row = 0; row < kept.length; row++) {
    if (ruleOf[row] === none) continue;
    const count = counts[ruleOf[row]];
    count.matched++;
    if (reprieve[row] !== none) {
      count.kept[exemptions[reprieve[row]]]++;
      continue;
    }
    kept[row] = 0;
    count.removed++;
    if (count.examples.length < examplesKept) count.examples.push(snapshot.ids.at(row));
  }
  if (!kept.includes(1)) {
    const rules = counts.filter(({ removed }) => removed > 0)
      .map(({ rule, removed }) => `${rule} ${removed}`);
    throw new NothingKept(
      `Cannot clean "${snapshot.name}": the rules leave out all ${snapshot.models} models (${
        rules.join(", ")
      }); the raw tier has them`,
    );
  }
  const selection = selectModels(snapshot, kept);
  return {
    ...selection,
    snapshot: Object.freeze<ModelSnapshot>({ ...selection.snapshot, tier: "cleaned" }),
    kept,
    report: {
      models: snapshot.models,
      removed: snapshot.models - selection.rows.length,
      rules: counts.filter(({ kind }) => kind !== "keep"),
      orphaned: orphaned(lineage, kept),
    },
  };
}

/** Number of the first rule that matches each row, `none` where no rule does. */
function matchRows(snapshot: ModelSnapshot, table: readonly CleaningRule[]): Uint8Array {
  const ruleOf = new Uint8Array(snapshot.models).fill(none);
  const matcher = new NameMatcher(table);
  for (const block of nameBlocks(snapshot.ids)) {
    matcher.match(block, (row, rule) => ruleOf[row] = rule);
  }
  const empty = table.findIndex(({ rule }) => rule === "empty");
  if (empty < 0) return ruleOf;
  const { task, library, tags, tagOffsets, tagCodes } = snapshot;
  const telling = new Uint8Array(tags.length);
  for (let tag = 0; tag < tags.length; tag++) {
    telling[tag] = Number(/^(?:license:|base_model:)./s.test(tags.at(tag)));
  }
  for (let row = 0; row < ruleOf.length; row++) {
    if (ruleOf[row] !== none || task[row] >= 0 || library[row] >= 0) continue;
    let t = tagOffsets[row];
    while (t < tagOffsets[row + 1] && telling[tagCodes[t]] === 0) t++;
    if (t === tagOffsets[row + 1]) ruleOf[row] = empty;
  }
  return ruleOf;
}

/** 1 for the models that enough children stand for. */
function knownModels(
  lineage: Lineage,
  { ruleOf, knownChildren }: { ruleOf: Uint8Array; knownChildren: number },
): Uint8Array {
  const known = new Uint8Array(lineage.nodes);
  const { parent, child } = lineage;
  for (let e = 0, standing = 0; e < lineage.edges; e++) {
    if (e === 0 || parent[e] !== parent[e - 1]) standing = 0;
    if (ruleOf[child[e]] === none) standing++;
    if (standing >= knownChildren) known[parent[e]] = 1;
  }
  return known;
}

interface Matched {
  table: readonly CleaningRule[];
  ruleOf: Uint8Array;
  known: Uint8Array;
  lineage: Lineage;
}

/** Number of the exemption that keeps each matched row, `none` where it goes. */
function exempt(snapshot: ModelSnapshot, { table, ruleOf, known, lineage }: Matched): Uint8Array {
  const { ids } = snapshot;
  const spares = exemptions.map((name) => table.map(({ spared }) => spared.includes(name)));
  const ending = table.find(({ rule }) => rule === "quantiser");
  const suffix = ending === undefined ? null : ruleTest(ending);
  const firsts = firstUploaders(snapshot, (row) => ruleOf[row] !== none && spares[1][ruleOf[row]]);
  const knownNames = new Set<string>();
  for (let row = 0; row < known.length; row++) {
    if (known[row] === 1) knownNames.add(nameOf(ids, row));
  }
  const reprieve = new Uint8Array(ruleOf.length).fill(none);
  for (let row = 0; row < ruleOf.length; row++) {
    const rule = ruleOf[row];
    if (rule === none) continue;
    if (spares[0][rule] && known[row] === 1) reprieve[row] = 0;
    else if (spares[1][rule] && firsts[row] === 1) reprieve[row] = 1;
    else if (spares[2][rule] || spares[3][rule]) {
      const name = nameOf(ids, row);
      if (spares[2][rule] && knownNames.has(name)) reprieve[row] = 2;
      else if (spares[3][rule]) {
        const plain = suffix === null ? name : name.replace(suffix, "");
        if ((plain !== name && knownNames.has(plain)) || quantises(lineage, { row, known })) {
          reprieve[row] = 3;
        }
      }
    }
  }
  return reprieve;
}

/** Whether a model declares that it quantises a known one. */
function quantises(
  { parents, relation }: Lineage,
  { row, known }: { row: number; known: Uint8Array },
): boolean {
  for (let i = parents.offsets[row]; i < parents.offsets[row + 1]; i++) {
    if (relation[parents.edges[i]] === quantized && known[parents.targets[i]] === 1) return true;
  }
  return false;
}

/** 1 for the earliest of two or more models of a name, for the names of the rows that are asked for. */
function firstUploaders(
  { ids, created, models }: ModelSnapshot,
  asked: (row: number) => boolean,
): Uint8Array {
  const names = new ByteTable();
  for (const { row, rows, bytes, starts } of nameBlocks(ids)) {
    const view = viewOf(bytes);
    for (let i = 0; i < rows; i++) {
      if (!asked(row + i)) continue;
      const end = starts[i + 1] - 1;
      names.intern(view, starts[i], end, hashBytes(view, starts[i], end));
    }
  }
  const uses = new Uint32Array(names.size);
  const earliest = new Uint32Array(names.size);
  for (const { row, rows, bytes, starts } of nameBlocks(ids)) {
    const view = viewOf(bytes);
    for (let i = 0; i < rows; i++) {
      const end = starts[i + 1] - 1;
      const name = names.find(view, starts[i], end, hashBytes(view, starts[i], end));
      if (name < 0) continue;
      if (uses[name]++ === 0 || precedes(created[row + i], created[earliest[name]])) {
        earliest[name] = row + i;
      }
    }
  }
  const first = new Uint8Array(models);
  for (let name = 0; name < uses.length; name++) if (uses[name] > 1) first[earliest[name]] = 1;
  return first;
}

function precedes(a: number, b: number): boolean {
  return a < b || (Number.isNaN(b) && !Number.isNaN(a));
}

/** Counts the kept children of models that are left out. */
function orphaned(lineage: Lineage, kept: Uint8Array): CleaningReport["orphaned"] {
  const { parents } = lineage;
  let edges = 0;
  let models = 0;
  for (let row = 0; row < kept.length; row++) {
    if (kept[row] === 0 || parents.offsets[row] === parents.offsets[row + 1]) continue;
    let lost = 0;
    for (let i = parents.offsets[row]; i < parents.offsets[row + 1]; i++) {
      lost += 1 - kept[parents.targets[i]];
    }
    edges += lost;
    models += Number(lost === parents.offsets[row + 1] - parents.offsets[row]);
  }
  return { edges, models };
}
