import { isAutomatic } from "./hub_row.ts";

/** Characters of a card that kinship reads, and the fewest that a card must have. */
export const cardPrefix = 512;

/**
 * What kinship reads of a card (Laufer, Oderinwale and Kleinberg 2025, section 6): its first 512 characters (Unicode code
 * points); null for a card that is shorter or says that it was generated automatically.
 *
 * @example
 * ```ts
 * import { kinshipCard } from "kindred";
 * kinshipCard("# Too short"); // null
 * ```
 */
export function kinshipCard(card: string): string | null {
  let end = 0;
  for (let i = 0; i < cardPrefix; i++) {
    if (end >= card.length) return null;
    end += card.codePointAt(end)! > 0xffff ? 2 : 1;
  }
  return isAutomatic(card) ? null : card.slice(0, end);
}
