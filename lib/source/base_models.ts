import { parseLiteral } from "./literal.ts";

/** What begins a tag that names a parent. */
const prefix = "base_model:";
const relations = ["finetune", "quantized", "adapter", "merge"];

/**
 * The tags that the Hub's field `baseModels` stands for, `base_model:ID` and `base_model:RELATION:ID` for each parent, in its order; a relation that
 * is none of the Hub's four gives the first only.
 *
 * @param value `{relation, models: [{id}]}`, that as JSON or as a Python literal, or the tags themselves; undefined for none.
 * @throws {SyntaxError} when it is something else; the message begins with the field's name
 */
export function baseModelTags(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value) && value.every((tag) => typeof tag === "string" && isTag(tag))) {
    return value;
  }
  const whole = typeof value === "string" ? parse(value) : value;
  const parsed = Array.isArray(whole) ? whole[0] : whole;
  if (parsed === null || parsed === undefined) return undefined;
  const { relation, models } = typeof parsed === "object"
    ? parsed as { relation?: unknown; models?: unknown }
    : { models: parsed };
  // Tables write a model without parents as a struct of nulls as well.
  if (models === null || models === undefined) return [];
  const ids = Array.isArray(models) ? models.map((model) => model?.id) : [null];
  if (!ids.every((id) => typeof id === "string")) {
    throw new SyntaxError(`baseModels: found ${shown(parsed)}, wanted {relation, models: [{id}]}`);
  }
  const typed = typeof relation === "string" && relations.includes(relation);
  return ids.flatMap((id) => typed ? [prefix + id, `${prefix}${relation}:${id}`] : [prefix + id]);
}

/** Values of a Parquet column by their tags, which take less memory; one that is none stays as text, for its row to be refused. */
export function compactBaseModels(values: ArrayLike<unknown>): (string[] | string | null)[] {
  return Array.from(values, (value) => {
    try {
      return baseModelTags(value) ?? null;
    } catch {
      return shown(value);
    }
  });
}

function isTag(text: string): boolean {
  return text.startsWith(prefix);
}

function parse(text: string): unknown {
  try {
    return parseLiteral(text);
  } catch (cause) {
    throw new SyntaxError(`baseModels: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

function shown(value: unknown): string {
  const text = typeof value === "string"
    ? value
    : JSON.stringify(value, (_, part) => typeof part === "bigint" ? `${part}` : part);
  return text.slice(0, 60);
}
