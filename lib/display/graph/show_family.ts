import type { FamilyTree } from "../../measure/family_trees.ts";
import type { Shown } from "../shown.ts";
import { familyHierarchy } from "./family_hierarchy.ts";
import type { ModelFamily } from "./family_of.ts";
import { familySvg } from "./family_svg.ts";
import { familyText } from "./family_text.ts";
import { showDrawing } from "./show_drawing.ts";

/** How a family is shown. */
export interface FamilyOptions {
  /** Most models that are named, those with the largest sub-trees; at most 500. @default 30 */
  nodes?: number;
}

/** Whether something is a family. */
export function isFamily(what: unknown): what is FamilyTree & Partial<ModelFamily> {
  const { root, models, edges } = Object(what) as Record<string, unknown>;
  return typeof root === "string" && typeof models === "number" && Array.isArray(edges);
}

/** A family as a tree that can be moved, zoomed and collapsed. */
export function showFamily(
  family: FamilyTree & Partial<ModelFamily>,
  { nodes = 30 }: FamilyOptions = {},
): Shown {
  const root = familyHierarchy(family, { nodes });
  const { models, simulated = false } = family;
  const about = family.about?.bind(family) ?? (() => []);
  return showDrawing(
    () => familySvg(root, { models, about, simulated }),
    () => familyText(root, { models }),
  );
}
