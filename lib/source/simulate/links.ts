import type { Random } from "../../core/random.ts";
import { templatePaper } from "../arxiv.ts";
import { Governor } from "./governor.ts";
import { datasets, paperCategories, publishedModels } from "./published.ts";

/**
 * Groups of papers with the same arXiv categories (those that `data/arxiv_categories.csv` says), with the tasks whose models
 * cite them.
 */
const papers = [
  {
    ids: ["1810.04805", "1907.11692", "1910.01108", "1908.10084"],
    tasks: /^(text|token|fill|question|sentence|summ|transl)/,
  },
  {
    ids: ["2305.18290", "2106.09685", "2402.03300"],
    tasks: /^text-gen/,
  },
  { ids: ["2112.10752"], tasks: /image/ },
  { ids: ["2010.11929"], tasks: /^(image|object)/ },
  { ids: ["1707.06347"], tasks: /^reinforcement/ },
] as const;

/** Links of each group in the published snapshot, so that the categories come to their published counts. */
const links = linksOf(paperCategories);

/** Chooses the datasets and papers that a model names, each at its published rate over all models. */
export class Links {
  #rng: Random;
  #datasets: Governor[];
  #papers: Governor[];
  #tasks: readonly string[];

  /** @param tasks Task of each code. */
  constructor(rng: Random, tasks: readonly string[]) {
    this.#rng = rng;
    this.#tasks = tasks;
    this.#datasets = datasets.map(([, models]) => new Governor(models / publishedModels));
    this.#papers = links.map((count) => new Governor(count / publishedModels));
  }

  /** `"dataset:X",` for the datasets of a model with a card and that task. */
  datasets(task: number, carded: boolean): string {
    const name = this.#tasks[task];
    let tags = "";
    for (let d = 0; d < datasets.length; d++) {
      const weight = carded && datasets[d][2] === name ? 1 : 0;
      if (this.#datasets[d].chance(this.#rng, weight)) tags += `"dataset:${datasets[d][0]}",`;
    }
    return tags;
  }

  /** `"arxiv:X",` for the papers of a model; `template`: it has the card of the Hub's template. */
  papers(task: number, { carded, template }: { carded: boolean; template: boolean }): string {
    let tags = template ? `"arxiv:${templatePaper}",` : "";
    for (let p = 0; p < papers.length; p++) {
      const { ids, tasks } = papers[p];
      const weight = carded && task > 0 && tasks.test(this.#tasks[task]) ? 1 : 0;
      if (this.#papers[p].chance(this.#rng, weight)) {
        tags += `"arxiv:${ids[this.#rng.below(ids.length)]}",`;
      }
    }
    return tags;
  }
}

/** Links of the groups, in their order: CL; CL, AI and LG; CV; CV, AI and LG; LG. The template's paper is in CY and LG. */
function linksOf(counts: typeof paperCategories): number[] {
  const learning = counts["cs.LG"] - counts["cs.CY"];
  const vision = 5_000;
  const language = counts["cs.AI"] - vision;
  return [
    counts["cs.CL"] - language,
    language,
    counts["cs.CV"] - vision,
    vision,
    learning - language - vision,
  ];
}
