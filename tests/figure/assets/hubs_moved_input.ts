import type { HubsMovedData } from "../../../lib/figure/assets/hubs_moved.ts";
import { countMove, hubStatus, type RankedMove } from "../../../lib/measure/diff/count_move.ts";

function ranked(before: number | null, after: number | null): RankedMove {
  const rank = (count: number | null) => count === null ? null : 40 - count;
  return { ...countMove(before, after), rankBefore: rank(before), rankAfter: rank(after) };
}

/** Hubs that rose, fell, came, went, and stayed where they were. */
export function hubsMovedInput(n: (plain: string) => string): HubsMovedData {
  const hub = (
    name: string,
    type: HubsMovedData["hubs"][number]["type"],
    [direct, transitive]: [RankedMove, RankedMove],
  ) => ({
    name: n(name),
    formerly: name === "LLaMA" ? n("LLaMa") : null,
    type,
    organization: type === "undocumented" ? "" : n("Lab"),
    status: hubStatus(direct),
    direct,
    transitive,
  });
  return {
    before: { name: "hand-made until 2023-03-20", sha256: "0123456789abcdef".repeat(4) },
    cut: {
      until: "2023-03-20",
      later: 3,
      undated: 1,
      undatedAre: "kept",
    },
    hubs: [
      hub("LLaMA", "model", [ranked(0, 12), ranked(0, 24)]),
      hub("The Pile", "dataset", [ranked(9, 17), ranked(15, 32)]),
      hub("Falcon", "model", [ranked(null, 7), ranked(null, 8)]),
      hub("Neeva", "application", [ranked(6, null), ranked(7, null)]),
      hub("P3", "dataset", [ranked(9, 9), ranked(9, 9)]),
      hub("arXiv", "undocumented", [ranked(1, 6), ranked(4, 29)]),
      hub("ChatGPT API", "application", [ranked(13, 12), ranked(13, 12)]),
    ],
  };
}
