import assert from "node:assert/strict";
import { hubRankingsFigure } from "../../../lib/figure/assets/hub_rankings.ts";
import { source } from "../inputs.ts";
import { hubRankingsInput } from "./hub_rankings_input.ts";

const data = hubRankingsInput((name) => name);

Deno.test("hubRankingsFigure() says in words how many of the first ten agree least", () => {
  const captionOf = (shared: number) => {
    const agreement = data.rankings.agreement.map((pair) => ({ ...pair, shared }));
    const { caption, values } = hubRankingsFigure(
      { ...data, rankings: { ...data.rankings, agreement } },
      { source },
    );
    assert.equal(values.leastShared, shared);
    return caption;
  };
  const ties = "(ties with the tenth included). Right: ";
  assert.ok(captionOf(0).includes(`12 nodes, and none of their first ten are the same ${ties}`));
  assert.ok(captionOf(1).includes(`12 nodes, and 1 of their first ten is the same ${ties}`));
  assert.ok(captionOf(2).includes(`12 nodes, and 2 of their first ten are the same ${ties}`));
});
