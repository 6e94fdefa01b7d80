import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { paths } from "../../paths.ts";
import { UsageError } from "../cli.ts";

/**
 * The notebooks that a person named, each once: files as they are, else those of the project whose names start so, in the order of their names.
 *
 * @param named Each a file, or how names start; a digit alone is a number, so that `1` is 01 and not 10.
 * @throws {UsageError} when a name fits none, or is that of something else
 */
export function notebookFiles(named: readonly string[]): string[] {
  const all = [...Deno.readDirSync(paths.notebooks)].map(({ name }) => name)
    .filter((name) => name.endsWith(".ipynb")).sort();
  if (named.length === 0) return all.map((name) => join(paths.notebooks, name));
  const files = named.flatMap((wanted) => {
    const begin = /^\d$/.test(wanted) ? `0${wanted}` : wanted;
    const found = wanted === "" ? [] : all.filter((name) => name.startsWith(begin));
    if (found.length > 0 && !wanted.endsWith(".ipynb")) {
      return found.map((name) => join(paths.notebooks, name));
    }
    refuseOther(wanted, all);
    return [wanted];
  });
  return [...new Set(files)];
}

/** Refuses what is no file of a notebook. */
function refuseOther(wanted: string, all: readonly string[]): void {
  if (wanted === "" || !existsSync(wanted)) {
    const there = all.map((name) => basename(name, ".ipynb")).join(", ");
    throw new UsageError(
      wanted.endsWith(".ipynb")
        ? `there is no notebook "${wanted}"`
        : `no notebook starts with "${wanted}", expected one of ${there}`,
    );
  }
  if (Deno.statSync(wanted).isDirectory) {
    throw new UsageError(`"${wanted}" is a folder, expected a notebook in it`);
  }
  if (!wanted.endsWith(".ipynb")) {
    throw new UsageError(`"${wanted}" is no notebook: their names end in .ipynb`);
  }
}
