import assert from "node:assert/strict";
import type { ModelReport } from "../../lib/measure/report.ts";

const traitKeys = {
  language: "languages",
  license: "licenses",
  task: "pipeline_tag",
  library: "library_name",
} as const;

/** Largest absolute difference of rates seen by {@link assertEqualsTruth}. */
export interface Difference {
  largest: number;
}

// deno-lint-ignore no-explicit-any
type Truth = any;

/** Compares a report with a reference result: counts exactly, means and rates to 1e-9. */
export function assertEqualsTruth(report: ModelReport, truth: Truth): Difference {
  const difference = { largest: 0 };
  function close(found: number | null, wanted: number | null, what: string): void {
    if (found === null || wanted === null) return assert.equal(found, wanted, what);
    difference.largest = Math.max(difference.largest, Math.abs(found - wanted));
    assert.ok(Math.abs(found - wanted) <= 1e-9, `${what}: found ${found}, expected ${wanted}`);
  }
  const { counts } = report;
  assert.equal(counts.models, truth.counts.models);
  assert.equal(counts.edges, truth.counts.edges);
  const byRelation = Object.entries(counts.edgesByRelation).filter(([, n]) => n > 0);
  assert.deepEqual(Object.fromEntries(byRelation), truth.counts.edges_by_relation);
  assert.equal(counts.selfLoops, truth.counts.self_loops_dropped);
  assert.equal(counts.missingParentReferences, truth.counts.references_to_missing_parents);
  assert.equal(counts.missingParents, truth.counts.distinct_missing_parents);
  assert.equal(report.acyclic, truth.cycles.acyclic);
  assert.equal(report.longestPath, truth.longest_path_edges);
  sameRanking(report.hubs.map(({ id, children }) => [id, children]), truth.hubs);
  assert.equal(report.families.components, truth.families.components);
  assert.equal(report.families.withEdges, truth.families.with_edges);
  assert.deepEqual(report.families.topSizes, truth.families.top_sizes);
  for (const relation of ["finetune", "quantized", "adapter"] as const) {
    const { edges, children_with_children: fertile } = truth.fertility[relation];
    assert.deepEqual(report.fertility[relation], { edges, fertile });
  }
  for (const [trait, key] of Object.entries(traitKeys) as [keyof typeof traitKeys, string][]) {
    sameRanking(report.top[trait].map(({ value, count }) => [value, count]), truth.top[key]);
    assert.equal(report.mutation[trait].edges, truth.mutation_rate[key].edges);
    close(
      report.mutation[trait].mutations,
      truth.mutation_rate[key].mutations,
      `${trait} mutations`,
    );
    close(report.mutation[trait].rate, truth.mutation_rate[key].rate, `${trait} mutation rate`);
    const { total, pairs, top_pairs } = truth.transitions[key];
    assert.equal(report.transitions[trait].total, total);
    assert.equal(report.transitions[trait].pairs, pairs);
    const { nodes, net_traffic, optimal_weight } = truth.transitions[key].ordering10;
    const { ordering } = report.transitions[trait];
    assert.deepEqual([...ordering.traits].sort(), [...nodes].sort());
    assert.equal(ordering.netTraffic, net_traffic);
    assert.equal(ordering.forward, optimal_weight);
    assert.equal(ordering.optimal, true);
    sameRanking(
      report.transitions[trait].top.map(({ from, to, count }) => [`${from}>${to}`, count]),
      top_pairs.map(([from, to, count]: [string, string, number]) => [`${from}>${to}`, count]),
    );
  }
  for (const relation of ["finetune", "quantized", "adapter", "merge", "overall"] as const) {
    const found = report.drift[relation];
    const wanted = truth.drift[relation];
    assert.equal(found.edges, wanted.edges);
    assert.equal(found.languages.edges, wanted.edges_reporting_languages);
    assert.equal(found.cards.edges, wanted.edges_with_cards);
    close(found.languages.parent, wanted.parent_languages, `${relation} parent languages`);
    close(found.languages.child, wanted.child_languages, `${relation} child languages`);
    close(found.cards.parentCharacters, wanted.parent_card_chars, `${relation} parent card`);
    close(found.cards.childCharacters, wanted.child_card_chars, `${relation} child card`);
    close(found.cards.parentAutomatic, wanted.parent_auto_card, `${relation} parent automatic`);
    close(found.cards.childAutomatic, wanted.child_auto_card, `${relation} child automatic`);
  }
  return difference;
}

/** Rankings are the same but for the order of ties, and for which of the values that tie for the last place are listed. */
function sameRanking(found: [string, number][], wanted: [string, number][]): void {
  assert.deepEqual(found.map(([, count]) => count), wanted.map(([, count]) => count));
  const last = wanted.at(-1)?.[1];
  const above = (list: [string, number][]) =>
    list.filter(([, n]) => n !== last).map(([v, n]) => `${v} ${n}`).sort();
  assert.deepEqual(above(found), above(wanted));
}
