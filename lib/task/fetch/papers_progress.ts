import { numberText } from "../../display/text_table.ts";
import type { CategoriesProgress } from "../../fetch/arxiv/collect_categories.ts";
import { type FetchLine, fetchLine } from "./fetch_line.ts";

/** Shows how far a fetch is; see {@link papersProgress}. */
export interface PapersProgress extends Pick<FetchLine, "waits" | "end"> {
  update(progress: CategoriesProgress): void;
}

/**
 * A line with the papers done and to do, and the time that the rest will take, see {@link fetchLine}. The time is that of the requests due,
 * each as long as those of this run were, and never shorter than the pause.
 *
 * @param options.pause Seconds between an answer and the next request.
 */
export function papersProgress({ pause }: { pause: number }): PapersProgress {
  const { say, waits, end } = fetchLine("arXiv categories", "asking for the first papers");
  let began = NaN;
  return {
    update(progress) {
      const now = performance.now();
      if (Number.isNaN(began)) began = now;
      const { answers } = progress;
      const each = answers === 0 ? pause : Math.max(pause, (now - began) / 1000 / answers);
      say(papersText(progress, { each }));
    },
    waits,
    end,
  };
}

/**
 * How far it is, in words.
 *
 * @param options.each Seconds that a request takes, pause included.
 */
export function papersText(
  { done, total, due }: Pick<CategoriesProgress, "done" | "total" | "due">,
  { each }: { each: number },
): string {
  const left = due === 0 ? "" : `, ${duration(due * each)} left`;
  return `${numberText(done)} of ${numberText(total)} papers${left}`;
}

/** Seconds in words: 40 s, 12 min, 2 h 5 min. */
function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
