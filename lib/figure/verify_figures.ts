import { basename } from "node:path";
import type { OnHashed, Verification } from "../snapshot/verification.ts";
import { faultOfList, verifyFiles } from "../snapshot/verify_files.ts";
import { manifestDifference } from "../snapshot/verify_raw_folder.ts";
import { isFigureFile } from "./figure_folder.ts";
import { figuresManifestName, readFiguresManifest } from "./read_figures_manifest.ts";
import type { FiguresManifest } from "./figures_manifest.ts";

/** Files of a set of figures besides those of the figures. */
const others = ["values.json", "index.html"];

/** Hashes the files of a set of figures and compares them with its manifest; other files of the folder are nobody's concern. */
export async function verifyFigures(
  folder: string,
  { onHashed }: { onHashed?: OnHashed } = {},
): Promise<Verification> {
  const verification = { name: basename(folder), state: "figures" as const, folder };
  let manifest: FiguresManifest;
  try {
    manifest = readFiguresManifest(folder);
    const fault = faultOf(manifest);
    if (fault !== null) throw new SyntaxError(`its ${figuresManifestName} ${fault}`);
  } catch (error) {
    const differences = [manifestDifference(figuresManifestName, error as Error)];
    return { ...verification, bytes: 0, files: 0, differences, notes: [] };
  }
  const listed = listedFiles(manifest);
  const { differences, bytes } = await verifyFiles(folder.replace(/\/+$/, ""), listed, {
    isExtra: isFigureFile,
    onHashed,
  });
  const notes = manifest.files.length > 0 ? [] : [
    `${others.join(" and ")} are not in its manifest: deno task reproduce writes one that has them`,
  ];
  return { ...verification, bytes, files: listed.length, differences, notes };
}

function listedFiles({ figures, files }: FiguresManifest) {
  return [...figures.flatMap(({ files }) => files), ...files];
}

function faultOf(manifest: FiguresManifest): string | null {
  const listed = listedFiles(manifest);
  const foreign = listed.find(({ name }) => !isFigureFile(name) && !others.includes(name));
  return faultOfList(listed) ??
    (foreign === undefined ? null : `names ${JSON.stringify(foreign.name)}, which is no figure`);
}
