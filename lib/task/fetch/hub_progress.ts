import { numberText } from "../../display/text_table.ts";
import type { HubProgress } from "../../fetch/hub/hub_options.ts";
import { type FetchLine, fetchLine, rateOf } from "./fetch_line.ts";

/** Shows how far a fetch is. */
export interface HubProgressBar extends Pick<FetchLine, "waits" | "end"> {
  update(progress: HubProgress): void;
}

/** A line with the rows or cards so far, and at the end a bar while files are hashed; see {@link fetchLine}. */
export function hubProgress(label: string): HubProgressBar {
  const line = fetchLine(label, "asking for the first page");
  let stage: HubProgress["stage"] | null = null;
  let rate = rateOf();
  return {
    update({ stage: now, done, total, at }) {
      if (now !== stage) {
        stage = now;
        rate = rateOf();
        if (now === "files") line.begin(`${label}, sha256`, total ?? 0);
      }
      if (now === "files") return line.done(done);
      const each = Math.round(rate(done));
      const speed = `${numberText(each)} ${now === "cards" ? "cards" : "models"}/s`;
      line.say(wordsOf[now](done, total, at) + (each >= 1 ? `, ${speed}` : ""));
    },
    waits: line.waits,
    end: line.end,
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
