/** A row of the Hub as text: what textual measures compare. */
export interface RowText {
  /** `JSON.stringify` of the row, its keys in their own order, without the card. */
  text: string;
  /** The card (README), null where the row has none; half surrogates, which no UTF-8 file can hold, are U+FFFD. */
  card: string | null;
}

/**
 * The canonical text of a parsed row and its card, as packed snapshots keep them.
 *
 * @param row What `JSON.parse` made of a line; must be an object.
 */
export function rowText(row: object): RowText {
  const { modelCard, ...rest } = row as { modelCard?: unknown };
  return {
    text: JSON.stringify(rest),
    card: Object.hasOwn(row, "modelCard") && typeof modelCard === "string"
      ? modelCard.toWellFormed()
      : null,
  };
}
