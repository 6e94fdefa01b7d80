import type { RemovalReading } from "../graph/removal/removal_state.ts";
import type { AssetsWithoutReport } from "../measure/assets/removal/without.ts";
import type { ModelsWithoutReport } from "../measure/models_without.ts";
import { numberText, printable, table } from "../display/text_table.ts";

/** Head of the column of what a loser has left; where everything needs all its dependencies nothing stands in. */
const leftWords: Record<RemovalReading, string> = {
  all: "other dependencies of the type",
  any: "alternatives",
  kinds: "alternatives",
};

const lossWords: Record<RemovalReading, string> = {
  all: "what needs anything that is gone is lost",
  any: "what has any other dependency remains",
  kinds: "what has another dependency of the type remains",
};

/** Two lines: what is removed and how many are lost; how, and how that was counted. */
function title(
  seeds: readonly string[],
  { reading, verdict, details }: {
    reading: RemovalReading;
    verdict: string;
    details: readonly string[];
  },
): string {
  const shown = seeds.slice(0, 5).map((seed) => `"${printable(seed)}"`).join(", ");
  const more = seeds.length > 5 ? ` and ${numberText(seeds.length - 5)} more` : "";
  return `\nWithout ${shown}${more}: ${verdict}\n  ${
    [...details, lossWords[reading]].filter((words) => words !== "").join("; ")
  }`;
}

/** "8 in step 1, 2 in step 2" */
function stepWords(byStep: readonly number[]): string {
  return byStep.map((count, i) => `${numberText(count)} in step ${i + 1}`).join(", ");
}

/** What is lost with some assets, and what remains with fewer dependencies, as text. */
export function printAssetsWithout(without: AssetsWithoutReport): string {
  const { reading, byType, byStep, lost, affected, withoutAlternative } = without;
  const types = Object.entries(byType).filter(([, count]) => count > 0)
    .map(([type, count]) => `${numberText(count)} ${type}s`).join(", ");
  const parts = [
    title(without.seeds, {
      reading,
      verdict: `${numberText(lost.length)} assets are lost`,
      details: [
        types,
        stepWords(byStep),
        `${numberText(withoutAlternative)} have no other dependency${
          reading === "any" ? "" : " of the type"
        }`,
        `${without.variant} graph`,
      ],
    }),
  ];
  if (lost.length > 0) {
    parts.push(table([
      ["lost", "type", "step", "for want of", leftWords[reading]],
      ...lost.map(({ name, type, step, lostDependencies, alternatives }) => [
        name,
        type,
        numberText(step),
        listed(lostDependencies),
        listed(alternatives),
      ]),
    ]));
  }
  if (affected.length > 0) {
    parts.push(
      `${numberText(affected.length)} more lose a dependency and remain`,
      table([
        ["remains", "type", "loses", leftWords[reading]],
        ...affected.map(({ name, type, lostDependencies, alternatives }) => [
          name,
          type,
          listed(lostDependencies),
          listed(alternatives),
        ]),
      ]),
    );
  }
  return parts.join("\n");
}

/** The first two names and how many more. */
function listed(names: readonly string[]): string {
  const more = names.length > 2 ? ` +${names.length - 2}` : "";
  return names.length === 0 ? "none" : names.slice(0, 2).join(", ") + more;
}

/** What is lost with some models, as text. */
export function printModelsWithout(without: ModelsWithoutReport): string {
  const { seeds, reading, dependants, byStep, affected, names } = without;
  const parts = [
    title(seeds, {
      reading,
      verdict: `${numberText(dependants)} models are lost`,
      details: [stepWords(byStep), "all relations"],
    }),
  ];
  if (names.length > 0) parts.push(table(names.slice(0, 20).map((name) => [name])));
  if (dependants > 20) parts.push(`  and ${numberText(dependants - 20)} more`);
  if (affected > 0) parts.push(`${numberText(affected)} more lose a parent and remain`);
  return parts.join("\n");
}
