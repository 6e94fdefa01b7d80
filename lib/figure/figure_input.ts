import type { FetchedFrom } from "../source/raw_manifest.ts";
import type { FigureSource } from "./figure.ts";

/** A snapshot or a table, and which one of that name. */
export interface NamedInput {
  /** Name of the snapshot or file. */
  name: string;
  /** SHA-256 of it, null where it has none. */
  sha256: string | null;
  /** Where and when it was fetched; null or absent where it was not. @default null */
  fetched?: FetchedFrom | null;
}

/** Something that figures were made from. */
export interface FigureInput extends NamedInput {
  /** `models`; `assets`; `before`, earlier assets that these are compared with; `table`, a reviewed or fetched table. */
  role: "models" | "assets" | "before" | "table";
}

/** The snapshots that figures name, each once: those of models, of assets, and earlier ones. */
export function inputsOf(figures: readonly { source: FigureSource }[]): FigureInput[] {
  const inputs: FigureInput[] = [];
  const add = (role: FigureInput["role"], { name, sha256, fetched = null }: NamedInput) => {
    const known = inputs.some((input) =>
      input.role === role && input.name === name && input.sha256 === sha256
    );
    if (!known) inputs.push({ role, name, sha256, ...(fetched === null ? {} : { fetched }) });
  };
  for (const { source } of figures) {
    add(source.tier === undefined ? "assets" : "models", { ...source, name: source.snapshot });
  }
  for (const { source: { before } } of figures) if (before) add("before", before);
  return inputs.sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role));
}

const roles: readonly FigureInput["role"][] = ["models", "assets", "before", "table"];

/** A snapshot as notes name it: `snapshot hub-2026-11-21 (sha256 0123abcd, hub, fetched 2026-11-21 to 2026-11-22)`. */
export function inputText({ name, sha256, fetched = null }: NamedInput): string {
  const facts = [
    ...(sha256 === null ? [] : [`sha256 ${sha256.slice(0, 8)}`]),
    ...(fetched === null ? [] : [fetchedText(fetched)]),
  ];
  return `snapshot ${name}${facts.length === 0 ? "" : ` (${facts.join(", ")})`}`;
}

/** Where and when something was fetched: `ecosystem-graphs 0123abcd, fetched 2026-11-21`. */
export function fetchedText({ upstream, revision, from, to }: FetchedFrom): string {
  const days = [from, to].filter((time) => time !== null).map((time) => time.slice(0, 10));
  const when = [...new Set(days)].join(" to ");
  return `${upstream}${revision === null ? "" : ` ${revision.slice(0, 8)}`}${
    when === "" ? "" : `, fetched ${when}`
  }`;
}
