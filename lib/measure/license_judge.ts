import type { TraitColumn } from "../snapshot/traits.ts";
import { licenseFamilies, type LicenseTerms, type MoveVerdict } from "../source/license_terms.ts";
import { canonicalLicense, licenseFamily } from "./license_families.ts";

/** What can be found for an edge, from what says least to what counts in the child's favour. */
export const edgeVerdicts = ["undeclared", "unknown", "broken", "permitted"] as const;

/** Stands for the family of a model that declares no license. */
export const undeclared: number = licenseFamilies.length;

/** Judges edges by the licenses of their ends. */
export class EdgeJudge {
  /** The most binding family of each model, a place in `licenseFamilies`, or {@link undeclared}. */
  readonly family: Uint8Array;
  #offsets: Uint32Array;
  #codes: Uint32Array;
  #families: Uint8Array;
  #canonical: Uint32Array;
  #verdicts: readonly MoveVerdict[];

  /** Looks up each license of the column once. */
  constructor({ offsets, codes, values }: TraitColumn, terms: LicenseTerms) {
    const names = values.toArray();
    const numbers = new Map<string, number>();
    this.#canonical = Uint32Array.from(names, (name) => {
      const key = canonicalLicense(name);
      if (!numbers.has(key)) numbers.set(key, numbers.size);
      return numbers.get(key)!;
    });
    this.#families = Uint8Array.from(
      names,
      (name) => licenseFamilies.indexOf(licenseFamily(name, terms)),
    );
    this.#verdicts = terms.moves.map(({ verdict }) => verdict);
    this.#offsets = offsets;
    this.#codes = codes;
    this.family = new Uint8Array(offsets.length - 1).fill(undeclared);
    for (let u = 0; u < this.family.length; u++) {
      for (let i = offsets[u]; i < offsets[u + 1]; i++) {
        this.family[u] = Math.min(this.family[u], this.#families[codes[i]]);
      }
    }
  }

  /** What the parent's terms say of the child: a place in {@link edgeVerdicts}. */
  verdict(parent: number, child: number): number {
    const offsets = this.#offsets;
    let broken = false;
    let unknown = false;
    for (let i = offsets[parent]; i < offsets[parent + 1]; i++) {
      const a = this.#codes[i];
      for (let j = offsets[child]; j < offsets[child + 1]; j++) {
        const b = this.#codes[j];
        const move = this.#families[a] * licenseFamilies.length + this.#families[b];
        let verdict = this.#verdicts[move];
        if (verdict === "same") {
          verdict = this.#canonical[a] === this.#canonical[b] ? "permitted" : "broken";
        }
        if (verdict === "permitted") return 3;
        if (verdict === "unknown") unknown = true;
        else broken = true;
      }
    }
    return unknown ? 1 : broken ? 2 : 0;
  }
}
