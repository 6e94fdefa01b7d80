import { progress } from "../../display/progress.ts";
import { numberText } from "../../display/text_table.ts";
import type { CategoriesProgress } from "../../fetch/arxiv/collect_categories.ts";

/** Shows how far a fetch is; see {@link papersProgress}. */
export interface PapersProgress {
  update(progress: CategoriesProgress): void;
  /** arXiv is waited for. */
  waits(wait: { milliseconds: number; reason: string }): void;
  end(): void;
}

/**
 * Papers done and to do, and the time that the rest will take: in a terminal a line on stderr that updates in place, else a line every ten
 * seconds. The time is that of the requests due, each as long as those of this run were, and never shorter than the pause.
 *
 * @param options.pause Seconds between an answer and the next request.
 */
export function papersProgress({ pause }: { pause: number }): PapersProgress {
  const bar = progress("arXiv categories");
  let text = "asking for the first papers";
  let began = NaN;
  let waitsUntil = 0;
  let why = "";
  const show = () => {
    const left = Math.ceil((waitsUntil - performance.now()) / 1000);
    bar.say(left > 0 ? `${text}; waiting ${numberText(left)} s (${why})` : text);
  };
  // A wait is counted down although nothing comes meanwhile.
  const ticks = setInterval(show, 500);
  return {
    update(progress) {
      const now = performance.now();
      if (Number.isNaN(began)) began = now;
      waitsUntil = 0;
      const { answers } = progress;
      const each = answers === 0 ? pause : Math.max(pause, (now - began) / 1000 / answers);
      text = papersText(progress, { each });
      show();
    },
    waits({ milliseconds, reason }) {
      waitsUntil = Math.max(waitsUntil, performance.now() + milliseconds);
      why = reason;
      show();
    },
    end() {
      clearInterval(ticks);
      bar.end();
    },
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
