import { byCodeUnits } from "../../core/compare.ts";
import type { DatasetFile } from "./pin_dataset.ts";

/** Files of a dataset that make up its rows. */
export interface ChosenFiles {
  /** Sorted by path. */
  files: DatasetFile[];
  /** `parquet`: the Hub's conversion; `original`: as the authors published them. */
  form: "parquet" | "original";
  /** Splits of a conversion that were taken, each after its configuration: `models/train`; none for original files. */
  splits: string[];
}

/** What a conversion has instead of a split that it holds in part. */
const partialPrefix = "partial-";

/** A file of a conversion: `CONFIG/SPLIT/0000.parquet`, in large ones `CONFIG/SPLIT-part0/0000.parquet`. */
const converted = /^([^/]+)\/([^/]+?)(?:-part\d+)?\/\d+\.parquet$/;

/**
 * The Parquet files of a conversion by the Hub: of the split `train`, or of all where there is none of that name. Null where the listing has no
 * conversion of that configuration.
 *
 * @param options.config Configuration; null for `default`, or the only one.
 * @returns `partial`: the split of which only the first 5 GB were converted
 * @throws {RangeError} when there are several configurations to choose from
 */
export function chooseConverted(
  files: readonly DatasetFile[],
  { config }: { config: string | null },
): ChosenFiles | { partial: string } | null {
  const found = files.flatMap((file) => {
    const [, config, split] = converted.exec(file.path) ?? [];
    return config === undefined ? [] : [{ file, config, split }];
  });
  const configs = [...new Set(found.map((one) => one.config))].sort(byCodeUnits);
  const chosen = config ?? (configs.length === 1 ? configs[0] : "default");
  const own = found.filter((one) => one.config === chosen);
  if (own.length === 0) {
    if (config !== null || configs.length === 0) return null;
    throw new RangeError(
      `Cannot choose a configuration: found ${configs.map((c) => `"${c}"`).join(", ")}`,
    );
  }
  const all = [...new Set(own.map(({ split }) => split))].sort(byCodeUnits);
  const trained = all.filter((split) => split.replace(partialPrefix, "") === "train");
  const splits = trained.length > 0 ? trained : all;
  const partial = splits.find((split) => split.startsWith(partialPrefix));
  if (partial !== undefined) return { partial };
  const chosenFiles = own.filter(({ split }) => splits.includes(split)).map(({ file }) => file);
  return {
    files: sorted(chosenFiles),
    form: "parquet",
    splits: splits.map((split) => `${chosen}/${split}`),
  };
}

/**
 * The files that the authors published: those named after the configuration, or all; CSV before Parquet unless told otherwise.
 *
 * @throws {RangeError} when there are none
 */
export function chooseOriginal(
  files: readonly DatasetFile[],
  { config, prefer }: { config: string | null; prefer: "csv" | "parquet" },
): ChosenFiles {
  const endings = { csv: /\.csv(?:\.gz|\.zst)?$/i, parquet: /\.parquet$/i };
  const order = prefer === "csv" ? [endings.csv, endings.parquet] : [endings.parquet, endings.csv];
  for (const ending of order) {
    const found = files.filter(({ path }) =>
      ending.test(path) && !path.includes(`/${partialPrefix}`) &&
      (config === null || isNamed(path, config))
    );
    if (found.length > 0) {
      return { files: sorted(found), form: "original", splits: [] };
    }
  }
  const listed = files.map(({ path }) => path).sort(byCodeUnits);
  throw new RangeError(
    `Cannot choose the files to fetch: found ${
      listed.slice(0, 10).map((path) => JSON.stringify(path)).join(", ") || "none"
    }${listed.length > 10 ? ` and ${listed.length - 10} more` : ""}, expected ${
      config === null ? "CSV or Parquet" : `CSV or Parquet named "${config}"`
    }`,
  );
}

/** Whether a folder or the file is called so: `models.parquet`, `data/models/0.parquet`, `models-00000-of-00002.parquet`. */
function isNamed(path: string, config: string): boolean {
  return path.split("/").some((part) =>
    part === config || (part.startsWith(config) && /^[-_.]/.test(part.slice(config.length)))
  );
}

function sorted(files: readonly DatasetFile[]): DatasetFile[] {
  return files.toSorted((a, b) => byCodeUnits(a.path, b.path));
}
