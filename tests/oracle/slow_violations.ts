import { licenseFamilies, type LicenseTerms } from "../../lib/source/license_terms.ts";

/** What the terms of a parent's licenses say of a child's, by the table of moves and in the child's favour. */
export function slowVerdict(
  parent: readonly string[],
  child: readonly string[],
  { licenses, moves }: LicenseTerms,
): string {
  if (parent.length === 0 || child.length === 0) return "undeclared";
  const familyOf = (name: string) => licenses.get(name.toLowerCase())?.family ?? "unspecified";
  const found = parent.flatMap((from) =>
    child.map((to) => {
      const { verdict } = moves.find((move) =>
        move.from === familyOf(from) && move.to === familyOf(to)
      )!;
      if (verdict !== "same") return verdict;
      return from.toLowerCase() === to.toLowerCase() ? "permitted" : "broken";
    })
  );
  return ["permitted", "unknown", "broken"].find((one) =>
    found.some((verdict) => verdict === one)
  )!;
}

/** The most binding family of some licenses. */
export function slowFamily(names: readonly string[], { licenses }: LicenseTerms): string {
  const own = names.map((name) => licenses.get(name.toLowerCase())?.family ?? "unspecified");
  return licenseFamilies.find((family) => own.includes(family)) ?? "undeclared";
}
