import assert from "node:assert/strict";
import { studentQuantile } from "../../lib/core/student.ts";

/** Published two-sided quantiles of Student's distribution: degrees of freedom, level, t. */
const published: readonly [number, number, number][] = [
  [1, 0.5, 1],
  [1, 0.95, 12.7062],
  [1, 0.99, 63.6567],
  [2, 0.95, 4.30265],
  [3, 0.9, 2.35336],
  [5, 0.95, 2.57058],
  [5, 0.99, 4.03214],
  [10, 0.95, 2.22814],
  [30, 0.95, 2.04227],
  [120, 0.95, 1.97993],
  [1000, 0.95, 1.96234],
  [Infinity, 0.9, 1.64485],
  [Infinity, 0.95, 1.95996],
  [Infinity, 0.99, 2.57583],
];

Deno.test("studentQuantile() equals the published tables", () => {
  for (const [freedom, level, t] of published) {
    const found = studentQuantile(freedom, { level });
    assert.ok(Math.abs(found / t - 1) < 2e-5, `${freedom} at ${level}: ${found}, expected ${t}`);
  }
});

Deno.test("studentQuantile() falls with the degrees of freedom when they are not whole", () => {
  const found = [2, 2.1, 3, 3.7, 8.25, 50.5, 99.9, 102, 1e5].map((freedom) =>
    studentQuantile(freedom, { level: 0.95 })
  );
  for (let i = 1; i < found.length; i++) assert.ok(found[i] < found[i - 1], `${found}`);
});

Deno.test("studentQuantile() has closed forms for one and two degrees of freedom", () => {
  for (const level of [0.1, 0.5, 0.8, 0.95, 0.999]) {
    const cauchy = Math.tan(Math.PI * level / 2);
    assert.ok(Math.abs(studentQuantile(1, { level }) / cauchy - 1) < 1e-5);
    const two = level * Math.sqrt(2 / (1 - level ** 2));
    assert.ok(Math.abs(studentQuantile(2, { level }) / two - 1) < 1e-5);
  }
});

Deno.test("studentQuantile() refuses too little freedom and levels outside (0, 1)", () => {
  for (const freedom of [0.5, 0, -1, NaN]) {
    assert.throws(() => studentQuantile(freedom, { level: 0.95 }), RangeError);
  }
  for (const level of [0, 1, -0.5, NaN]) {
    assert.throws(() => studentQuantile(5, { level }), { name: "RangeError", message: /level is/ });
  }
});
