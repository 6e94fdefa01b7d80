import type { AssetsWithoutReport } from "../measure/assets/removal/without.ts";
import type { ModelsWithoutReport } from "../measure/models_without.ts";
import type { Section } from "./sections.ts";
import { numberText } from "./text_table.ts";

/** What is lost with some models. */
export function modelsWithoutSection(
  { seeds, dependants, affected, names }: ModelsWithoutReport,
): Section {
  return {
    title: `Without ${listed(seeds)}`,
    words: [
      `${numberText(dependants)} models are lost; ${
        numberText(affected)
      } more lose a parent and remain.`,
    ],
    rows: names.map((name) => ({ lost: name })),
    options: { first: 20, last: 0 },
  };
}

/** What is lost with some assets, and what remains with fewer dependencies. */
export function assetsWithoutSections(
  { seeds, variant, lost, affected }: AssetsWithoutReport,
): Section[] {
  return [
    {
      title: `Without ${listed(seeds)}`,
      words: [`${numberText(lost.length)} assets are lost, in the ${variant} graph.`],
      rows: lost.map(({ name, type, step, lostDependencies, alternatives }) => ({
        lost: name,
        type,
        step,
        forWantOf: lostDependencies,
        alternatives,
      })),
      options: { first: 20, last: 5 },
    },
    {
      title: `${numberText(affected.length)} more lose a dependency and remain`,
      rows: affected.map(({ name, type, lostDependencies, alternatives }) => ({
        remains: name,
        type,
        loses: lostDependencies,
        alternatives,
      })),
      options: { first: 20, last: 5 },
    },
  ];
}

/** The first names and how many more. */
function listed(names: readonly string[]): string {
  const more = names.length > 5 ? ` and ${numberText(names.length - 5)} more` : "";
  return names.slice(0, 5).join(", ") + more;
}
