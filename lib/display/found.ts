import { printable } from "./text_table.ts";

/** Longest text that a message quotes, in characters. */
const longest = 60;

/** What a value is, for a message: texts in quotes and cut, objects by what they are or by their first keys. */
export function found(what: unknown): string {
  if (typeof what === "string") {
    const text = what.length <= longest ? what : `${what.slice(0, longest)}…`;
    return printable(JSON.stringify(text));
  }
  if (typeof what === "bigint") return `${what}n`;
  if (typeof what === "function") return "a function";
  if (typeof what !== "object" || what === null) return String(what);
  if (Array.isArray(what)) return what.length === 0 ? "an empty array" : "an array";
  const name = nameOf(what);
  if (name !== "Object") return `${/^[AEIOU]/.test(name) ? "an" : "a"} ${name}`;
  const keys = Object.keys(what);
  if (keys.length === 0) return "an empty object";
  const first = keys.slice(0, 5).map((key) => found(key)).join(", ");
  return `an object with the key${keys.length === 1 ? "" : "s"} ${first}${
    keys.length > 5 ? ", …" : ""
  }`;
}

/** The name of an object's class, "Object" where it has none. */
function nameOf(what: object): string {
  const { constructor } = (Object.getPrototypeOf(what) ?? {}) as { constructor?: unknown };
  return typeof constructor === "function" && constructor.name !== ""
    ? printable(constructor.name)
    : "Object";
}
