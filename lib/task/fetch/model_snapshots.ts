import { join } from "node:path";
import { printable } from "../../display/text_table.ts";
import { rawSnapshots } from "../../fetch/raw_folder.ts";
import { paths } from "../../paths.ts";
import { readManifest } from "../../snapshot/packed_folder.ts";
import { foldersOf } from "../../source/folders_of.ts";

/** Says on stderr which damaged snapshot is passed over. */
export function passOver({ message }: SyntaxError): void {
  console.error(printable(`passed over: ${message}`));
}

/**
 * Inputs for all snapshots of models of this checkout: the names of the packed ones, the paths of raw ones that are not packed; in
 * code-unit order. Damaged ones are passed over, which stderr says.
 */
export function modelSnapshots(): string[] {
  const packed = foldersOf(paths.cache).filter((name) => {
    if (name.endsWith(".tmp")) return false;
    try {
      return readManifest(join(paths.cache, name)).kind === "models";
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      passOver(error);
      return false;
    }
  });
  const raw = rawSnapshots({ onDamaged: passOver })
    .filter(({ name, kind }) => kind === "models" && !packed.includes(name))
    .map(({ name }) => join(paths.raw, name));
  return [...packed, ...raw];
}
