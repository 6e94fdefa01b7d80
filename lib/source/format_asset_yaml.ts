import { stringify } from "yaml";
import type { AssetCell } from "./asset_cell.ts";
import { type AssetEdit, editedValue } from "./asset_edit.ts";
import type { AssetFault } from "./asset_fault.ts";
import type { AssetRecord } from "./asset_record.ts";

/** What {@link formatAssetYaml} must know beside the records. */
export interface FormatAssetYamlOptions {
  /** Repairs; `record` counts `records`. */
  edits: readonly AssetEdit[];
  /** Faults of the file, so that what stays faulty is written as it was. */
  faults: readonly AssetFault[];
}

/**
 * Records as YAML, for inputs whose YAML is not at hand (a CSV, a packed snapshot): every cell with its value and explanation,
 * without layout and comments. Read again they have the same cells, with the repairs made.
 */
export function formatAssetYaml(
  records: readonly AssetRecord[],
  { edits, faults }: FormatAssetYamlOptions,
): string {
  const byRecord = Map.groupBy(edits, ({ record }) => record);
  const shapes = new Map(
    faults
      .filter(({ kind }) => kind === "explanationOnly" || kind === "emptyCell")
      .map(({ kind, asset, field, line }) => [JSON.stringify([asset, field, line]), kind]),
  );
  const list = records.map((record, i) => {
    const own = new Map((byRecord.get(i) ?? []).map((edit) => [edit.field, edit]));
    return new Map(
      Object.entries(record.cells).map(([field, cell]) => {
        const line = record.lines?.fields[field] ?? record.line;
        const shape = shapes.get(JSON.stringify([record.name, field, line]));
        const edit = own.get(field);
        return [field, edit === undefined ? plain(cell, shape) : repaired(cell, edit)];
      }),
    );
  });
  return stringify(list, { indentSeq: false, aliasDuplicateObjects: false });
}

/** A cell as the reader takes it, text, list or map. */
function plain(cell: AssetCell, shape: string | undefined): unknown {
  const { explanation, repair } = cell;
  if (shape === "emptyCell") return {};
  if (shape === "explanationOnly") return { explanation };
  const value = valueOf(cell);
  if (explanation === null && repair === undefined) return value;
  return {
    value,
    ...(repair === undefined ? {} : { original: repair.original ?? "", repair: repair.kind }),
    ...(explanation === null ? {} : { explanation }),
  };
}

function repaired(cell: AssetCell, edit: AssetEdit): unknown {
  return {
    value: editedValue(edit),
    original: cell.repair?.original ?? valueOf(cell),
    repair: [cell.repair?.kind, edit.repair].filter((kind) => kind !== undefined).join(", "),
    ...(cell.explanation === null ? {} : { explanation: cell.explanation }),
  };
}

function valueOf({ state, value }: AssetCell): string | string[] {
  return value ?? (state === "none" ? [] : "");
}
