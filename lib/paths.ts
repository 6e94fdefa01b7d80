/**
 * Every path that the project knows, in one place; all are derived from where this file lies, so that
 * notebooks, tasks and tests agree whatever the working directory is.
 *
 * @module
 */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Where snapshots lie: `data/`, or what the environment variable KINDRED_DATA says, for those who keep them on another disk. */
function snapshotRoot(): string {
  const name = "KINDRED_DATA";
  if (Deno.permissions.querySync({ name: "env", variable: name }).state !== "granted") {
    return `${root}data/`;
  }
  const folder = Deno.env.get(name);
  return folder === undefined || folder === "" ? `${root}data/` : `${resolve(folder)}/`;
}

const snapshots = snapshotRoot();

/** Folders of the checkout, each an absolute path that ends with a slash. */
export const paths = {
  root,
  /** Inputs that the project owns. */
  data: `${root}data/`,
  /** The embedded sample of the asset graph: YAML in the Ecosystem Graphs format. */
  assets: `${root}data/assets/`,
  /** The reviewed table of what the cleaned tier leaves out. */
  cleaningRules: `${root}data/cleaning_rules.csv`,
  /** Accounts of the Hub under which organizations release. */
  hubOwners: `${root}data/hub_owners.csv`,
  /** Pairs of assets and repositories that were looked at by hand. */
  alignmentCheck: `${root}data/alignment_check.csv`,
  /** Which spellings of organizations are one, each row with its reason. */
  organizationAliases: `${root}data/organization_aliases.csv`,
  /** Packed snapshots, one folder each; not under version control. */
  cache: `${snapshots}cache/`,
  /** Raw snapshots as they were fetched, one folder each, written once; not under version control. */
  raw: `${snapshots}raw/`,
  /** What `deno task reproduce` writes. */
  figures: `${root}figures/`,
  /** What `deno task kernel` writes for Jupyter; not under version control. */
  jupyter: `${root}.jupyter/`,
  notebooks: `${root}notebooks/`,
  tests: `${root}tests/`,
  /** Real data and reference results that some tests compare with; may be absent. */
  shared: `${root}../shared/`,
} as const;
