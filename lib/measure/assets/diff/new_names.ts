import { aliasKey } from "../../../graph/assets.ts";

/** Reads names of two snapshots alike where an asset was renamed between them; each takes a name of either. */
export interface NewNames {
  /** The later name of a renamed asset, any other name as it is. */
  exact: (name: string) => string;
  /** The same up to case and white space, without both. */
  alike: (name: string) => string;
}

/** The later names of renamed assets. */
export function newNames(renamed: readonly { before: string; after: string }[]): NewNames {
  const exact = new Map(renamed.map(({ before, after }) => [before, after]));
  const alike = new Map(renamed.map(({ before, after }) => [aliasKey(before), aliasKey(after)]));
  return {
    exact: (name) => exact.get(name) ?? name,
    alike: (name) => alike.get(aliasKey(name)) ?? aliasKey(name),
  };
}
