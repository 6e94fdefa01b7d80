import { alikeNames } from "../graph/alike_names.ts";
import { found } from "./found.ts";

/**
 * Checks that options are an object of known keys.
 *
 * @param action What cannot be done otherwise, such as "show rows".
 * @throws {TypeError} when they are not, or a key is misspelt
 */
export function checkOptions(
  options: unknown,
  { action, known }: { action: string; known: readonly string[] },
): void {
  const names = known.map((key) => `"${key}"`).join(", ");
  const wanted = known.length === 0 ? "no options" : `an object of ${names}`;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new TypeError(
      `Cannot ${action} with these options: found ${found(options)}, expected ${wanted}`,
    );
  }
  const other = Object.keys(options).find((key) => !known.includes(key));
  if (other === undefined) return;
  const [near] = alikeNames(other, { names: known, n: 1 });
  const hint = near === undefined ? `expected ${wanted}` : `did you mean "${near}"?`;
  throw new TypeError(`Cannot ${action} with the option ${found(other)}: ${hint}`);
}

/**
 * Checks an option that counts something.
 *
 * @throws {TypeError} when it is not a number
 * @throws {RangeError} when it is not whole, or not in the range
 */
export function checkCount(
  option: string,
  value: unknown,
  { action, least = 0, most = Infinity }: {
    action: string;
    /** @default 0 */ least?: number;
    /** Infinity: that too may be asked for. @default Infinity */ most?: number;
  },
): void {
  const isCount = Number.isInteger(value) || (value === Infinity && most === Infinity);
  if (isCount && Number(value) >= least && Number(value) <= most) return;
  const wanted = most === Infinity
    ? `a whole number of at least ${least}, or Infinity`
    : `a whole number from ${least} to ${most}`;
  const Refused = typeof value === "number" ? RangeError : TypeError;
  throw new Refused(
    `Cannot ${action} with the option "${option}": found ${found(value)}, expected ${wanted}`,
  );
}
