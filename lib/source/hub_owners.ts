import { readFile } from "node:fs/promises";
import { paths } from "../paths.ts";
import { readCsv } from "./csv.ts";

/** Accounts of the Hub under which organizations release: accounts in lower case by the organization's name. */
export type HubOwners = ReadonlyMap<string, ReadonlySet<string>>;

const header = "organization,owner,reason";

/**
 * Reads the table of accounts, `data/hub_owners.csv`: which accounts of the Hub are an organization's own, each row with its reason.
 * Organizations are spelt as {@link readOrganizationText} gives them.
 *
 * @param path The table. @default paths.hubOwners
 * @throws {SyntaxError} as {@link parseHubOwners}
 *
 * @example
 * ```ts
 * import { readHubOwners } from "kindred";
 * (await readHubOwners()).get("Meta")?.has("meta-llama"); // true
 * ```
 */
export async function readHubOwners(path: string = paths.hubOwners): Promise<HubOwners> {
  return await parseHubOwners(await readFile(path, "utf8"), { source: path });
}

/**
 * Parses the table of accounts: CSV with the columns organization, owner and reason, one row a line.
 *
 * @throws {SyntaxError} naming file and line: another header, another number of cells, an empty cell, a row that comes twice
 *
 * @example
 * ```ts
 * import { parseHubOwners } from "kindred";
 * (await parseHubOwners("organization,owner,reason\nMeta,facebook,its own\n")).size; // 1
 * ```
 */
export async function parseHubOwners(
  text: string,
  { source = "the table of accounts" }: {
    /** @default "the table of accounts" */ source?: string;
  } = {},
): Promise<HubOwners> {
  const owners = new Map<string, Set<string>>();
  let line = 0;
  const refuse = (why: string): never => {
    throw new SyntaxError(`Cannot read ${source}:${line}: ${why}`);
  };
  for await (const cells of readCsv([text], { source })) {
    line++;
    if (line === 1) {
      if (cells.join(",") !== header) {
        refuse(`found ${JSON.stringify(cells.join(","))}, expected the header "${header}"`);
      }
      continue;
    }
    if (cells.length !== 3) refuse(`found ${cells.length} cells, expected 3`);
    const [organization, owner, reason] = cells.map((cell) => cell.trim());
    if (organization === "" || owner === "" || reason === "") {
      refuse(`a cell of ${JSON.stringify(cells.join(","))} is empty`);
    }
    const of = owners.get(organization) ?? new Set();
    const key = owner.toLowerCase();
    if (of.has(key)) refuse(`${JSON.stringify(owner)} of ${JSON.stringify(organization)} again`);
    owners.set(organization, of.add(key));
  }
  if (line === 0) refuse(`found nothing, expected the header "${header}"`);
  return owners;
}
