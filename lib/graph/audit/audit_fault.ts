import type { AssetFault, AssetPlace } from "../../source/asset_fault.ts";
import type { AssetRecord } from "../../source/asset_record.ts";
import type { AssetSnapshot } from "../../snapshot/asset_snapshot.ts";

/** A fault of a snapshot of assets, and what can be done about it. */
export interface AuditFault extends AssetFault {
  /** More about it: what it was compared with; empty where there is no more. */
  detail: string;
  /** What a person might do. */
  suggestion: string;
  /**
   * What a corrected copy says in its place, null where it says nothing, and at how many of its places it does; no repair where it is
   * left to people, or the cell has an anchor, an alias or a tag.
   */
  repair: { to: string | null; places: number } | null;
  /** Other places that belong to the same fault. */
  also: AssetPlace[];
}

/** A fault before it is known whether a corrected copy repairs it. */
export type FoundFault = Omit<AuditFault, "repair">;

/** Where a field of a record is. */
export function fieldPlace({ file, line, name, lines }: AssetRecord, field: string): AssetPlace {
  const own = lines !== undefined && Object.hasOwn(lines.fields, field);
  return { file, line: own ? lines.fields[field] : line, asset: name, field };
}

/** Where a dependency of a record is. */
export function dependencyPlace(record: AssetRecord, i: number): AssetPlace {
  const place = fieldPlace(record, "dependencies");
  return { ...place, line: record.lines?.dependencies[i] ?? place.line };
}

/** A use of a name as a dependency. */
export interface Reference {
  /** The name. */
  dependency: string;
  /** Where it stands. */
  place: AssetPlace;
}

/** All references of a snapshot in the order of its records, repeats and all. */
export function referencesOf({ records }: Pick<AssetSnapshot, "records">): Reference[] {
  return records.flatMap((record) =>
    record.dependencies.map((dependency, i) => ({
      dependency,
      place: dependencyPlace(record, i),
    }))
  );
}

/** The first place at which each asset names each dependency. */
export class EdgePlaces {
  #places = new Map<string, Map<string, AssetPlace[]>>();

  /** Sorts the references of a snapshot. */
  constructor(references: readonly Reference[]) {
    for (const { dependency, place } of references) {
      const of = this.#places.get(place.asset) ?? new Map<string, AssetPlace[]>();
      this.#places.set(place.asset, of);
      const places = of.get(dependency);
      if (places === undefined) of.set(dependency, [place]);
      else places.push(place);
    }
  }

  /** Where an asset names a dependency; never empty for an edge of the documented graph. */
  of(dependency: string, asset: string): AssetPlace[] {
    return this.#places.get(asset)?.get(dependency) ?? [];
  }
}
