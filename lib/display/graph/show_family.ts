import { type Relation, relations } from "../../graph/lineage.ts";
import type { FamilyTree } from "../../measure/family_trees.ts";
import { checkCount, checkOptions } from "../check_options.ts";
import { found } from "../found.ts";
import type { Shown } from "../shown.ts";
import { familyHierarchy } from "./family_hierarchy.ts";
import type { ModelFamily } from "./family_of.ts";
import { familySvg } from "./family_svg.ts";
import { familyText } from "./family_text.ts";
import { showDrawing } from "./show_drawing.ts";

/** How a family is shown. */
export interface FamilyOptions {
  /**
   * Most models that are named, the root among them: those with the largest sub-trees. What stands for several others ("+ 12 more") is not
   * counted. At most 500.
   * @default 30
   */
  nodes?: number;
}

/** Whether something is a family. */
export function isFamily(what: unknown): what is FamilyTree & Partial<ModelFamily> {
  const { root, models, edges } = Object(what) as Record<string, unknown>;
  return typeof root === "string" && typeof models === "number" && Array.isArray(edges);
}

/**
 * A family as a tree that can be moved, zoomed and collapsed.
 *
 * @throws {TypeError} when the options or the parts of the family are not of their shape
 * @throws {RangeError} when a number is out of range, a relation unknown, or an edge begins nowhere
 */
export function showFamily(
  family: FamilyTree & Partial<ModelFamily>,
  options: FamilyOptions = {},
): Shown {
  checkOptions(options, { action: "show a family", known: ["nodes"] });
  checkFamily(family);
  const { nodes = 30 } = options;
  const root = familyHierarchy(family, { nodes });
  const { models, simulated = false } = family;
  const about = family.about?.bind(family) ?? (() => []);
  return showDrawing(
    () => familySvg(root, { models, about, simulated }),
    () => familyText(root, { models, simulated }),
  );
}

/** Checks what a person may have put together by hand. */
function checkFamily({ root, models, edges, about }: FamilyTree & Partial<ModelFamily>): void {
  const action = `Cannot show the family of ${found(root)}`;
  checkCount("models", models, {
    action: `show the family of ${found(root)}`,
    least: 1,
    most: 2 ** 32,
  });
  if (about !== undefined && typeof about !== "function") {
    throw new TypeError(
      `${action}: found ${found(about)} as "about", expected a function of an id`,
    );
  }
  edges.forEach((edge, i) => {
    const { parent, child, relation } = Object(edge) as Record<string, unknown>;
    if (typeof parent !== "string" || typeof child !== "string") {
      throw new TypeError(
        `${action}: found ${
          found(edge)
        } as edge ${i}, expected an object with the ids "parent" and "child" and a "relation"`,
      );
    }
    if (!relations.includes(relation as Relation)) {
      throw new RangeError(
        `${action}: found the relation ${found(relation)} of ${found(child)}, expected one of ${
          relations.map((known) => `"${known}"`).join(", ")
        }`,
      );
    }
  });
}
