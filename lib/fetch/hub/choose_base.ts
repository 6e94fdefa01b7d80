import { join } from "node:path";
import { Issues } from "../../core/issues.ts";
import { paths } from "../../paths.ts";
import { openHub } from "../../source/hub_input.ts";
import type { RawManifest } from "../../source/raw_manifest.ts";
import { rawSnapshot, rawSnapshots } from "../raw_folder.ts";

/**
 * The snapshot that changes since a day are merged into: the one that is named, else the newest of the Hub's that was begun on that day or later.
 *
 * @param since Day, `2026-11-01`.
 * @param options.base Name of a raw snapshot of models.
 * @param options.cards Whether it must have cards.
 * @param options.onDamaged Told of each damaged snapshot that is passed over.
 * @throws {RangeError} when there is none, or changes between it and the day would be missing
 */
export function chooseBase(
  since: string,
  { base, cards, onDamaged = () => {} }: {
    base?: string;
    cards: boolean;
    onDamaged?: (error: SyntaxError) => void;
  },
): RawManifest {
  const named = base === undefined ? null : rawSnapshot(base);
  const all = named === null ? ofTheHub(onDamaged) : [];
  const chosen = base === undefined ? newest(all, since) : named;
  if (chosen === null) {
    throw refused(
      since,
      base === undefined
        ? `no complete snapshot of the Hub was begun on that day or later ${
          listed(all)
        }; run "deno task fetch hub" first, or give an earlier day`
        : `there is no complete raw snapshot "${base}" ${listed(all)}`,
    );
  }
  const { name, kind, upstream, from, counts } = chosen;
  if (kind !== "models") {
    throw refused(since, `the snapshot "${name}" holds ${kind}, expected models`);
  }
  if (from === null || from < `${since}T`) {
    throw refused(
      since,
      `the snapshot "${name}" was begun ${
        from ?? "at a time that is not known"
      }, so that changes between then and ${since} would be missing; give that day or an earlier one, or another base`,
    );
  }
  if (cards && upstream === "hub" && !Object.hasOwn(counts, "cards")) {
    throw withoutCards(name, since);
  }
  return chosen;
}

/**
 * Looks whether a snapshot that the Hub did not give itself reaches to a day, since it was fetched later than its rows were collected, and
 * whether it has cards where they are wanted.
 *
 * @throws {RangeError} when its newest model was created before the day, or it has no card at all
 */
export async function checkBase(
  name: string,
  { since, cards }: { since: string; cards: boolean },
): Promise<void> {
  const base = rawSnapshot(name);
  if (base === null || base.upstream === "hub") return;
  // No model was created after it was fetched: such a time is wrong.
  const latest = base.to ?? base.from ?? "";
  const input = await openHub(join(paths.raw, name), { issues: new Issues() });
  const decoder = new TextDecoder();
  let last = "";
  let hasCards = false;
  for await (const block of input.blocks()) {
    const text = decoder.decode(block);
    for (const [, created] of text.matchAll(/"createdAt"\s*:\s*"(\d{4}-[^"]*)"/g)) {
      if (created > last && created <= latest) last = created;
    }
    hasCards ||= /"modelCard"\s*:\s*"/.test(text);
  }
  if (last < since) {
    throw refused(
      since,
      `the newest model of the snapshot "${name}" was created ${
        last === "" ? "at a time that is not known" : last
      }, so that changes between then and ${since} would be missing; give an earlier day, or another base`,
    );
  }
  if (cards && !hasCards) throw withoutCards(name, since);
}

function withoutCards(name: string, since: string): RangeError {
  return refused(
    since,
    `the snapshot "${name}" has no cards, those of models that did not change would be missing; leave out --cards, give a base with cards, or run "deno task fetch hub --cards"`,
  );
}

function refused(since: string, why: string): RangeError {
  return new RangeError(`Cannot fetch what changed since ${since}: ${why}`);
}

function newest(all: readonly RawManifest[], since: string): RawManifest | null {
  return all
    .filter(({ from }) => from !== null && from >= `${since}T`)
    .reduce<RawManifest | null>(
      (best, one) => best === null || one.from! >= best.from! ? one : best,
      null,
    );
}

function ofTheHub(onDamaged: (error: SyntaxError) => void): RawManifest[] {
  return rawSnapshots({ onDamaged }).filter(({ upstream }) => upstream === "hub");
}

function listed(all: readonly RawManifest[]): string {
  const each = all.map(({ name, from }) => `"${name}" of ${from?.slice(0, 10) ?? "no day"}`);
  return each.length === 0 ? "(there is none)" : `(there are ${each.join(", ")})`;
}
