import { civilDate } from "../../core/civil_date.ts";
import { civilTime } from "../../core/time.ts";

/** Which commit of a repository is meant. */
export type CommitReference =
  | { kind: "head" }
  /** The last one up to the end of a day, UTC. */
  | { kind: "day"; day: string }
  /** The one whose hash begins so, in lower case. */
  | { kind: "commit"; hash: string };

/**
 * Reads what a person writes for a commit: 7 to 40 hexadecimal digits, a day such as 2023-03-20, or nothing for the newest.
 *
 * @throws {RangeError} when it is neither
 */
export function commitReference(at: string | undefined): CommitReference {
  if (at === undefined) return { kind: "head" };
  if (/^[0-9a-f]{7,40}$/i.test(at)) return { kind: "commit", hash: at.toLowerCase() };
  if (/^\d{4}-\d\d-\d\d$/.test(at)) {
    const [year, month, day] = at.split("-").map(Number);
    if (civilDate(civilTime(year, month, day, 0)) === at) return { kind: "day", day: at };
  }
  throw new RangeError(
    `found ${JSON.stringify(at)}, expected a day like 2023-03-20 or 7 to 40 digits of a commit`,
  );
}
