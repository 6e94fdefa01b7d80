import { Issues } from "../core/issues.ts";
import { civilTime } from "../core/time.ts";
import { type AssetSnapshot, buildAssetSnapshot } from "./asset_snapshot.ts";

/** Options of {@link assetsUntil}. */
export interface AssetsUntilOptions {
  /**
   * Whether records without a full date are left out, as nothing says that they existed on the day, or kept. Keep them to compare the
   * cut with the whole snapshot, where they would look new otherwise.
   * @default "leave out"
   */
  undated?: "leave out" | "keep";
}

/** The records of a snapshot up to a day. */
export interface AssetsUntil {
  /** Those records, their assets; its name says the day, its origin is that of the whole snapshot. */
  snapshot: AssetSnapshot;
  /** The last day, as `2023-03-20`. */
  until: string;
  /** Records that were created later, and are left out. */
  later: number;
  /** Records without a full date. */
  undated: number;
  /** What became of those. */
  undatedAre: "left out" | "kept";
}

const day = 86_400_000;

/**
 * The part of a snapshot that was created up to a day, that day included: one snapshot can then stand for two. It is what today's data
 * say of the past, not what was written then. Its issues say how many records are left out; faults of single records are not repeated.
 *
 * @param date A day as `2023-03-20`.
 * @throws {SyntaxError} when the date is no such day
 *
 * @example
 * ```ts
 * import { assetsUntil, readAssetSnapshot } from "kindred";
 * const path = await Deno.makeTempFile();
 * const pile = "- type: dataset\n  name: The Pile\n  created_date: 2021-01-01\n";
 * const opt = "- type: model\n  name: OPT\n  created_date: 2022-05-01\n  dependencies: [The Pile]\n";
 * await Deno.writeTextFile(path, pile + opt);
 * const { snapshot, later } = assetsUntil(await readAssetSnapshot(path), "2021-12-31");
 * [snapshot.assets.length, later]; // [1, 1]
 * await Deno.remove(path);
 * ```
 */
export function assetsUntil(
  snapshot: AssetSnapshot,
  date: string,
  { undated: choice = "leave out" }: AssetsUntilOptions = {},
): AssetsUntil {
  const end = startOf(date) + day;
  const keep = choice === "keep";
  const issues = new Issues();
  let [later, undated] = [0, 0];
  const records = snapshot.records.filter(({ name, created }) => {
    if (Number.isNaN(created)) {
      undated++;
      if (!keep) issues.add("undatedRecord", "a record without a full date; left out", name);
      return keep;
    }
    if (created < end) return true;
    later++;
    issues.add("laterRecord", `a record created after ${date}; left out`, name);
    return false;
  });
  return {
    snapshot: buildAssetSnapshot(records, {
      name: `${snapshot.name} until ${date}`,
      origin: snapshot.origin,
      issues: issues.list(),
    }),
    until: date,
    later,
    undated,
    undatedAre: keep ? "kept" : "left out",
  };
}

/** First millisecond of a day. */
function startOf(date: string): number {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  const start = match === null
    ? NaN
    : civilTime(Number(match[1]), Number(match[2]), Number(match[3]), 0);
  if (Number.isNaN(start)) {
    throw new SyntaxError(
      `Cannot cut the snapshot: the date is ${
        JSON.stringify(date)
      }, expected a day such as "2023-03-20"`,
    );
  }
  return start;
}
