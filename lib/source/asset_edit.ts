/** A repair of one cell of a record: what the corrected copy says in its place. */
export interface AssetEdit {
  /** Name of the file. */
  file: string;
  /** Which usable record of the snapshot it is, from 0. */
  record: number;
  /** Name of the field. */
  field: string;
  /** Kinds of the faults that are repaired, with commas between them. */
  repair: string;
  /**
   * What takes the place of a text; or of each item of a list, null where the item goes. A list that would be left empty becomes
   * `unknown`, since nobody said that there is none.
   */
  to: string | (string | null)[];
}

/** What a cell says after an edit. */
export function editedValue({ to }: AssetEdit): string | string[] {
  if (typeof to === "string") return to;
  const left = to.filter((item) => item !== null);
  return left.length > 0 ? left : "unknown";
}
