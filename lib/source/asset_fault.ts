/** Where something is in an input of assets. */
export interface AssetPlace {
  /** Name of the file. */
  file: string;
  /** Line of the field or of the item of a list, else of the record; in a CSV the row; counted from 1, 0 where it is not known. */
  line: number;
  /** Name of the asset, empty where it has none. */
  asset: string;
  /** Name of the field, empty where the whole record is meant. */
  field: string;
}

/** A fault of an input of assets, and where it is. */
export interface AssetFault extends AssetPlace {
  /** Stable identifier of the kind: `"accessCase"`. */
  kind: string;
  /** What was done about it, for people. */
  rule: string;
  /** What was found there, whole. */
  found: string;
}

/** Takes a fault; `example` is how a count by kind quotes it. */
export type ReportFault = (fault: AssetFault, example: string) => void;
