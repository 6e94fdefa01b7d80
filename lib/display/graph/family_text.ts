import type { HierarchyNode } from "d3";
import { relationNames } from "../../figure/theme.ts";
import { numberText, printable } from "../text_table.ts";
import type { FamilyMember } from "./family_hierarchy.ts";
import { familyWords } from "./family_words.ts";

/** A family as text for a terminal, a model a line, indented by generation. */
export function familyText(
  root: HierarchyNode<FamilyMember>,
  about: { models: number; simulated: boolean },
): string {
  const lines: string[] = [];
  root.eachBefore((node) => {
    const { id, relation, models: below } = node.data;
    const name = id === null ? `+ ${numberText(below)} more` : printable(id);
    const made = relation === null ? "" : ` (${relationNames[relation]})`;
    lines.push(branches(node) + name + made);
  });
  return [familyWords(root, about), ...lines].join("\n");
}

/** The lines of a tree in front of a name. */
function branches(node: HierarchyNode<FamilyMember>): string {
  if (node.parent === null) return "";
  let front = isLast(node) ? "└─ " : "├─ ";
  for (let above = node.parent; above.parent !== null; above = above.parent) {
    front = (isLast(above) ? "   " : "│  ") + front;
  }
  return front;
}

function isLast(node: HierarchyNode<FamilyMember>): boolean {
  return node.parent!.children!.at(-1) === node;
}
