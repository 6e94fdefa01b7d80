import {
  alikeOrganizations,
  type AssetSnapshot,
  recordRules,
} from "../../snapshot/asset_snapshot.ts";
import type { AssetCell } from "../../source/asset_cell.ts";
import type { AssetRecord } from "../../source/asset_record.ts";
import { aliasKey } from "../assets.ts";
import { assetAdvice } from "./advice.ts";
import { fieldPlace, type FoundFault } from "./audit_fault.ts";

/**
 * Faults that show when records are compared: names that occur twice, assets whose names agree up to case and white space,
 * organizations that are spelt in several ways.
 */
export function nameFaults(snapshot: AssetSnapshot): FoundFault[] {
  return [
    ...duplicateNames(snapshot),
    ...assetTwins(snapshot),
    ...organizationSpellings(snapshot),
  ];
}

function duplicateNames({ records }: AssetSnapshot): FoundFault[] {
  const first = new Map<string, AssetRecord>();
  return records.flatMap((record): FoundFault[] => {
    const known = first.get(record.name);
    if (known === undefined) {
      first.set(record.name, record);
      return [];
    }
    return [{
      kind: "duplicateName",
      rule: recordRules.duplicateName,
      ...fieldPlace(record, "name"),
      found: record.name,
      ...verdict(known, record),
      also: [fieldPlace(known, "name")],
    }];
  });
}

/** Whether two records of one name look like one asset, and what to do then. */
function verdict(a: AssetRecord, b: AssetRecord): { detail: string; suggestion: string } {
  const text = (field: string) => [a, b].map(({ cells }) => textOf(cells[field]));
  const fields = [...new Set([...Object.keys(a.cells), ...Object.keys(b.cells)])];
  const differ = fields.filter((field) => text(field)[0] !== text(field)[1]);
  if (differ.length === 0) {
    return { detail: "all fields agree", suggestion: "the same record twice: remove one" };
  }
  const detail = `fields that differ: ${differ.join(", ")}`;
  const same = (field: string) => {
    const [left, right] = text(field).map(aliasKey);
    return left !== "" && left === right;
  };
  const apart = (field: string) => !text(field).includes("") && !same(field);
  if (!apart("type") && (same("url") || same("organization"))) {
    return { detail, suggestion: "probably one asset recorded twice: unite the records" };
  }
  // An organization that is called like the asset says nothing about who made it.
  const told = text("organization").every((name) => aliasKey(name) !== aliasKey(a.name));
  if (apart("type") || told && apart("organization")) {
    const field = apart("type") ? "type" : "organization";
    const [left, right] = text(field);
    return {
      detail: `${field} "${left}" and "${right}"; ${detail}`,
      suggestion: "probably two different things: give each a name of its own",
    };
  }
  return { detail, suggestion: "unclear whether it is one asset: compare the records" };
}

function textOf(cell: AssetCell | undefined): string {
  return cell?.state === "known" ? [cell.value ?? []].flat().join(", ") : "";
}

function assetTwins({ records, assets }: AssetSnapshot): FoundFault[] {
  const first = new Map(records.toReversed().map((record) => [record.name, record]));
  const groups = Map.groupBy(assets, ({ name }) => aliasKey(name));
  return [...groups.values()].filter((twins) => twins.length > 1).map((twins): FoundFault => {
    const [one, ...others] = twins.map(({ name }) => first.get(name)!);
    const [other, ...more] = others;
    return {
      kind: "assetTwin",
      rule: "assets whose names agree up to case and white space; two nodes",
      ...fieldPlace(other, "name"),
      found: twins.map(({ name }) => name).join(" / "),
      ...verdict(one, other),
      also: [one, ...more].map((record) => fieldPlace(record, "name")),
    };
  });
}

function organizationSpellings({ records }: AssetSnapshot): FoundFault[] {
  const uses = Map.groupBy(records, ({ organization }) => organization);
  return alikeOrganizations(records).map((spellings): FoundFault => {
    const sorted = spellings.toSorted((a, b) => uses.get(b)!.length - uses.get(a)!.length);
    const [place, ...also] = sorted.slice(1)
      .flatMap((spelling) => uses.get(spelling)!)
      .map((record) => fieldPlace(record, "organization"));
    const count = (spelling: string) => `${uses.get(spelling)!.length} "${spelling}"`;
    return {
      kind: "organizationSpelling",
      rule: recordRules.organizationSpelling,
      ...place,
      found: spellings.join(" / "),
      detail: `records: ${sorted.map(count).join(", ")}`,
      suggestion: assetAdvice.organizationSpelling,
      also,
    };
  });
}
