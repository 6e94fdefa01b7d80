import type { AssetRecord } from "../../../source/asset_record.ts";

/** What a field of a record says, as text; null where the source knows nothing, knows of none or is silent. */
export function cellText({ cells }: Pick<AssetRecord, "cells">, field: string): string | null {
  const cell = Object.hasOwn(cells, field) ? cells[field] : undefined;
  return cell?.state === "known" && cell.value !== null ? [cell.value].flat().join(", ") : null;
}
