/**
 * What a person might do about each kind of fault; the kinds are those that the sources, the snapshots and the graphs count.
 *
 * @module
 */

/** Advice by kind for snapshots of assets. */
export const assetAdvice = {
  noName: "give the record a name, or remove it",
  noType: "write dataset, model or application",
  notARecord: "remove it, or make it a record with type, name and dependencies",
  mergeKey: "write the fields out in the record itself",
  fieldNotText: "give the field a name that is text",
  duplicateKey: "keep one of the two",
  raggedRow: "write as many cells as the header has; quote those with commas",
  unreadableList: "close the list: ['A', 'B']",
  dependencyText: "write a list: [A, B]",
  modalityUnsplit: "write what goes in and what comes out: image, text; text",
  sizeIsDate: "write the size; the date belongs into created_date",
  incompleteDate: "write year, month and day, or unknown with the year in the explanation",
  impossibleDate: "write a date that there is as YYYY-MM-DD, or unknown",
  otherAccess: "write open, limited, closed or unknown",
  accessCase: "write it without capitals",
  emptyCell: "write unknown, none or a value",
  explanationOnly: "add a value beside the explanation, unknown if it is not known",
  otherKey: "quote the text if a colon made it a key; else move it to a field of its own",
  cellNotText: "write text, a list, or value and explanation",
  misspeltUnknown: "write unknown",
  itemWithColon: "quote the item: its colon makes it a map",
  itemNotText: "remove the item, or write text",
  undocumentedDependency: "document it as an asset, or leave it as a stub",
  aliasOfAsset: "write the name as the asset has it",
  nearTwin: "write the asset's name if the same thing is meant",
  noAsset: "remove it, or name the asset that was used",
  stubSpelling: "write the name in one way",
  repeatedDependency: "name it once",
  selfLoop: "remove it, or name the earlier version that was used",
  newerDependency: "check both dates, and whether the dependant changed later",
  cycle: "remove the dependency that came later",
  duplicateName: "unite the records, or give two things two names",
  assetTwin: "unite them if they are one asset, else make the names differ more",
  organizationSpelling: "write the name in one way",
  undatedRecord: "give it a full date if it shall count before a day",
  laterRecord: "nothing to repair: the record is younger than the day that was asked for",
} as const;

/** Advice by kind for snapshots of models. */
export const modelAdvice = {
  unreadableRow: "fetch the input again; it may be cut",
  notUtf8: "write the file anew as UTF-8",
  notJson: "fetch the input again; it may be cut",
  notAnObject: "remove the line",
  noId: "fetch the row again from the Hub",
  badField: "fetch the row again from the Hub",
  impossibleDate: "fetch the row again from the Hub",
  placeholderDate: "leave it: the Hub does not know the date; leave it out of what needs dates",
  duplicateId: "keep the newest row of each id before packing",
  idsDifferByCase: "check which of them exist on the Hub; a renamed one may be listed twice",
  tagMissing: "nothing is lost; rebuild the tags where other programs read them",
  emptyParent: "name the parent in the model card's base_model",
  selfLoop: "name the parent, or nothing, in the model card's base_model",
  childBeforeParent: "check the parent: it may have been uploaded again or renamed",
  cycle: "remove the base_model of the older model's card",
  missingParent: "add the parent's row if it is public; it may be private, renamed or deleted",
  parentDiffersByCase: "write the parent's id in the case that the Hub uses",
} as const;

/** A kind of fault of assets. */
export type AssetFaultKind = keyof typeof assetAdvice;

/** Advice on a kind; a kind that no table knows gets none. */
export function adviceOn(kind: string, of: "assets" | "models"): string {
  const table: Record<string, string> = of === "assets" ? assetAdvice : modelAdvice;
  return Object.hasOwn(table, kind) ? table[kind] : "";
}
