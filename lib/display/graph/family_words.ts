import type { HierarchyNode } from "d3";
import { count, plural } from "../../figure/format.ts";
import type { FamilyMember } from "./family_hierarchy.ts";

/** What a drawn family is, in a sentence or three: the size of the whole, what of it is below the root, what is named. */
export function familyWords(
  root: HierarchyNode<FamilyMember>,
  { models, simulated }: { models: number; simulated: boolean },
): string {
  const below = root.data.models - 1;
  const members = root.descendants().map(({ data }) => data);
  const drawn = members.filter(({ id }) => id !== null).length;
  const merged = members.filter(({ others }) => others.length > 0).length;
  const parts = [
    below === 0 ? "none below this one" : `${count(below)} below this one`,
    ...below === 0 ? [] : [`${plural(root.height, "generation")} shown`],
    ...drawn <= below
      ? [
        drawn === 1
          ? "it alone is named"
          : `the ${count(drawn)} with the largest sub-trees are named`,
      ]
      : [],
  ];
  const note = merged === 0
    ? ""
    : ` ${plural(merged, "named model")} ${
      merged === 1 ? "has" : "have"
    } several parents here and ${merged === 1 ? "hangs" : "hang"} below the first.`;
  return `${simulated ? "Simulated data. " : ""}Family of ${plural(models, "model")}; ${
    parts.join(", ")
  }.${note}`;
}
