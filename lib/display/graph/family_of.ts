import { modelRow } from "../../graph/find_model.ts";
import { Lineage, type LineageGraph } from "../../graph/lineage.ts";
import { neighbourhood } from "../../graph/neighbourhood.ts";
import { type FamilyTree, familyTrees } from "../../measure/family_trees.ts";
import type { ModelSnapshot } from "../../snapshot/model_snapshot.ts";
import { checkOptions } from "../check_options.ts";
import { found } from "../found.ts";
import { traitColumn, traitNames } from "../../snapshot/traits.ts";

/** A family with what its models say of themselves. */
export interface ModelFamily extends FamilyTree {
  /** Whether the models were simulated; the drawing then says so. */
  simulated: boolean;
  /** What is known of a model, by name: its traits, when it was created, its downloads. */
  about(id: string): [name: string, value: string][];
}

/**
 * The family of a model, for {@link show}: its `models` counts all that are joined to the model by edges in any direction; its edges, which
 * are what is drawn, are those below the model.
 *
 * @param root Id of the model.
 * @throws {TypeError} when the first argument is not a snapshot with its lineage, or the id no text
 * @throws {RangeError} when there is no such model or graph
 *
 * @example
 * ```ts
 * import { buildLineage, familyOf, readModelBlocks, show } from "kindred";
 * const rows = '{"id":"a","tags":["license:mit"]}\n{"id":"b","tags":["base_model:finetune:a"]}\n';
 * const snapshot = await readModelBlocks([new TextEncoder().encode(rows)], { name: "two" });
 * const { lineage } = buildLineage(snapshot);
 * const family = familyOf({ snapshot, lineage }, "a");
 * family.about("a"); // [["license", "mit"]]
 * console.log(show(family));
 * ```
 */
export function familyOf(
  source: { snapshot: ModelSnapshot; lineage: Lineage },
  root: string,
  options: {
    /** Which relations count. @default "no-merge" */
    graph?: LineageGraph;
  } = {},
): ModelFamily {
  const { snapshot, lineage } = Object(source) as Partial<typeof source>;
  if (typeof snapshot?.find !== "function" || !(lineage instanceof Lineage)) {
    throw new TypeError(
      `Cannot find a family: found ${
        found(source)
      }, expected an object with the keys "snapshot" and "lineage"`,
    );
  }
  if (typeof root !== "string") {
    throw new TypeError(`Cannot find a family: found ${found(root)}, expected the id of a model`);
  }
  checkOptions(options, { action: "find a family", known: ["graph"] });
  const { graph = "no-merge" } = options;
  const row = modelRow(snapshot, root);
  const view = lineage.view(graph);
  const models = neighbourhood(lineage, [row], {
    hops: Infinity,
    has: (edge) => view.has(edge),
  }).length;
  const [tree] = familyTrees(view, [{ component: 0, models, root: row }], { ids: snapshot.ids });
  return { ...tree, simulated: snapshot.origin.simulated, about: describer(snapshot) };
}

/** Makes a function that says what is known of a model. */
function describer(snapshot: ModelSnapshot): ModelFamily["about"] {
  const columns = traitNames.map((trait) => [trait, traitColumn(snapshot, trait)] as const);
  return (id) => {
    const row = snapshot.find(id);
    if (row < 0) return [];
    const found: [string, string][] = [];
    for (const [trait, { offsets, codes, values }] of columns) {
      const own = [...new Set(codes.subarray(offsets[row], offsets[row + 1]))];
      if (own.length > 0) found.push([trait, own.map((code) => values.at(code)).join(", ")]);
    }
    const created = snapshot.created[row];
    if (!Number.isNaN(created)) {
      found.push(["created", new Date(created).toISOString().slice(0, 10)]);
    }
    const downloads = snapshot.downloads[row];
    if (!Number.isNaN(downloads)) {
      found.push(["downloads in 30 days", downloads.toLocaleString("en-US")]);
    }
    return found;
  };
}
