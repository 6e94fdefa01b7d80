import { progress } from "../../display/progress.ts";
import { numberText } from "../../display/text_table.ts";
import type { HubProgress } from "../../fetch/hub/hub_options.ts";

/** Shows how far a fetch is. */
export interface HubProgressBar {
  update(progress: HubProgress): void;
  /** The Hub is waited for. */
  waits(wait: { milliseconds: number; reason: string }): void;
  end(): void;
}

/** A line on stderr that updates in place, in a terminal; else a line every ten seconds. */
export function hubProgress(label: string): HubProgressBar {
  let bar = progress(label);
  let stage: HubProgress["stage"] | null = null;
  let text = "asking for the first page";
  let begun = { at: 0, done: 0 };
  let waitsUntil = 0;
  let why = "";
  const show = () => {
    if (stage === "files") return;
    const left = Math.ceil((waitsUntil - performance.now()) / 1000);
    bar.say(left > 0 ? `${text}; waiting ${numberText(left)} s (${why})` : text);
  };
  // A wait is counted down although nothing comes meanwhile.
  const ticks = setInterval(show, 500);
  return {
    update({ stage: now, done, total, at }) {
      const time = performance.now();
      if (now !== stage) {
        stage = now;
        begun = { at: time, done };
        bar.end();
        bar = progress(now === "files" ? `${label}, sha256` : label, { total: total ?? 0 });
      }
      waitsUntil = 0;
      if (now === "files") return bar.update(done);
      const rate = (done - begun.done) / Math.max(1, (time - begun.at) / 1000);
      text = wordsOf[now](done, total, at) +
        (rate >= 1
          ? `, ${numberText(Math.round(rate))} ${now === "cards" ? "cards" : "models"}/s`
          : "");
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

type Words = (done: number, total: number | null, at: string | null) => string;

const wordsOf: Record<Exclude<HubProgress["stage"], "files">, Words> = {
  models: (done, _, at) =>
    `${numberText(done)} models${at === null ? "" : `, up to ${at.slice(0, 10)}`}`,
  changes: (done, _, at) =>
    `${numberText(done)} changes${at === null ? "" : `, back to ${at.slice(0, 10)}`}`,
  merge: (done) => `joined with the base: ${numberText(done)} models`,
  cards: (done, total) => `${numberText(done)} of ${numberText(total)} cards`,
};
