import { join } from "node:path";
import { paths } from "../../paths.ts";
import { UsageError } from "../cli.ts";

/**
 * The notebooks that a person named, each once, in the order of their names.
 *
 * @throws {UsageError} when a name fits none
 */
export function notebookFiles(named: readonly string[]): string[] {
  const all = [...Deno.readDirSync(paths.notebooks)].map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb")).sort();
  if (named.length === 0) return all.map((name) => join(paths.notebooks, name));
  const files = named.flatMap((wanted) => {
    if (wanted.endsWith(".ipynb")) return [wanted];
    const found = all.filter((name) => name.startsWith(wanted));
    if (found.length === 0) throw new UsageError(`no notebook starts with "${wanted}"`);
    return found.map((name) => join(paths.notebooks, name));
  });
  return [...new Set(files)];
}
