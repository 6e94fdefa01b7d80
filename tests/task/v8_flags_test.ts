import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { v8Flags } from "../../lib/task/v8_flags.ts";

Deno.test("v8Flags are those of the tasks, so that the benchmarks time what people run", () => {
  const tasks: Record<string, string> = config.tasks;
  const found = Object.entries(tasks).flatMap(([name, line]) => {
    const flags = line.match(/--v8-flags=(\S+)/);
    return flags === null ? [] : [[name, flags[1]]];
  });
  assert.deepEqual(Object.fromEntries(found), v8Flags);
});
