import assert from "node:assert/strict";
import { alikeNames } from "../../lib/graph/alike_names.ts";

const names = ["GPT-4", "GPT-4 API", "OpenAI API", "PaLM API", "LLaMA", "__proto__", "GPT-2"];

Deno.test("alikeNames() finds misspellings, other cases and parts of names, most alike first", () => {
  assert.deepEqual(alikeNames("opneai api", { names })[0], "OpenAI API");
  assert.deepEqual(alikeNames("llama", { names }), ["LLaMA"]);
  assert.deepEqual(alikeNames("gpt-4", { names }).slice(0, 2), ["GPT-4", "GPT-4 API"]);
  assert.deepEqual(alikeNames("the OpenAI API of 2023", { names })[0], "OpenAI API");
  assert.deepEqual(alikeNames("proto", { names }), ["__proto__"]);
});

Deno.test("alikeNames() is blind to punctuation, and puts the same spelling first", () => {
  assert.deepEqual(alikeNames("gpt4", { names })[0], "GPT-4");
  assert.deepEqual(alikeNames("Gpt 4 Api", { names })[0], "GPT-4 API");
  const pair = ["Command R", "Command R+"];
  assert.deepEqual(alikeNames("command r+", { names: pair }), ["Command R+", "Command R"]);
  assert.deepEqual(alikeNames("command_r", { names: pair }), pair);
  assert.deepEqual(alikeNames("---", { names: ["-", "--", "a-b"] }), []);
  assert.deepEqual(
    alikeNames("ガーディアン", { names: ["カーティアン・α", "ガーディアン・α"] })[0],
    "ガーディアン・α",
  );
});

Deno.test("alikeNames() finds nothing when nothing is alike, and at most n names", () => {
  assert.deepEqual(alikeNames("zzz", { names }), []);
  assert.deepEqual(alikeNames("", { names }), []);
  assert.deepEqual(alikeNames("x", { names: [] }), []);
  assert.equal(alikeNames("API", { names, n: 2 }).length, 2);
});
