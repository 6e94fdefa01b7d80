import assert from "node:assert/strict";
import { random } from "../../../lib/core/random.ts";
import {
  type MetricName,
  metricName,
  metricNames,
  metrics,
} from "../../../lib/measure/compare/metrics.ts";

type Definition = (p: number[], q: number[]) => number;

const sum = (p: number[], q: number[], f: (x: number, y: number) => number) =>
  p.reduce((total, x, i) => total + f(x, q[i]), 0);
const product: Definition = (p, q) => sum(p, q, (x, y) => x * y);
const mean = (p: number[]) => p.reduce((a, b) => a + b) / p.length;
const minus = (p: number[], m: number) => p.map((x) => x - m);
const shares = (p: number[]) => p.map((x) => x / p.reduce((a, b) => a + b));
const cosine: Definition = (p, q) => product(p, q) / Math.sqrt(product(p, p) * product(q, q));
const tanimoto: Definition = (p, q) =>
  product(p, q) / (product(p, p) + product(q, q) - product(p, q));

/** The metrics in the words of their definitions. */
const definitions: Record<MetricName, Definition> = {
  cosine,
  pearson: (p, q) => cosine(minus(p, mean(p)), minus(q, mean(q))),
  dice: (p, q) => 2 * product(p, q) / (product(p, p) + product(q, q)),
  kumarHassebrook: tanimoto,
  ruzicka: (p, q) => sum(p, q, Math.min) / sum(p, q, Math.max),
  intersection: (p, q) => sum(shares(p), shares(q), Math.min),
  euclidean: (p, q) => Math.sqrt(sum(p, q, (x, y) => (x - y) ** 2)),
  squaredEuclidean: (p, q) => sum(p, q, (x, y) => (x - y) ** 2),
  manhattan: (p, q) => sum(p, q, (x, y) => Math.abs(x - y)),
  chebyshev: (p, q) => Math.max(...p.map((x, i) => Math.abs(x - q[i]))),
  canberra: (p, q) => sum(p, q, (x, y) => x + y === 0 ? 0 : Math.abs(x - y) / (x + y)),
  sorensen: (p, q) => sum(p, q, (x, y) => Math.abs(x - y)) / sum(p, q, (x, y) => x + y),
  soergel: (p, q) => sum(p, q, (x, y) => Math.abs(x - y)) / sum(p, q, Math.max),
  jaccard: (p, q) => 1 - tanimoto(p, q),
  lorentzian: (p, q) => sum(p, q, (x, y) => Math.log(1 + Math.abs(x - y))),
  squaredChord: (p, q) => sum(shares(p), shares(q), (x, y) => (Math.sqrt(x) - Math.sqrt(y)) ** 2),
};

for (const name of metricNames) {
  Deno.test(`metrics.${name} is as defined, symmetric and extreme for equal vectors`, () => {
    const { of, kind } = metrics[name];
    const rng = random({ seed: 1 });
    const vector = () => {
      const p = Array.from({ length: 1 + 6 }, () => rng.chance(0.5) ? rng.below(9) : 0);
      p[rng.below(p.length)] += 1 + rng.below(3);
      return p;
    };
    for (let i = 0; i < 100; i++) {
      const [p, q] = [vector(), vector()];
      const before = [[...p], [...q]];
      const value = of(p, q);
      assert.deepEqual([p, q], before);
      const flat = name === "pearson" && [p, q].some((x) => x.every((y) => y === x[0]));
      if (!flat) assert.ok(Math.abs(value - definitions[name](p, q)) < 1e-9, `${p} | ${q}`);
      assert.ok(flat || Math.abs(value - of(q, p)) < 1e-12);
      const same = of(p, p);
      if (!flat) assert.ok(Math.abs(same - (kind === "similarity" ? 1 : 0)) < 1e-9, `${same}`);
    }
  });
}

Deno.test("metricName() suggests a metric when there is none of that name", () => {
  assert.equal(metricName("cosine"), "cosine");
  assert.throws(
    () => metricName("euclidian"),
    /^RangeError: Cannot compare by "euclidian"; did you mean "euclidean"\? \(the metrics are cosine, /,
  );
  for (const name of ["", "__proto__", "constructor", "toString", "=cmd()"]) {
    assert.throws(() => metricName(name), /^RangeError: Cannot compare by/);
  }
});
