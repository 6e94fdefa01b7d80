import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { StringColumn } from "../../lib/core/string_column.ts";
import { paths } from "../../lib/paths.ts";
import {
  parseCleaningRules,
  readCleaningRules,
  ruleTest,
} from "../../lib/snapshot/cleaning_rules.ts";
import { nameBlocks, NameMatcher, nameOf } from "../../lib/snapshot/match_names.ts";

const rules = await readCleaningRules();
const text = await readFile(paths.cleaningRules, "utf8");

function column(ids: readonly string[]): StringColumn {
  const encoder = new TextEncoder();
  const bytes = encoder.encode(ids.join(""));
  const starts = new Uint32Array(ids.length);
  const ends = new Uint32Array(ids.length);
  for (let i = 0, at = 0; i < ids.length; i++) {
    starts[i] = at;
    at += encoder.encode(ids[i]).length;
    ends[i] = at;
  }
  return new StringColumn(ids.length, bytes, starts, ends);
}

/** The first rule that matches each name, null where none does. */
function rulesOf(names: readonly string[]): (string | null)[] {
  const ids = column(names.map((name) => `owner/${name}`));
  const found: (string | null)[] = names.map(() => null);
  const matcher = new NameMatcher(rules);
  for (const block of nameBlocks(ids)) {
    matcher.match(block, (row, rule) => found[row] = rules[rule].rule);
  }
  return found;
}

/** Names of each rule beside those of its line in the table, made up: what it is for, and what it must leave alone. */
const cases: Record<string, { yes: string[]; no: string[] }> = {
  uuid: {
    yes: [
      "0199ae31-6bb7-7c8d-bb6e-a4d8862d23fd",
      "lora-3F2504E0-4F89-11D3-9A0C-0305E82C3301",
      "run_3f2504e0_4f89_11d3_9a0c_0305e82c3301",
      "m-3f2504e0-4f89-11d3-9a0c-0305e82c3301-v2",
      "t-3f2504e0-4f89-11d3-9a0c-0305e82c3301.gguf",
    ],
    no: ["3f2504e0-4f89", "Qwen2-7B-4bit-1234-5678", "a-b-c-d-e", "uuid-bert", "guid-model-7b"],
  },
  "unix-time": {
    yes: ["1719012345", "Qwen-1719012345", "gemma_1719012345678", "x-1500000000-y", "a-1999999999"],
    no: ["gpt2-1234", "phi-20240901", "llama-17190", "v1719012345", "gpt-1719.012345"],
  },
  "clock-time": {
    yes: [
      "20240901_101520",
      "run-2024-09-01_10-15-20",
      "act_20260814_062718_policy",
      "m-20240901T101520Z",
      "s_2024-12-31_23-59-59_3",
    ],
    no: ["Llama-2-7b-2023", "phi-2024-09-01", "m-20241301", "m-2024-09-01-7b", "q-20240901-8bit"],
  },
  number: {
    yes: [
      "model_492360863_mixer",
      "sn-660618710710",
      "202409011230",
      "m-000000001",
      "x_123456789.a",
    ],
    no: ["gpt2-1234", "bert-12345678", "lr-0.00012345678", "m-v123456789", "a-124000-2500"],
  },
  hash: {
    yes: [
      "m-8ae5946ef8dec6d2",
      "unc-2581f55d",
      "7f22920268dd",
      "a_B10E14E3_c",
      "x-d41d8cd98f00b204",
    ],
    no: ["deadbeef-7b", "m-2024feb", "t-facade", "bert-cafe", "effaced-model"],
  },
  hotkey: {
    yes: [
      "Affine-5czsc2fc98-r225",
      "affine_5dz2gkonkn",
      "mir-x-affine-5eqdtdzqle-k",
      "m-5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
      "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY_2",
    ],
    no: ["affine-coupling", "affine-7b", "5000-steps", "5B-chat", "affine"],
  },
  subnet: {
    yes: ["sn120-first", "SN9_best", "subnet9-x", "netuid-38-y", "sn99-router-v2"],
    no: ["snowflake-arctic", "sn-bert", "sn9", "subnetwork-pruning", "a-sn120-b"],
  },
  swarm: {
    yes: [
      "Qwen2.5-0.5B-Instruct-Gensyn-Swarm-dappled_smooth_otter",
      "Qwen3-Swarm-tall_wary_ibex",
      "x-swarm-shy_red_fox",
      "gensyn_swarm-1",
      "Q-Gensyn-Swarm-a_b",
    ],
    no: ["swarm-models", "Swarm-Arena-v1", "swarmformer-base", "swarm-two_words", "SharperSwarm"],
  },
  autotrain: {
    yes: [
      "autotrain-tweets-12345678",
      "autonlp-imdb-625417974",
      "autotrain-0pm1h-neolk",
      "autotrain-n6fv7-2hjm3",
      "AutoTrain-a-b-c-54321",
    ],
    no: ["autotrain-llama2-7b", "autotrain", "autotrain-model", "my-autotrain-12", "autonlp-2024"],
  },
  checkpoint: {
    yes: ["checkpoint-1234", "run_7", "epoch3", "global_step100", "experiment-1"],
    no: ["bert-checkpoint-300", "step-audio-2", "run-llama", "version-control-llm", "stepfun"],
  },
  "trainer-folder": {
    yes: ["results", "output", "lora_model", "trainer_output", "logs-2"],
    no: ["results-aware-bert", "outputs-to-text", "outlines", "SAM-checkpoints", "logits"],
  },
  "rl-course": {
    yes: [
      "ppo-LunarLander-v2",
      "q-FrozenLake-v1-4x4-noSlippery",
      "q-Taxi-v3",
      "poca-SoccerTwos",
      "rl_course_vizdoom_health_gathering_supreme",
    ],
    no: ["ppo-Walker2DBulletEnv-v0", "sac-policy", "q-taxis", "qwen-taxi", "ppo-llama"],
  },
  "rl-environment": {
    yes: ["Taxi-v3", "LunarLander-PPO", "CartPole-v1", "FrozenLake-v1", "pixelcopter-v0"],
    no: ["taxi-demand", "cartpole-world-model", "taxi", "lunar-7b", "frozenlake-agent"],
  },
  "nlp-course": {
    yes: [
      "bert-finetuned-ner",
      "distilbert-base-uncased-finetuned-emotion",
      "marian-finetuned-kde4-en-to-fr",
      "codeparrot-ds",
      "pegasus-samsum",
    ],
    no: [
      "bert-base-uncased",
      "distilbert-base-uncased-finetuned-legal",
      "bert-finetuned-ner-biomedical",
      "codeparrot-dsl",
      "pegasus-samsum-legal",
    ],
  },
  "audio-course": {
    yes: [
      "whisper-small-hi",
      "whisper-small-dv",
      "distilhubert-finetuned-gtzan",
      "speecht5_finetuned_voxpopuli_nl",
      "wav2vec2-base-timit-demo-colab",
    ],
    no: [
      "whisper-small",
      "whisper-small-sw",
      "whisper-small-hindi",
      "distilhubert",
      "speecht5_finetuned_yoruba",
    ],
  },
  "vision-course": {
    yes: [
      "sd-class-butterflies-32",
      "vit-base-patch16-224-finetuned-eurosat",
      "dogbooth",
      "vit-base-beans",
      "detr-resnet-50_finetuned_cppe5",
    ],
    no: ["sd-butterflies", "vit-base-patch16-224", "swin-tiny-lung", "dogboothed", "vit-base-bean"],
  },
  "llm-course": {
    yes: [
      "SmolLM2-FT-MyDataset",
      "SmolGRPO-135M",
      "llama-2-7b-miniguanaco",
      "code-llama-7b-text-to-sql",
      "Llama-2-7b-chat-finetune_new",
    ],
    no: ["SmolLM2-135M", "Llama-2-7b-chat", "phi-2", "guanaco-7b", "Llama-2-7b-chat-finetune-law"],
  },
  "awesome-model": {
    yes: [
      "my_awesome_model",
      "my-awesome-bert",
      "MyAwesomeModel-TestRepo",
      "my_awesome_wnut_model",
      "My-Awesome-7b",
    ],
    no: ["awesome-align", "my-awful-bert", "myaweso", "the-awesome-model", "so-my_awesome"],
  },
  assignment: {
    yes: ["taxi-assignment", "homework2-bert", "lab21-triage", "ppo-unit8", "hw3"],
    no: ["LaBSE", "reassignment-bert", "lab-coat-sdxl", "unitary-toxic", "hwang-7b"],
  },
  "test-name": {
    yes: ["test", "test_model", "testing123", "my-test-repo", "TestUpload"],
    no: ["testament", "testudo-7b", "tester-of-code", "attest", "detest"],
  },
  "test-prefix": {
    yes: ["test-mistral-sft", "Test-Llama2", "testing-peft", "test_dpo", "test.quant"],
    no: ["test-time-training", "test-case-generator", "testament-bert", "test-set-7b", "te-st"],
  },
  "test-suffix": {
    yes: ["phi-2-test", "qwen_persona_test2", "so-101-testrepo", "llama-testing", "x-test-v2"],
    no: ["codellama-unit-test", "m-test-1569", "contest-7b", "latest", "bert-latest"],
  },
  "tiny-random": {
    yes: ["tiny-random-bert", "TinyRandom-gpt2", "hf_tiny_random", "x-tiny-random-y", "tinyrandom"],
    no: ["tiny-bert", "tiny-randomforest", "random-tiny", "destiny-random", "tinyllama"],
  },
  dummy: {
    yes: ["dummy-model", "camembert-dummy", "dummymodel2", "dummy", "a_dummy_b"],
    no: ["dummybav2", "mummy-lora", "dumb-bert", "crash-dummies", "dummyish"],
  },
  "my-model": {
    yes: ["my-first-model", "SampleModel", "model_v2", "best-model", "model"],
    no: ["my-mistral-model", "reward-model", "modelscope-t2v", "world-model", "bert-model"],
  },
  placeholder: {
    yes: ["tmp", "demo2", "hello-world", "asdf", "undefined"],
    no: ["demo-hubert", "new-bert", "sandbox-agent", "xyz-chat", "tutorials-7b"],
  },
  "letter-or-digits": {
    yes: ["a", "42", "2023-01", "1.0", "X"],
    no: ["t5", "4x7b", "3d-unet", "ab", "a1"],
  },
};

Deno.test("readCleaningRules() reads a table whose every rule for names has cases here", () => {
  const tried = rules.filter(({ where }) => where === "name" || where === "word");
  assert.deepEqual(tried.map(({ rule }) => rule).sort(), Object.keys(cases).sort());
  assert.deepEqual(
    rules.filter(({ kind }) => kind === "keep").map(({ rule }) => rule),
    ["known", "first", "mirror", "quantiser"],
  );
});

for (const [rule, { yes, no }] of Object.entries(cases)) {
  Deno.test(`the rule "${rule}" matches what it is for and leaves the rest alone`, () => {
    assert.ok(yes.length >= 5 && no.length >= 5);
    const line = rules.find((entry) => entry.rule === rule)!;
    const test = ruleTest(line);
    const matched = (names: string[]) => names.filter((name) => test.test(name.toLowerCase()));
    assert.deepEqual(matched(yes), yes);
    assert.deepEqual(matched([...no, ...line.nearMisses]), []);
    // In the matcher an earlier rule may speak first, but one does.
    const found = rulesOf([...yes, ...line.matches]);
    assert.ok(found.every((by) => by !== null));
    assert.ok(found.includes(rule), String(found));
  });
}

Deno.test("NameMatcher leaves names of real models alone, however odd", () => {
  const names = [
    "Llama-2-7b-2023",
    "bert-base-uncased",
    "gpt2-1234",
    "gpt2",
    "t5-small",
    "Qwen2.5-7B-Instruct-1M",
    "Mixtral-8x7B-v0.1",
    "gpt-4-0613-distill",
    "Phi-3-mini-128k-instruct",
    "claude2-alpaca-13B",
    "DeepSeek-R1-0528",
    "Mistral-Nemo-Instruct-2407",
    "c4ai-command-r-08-2024",
    "vit-base-patch16-224-in21k",
    "all-MiniLM-L6-v2",
    "bge-m3",
    "opus-mt-en-de",
    "wav2vec2-large-xlsr-53",
    "stable-diffusion-xl-base-1.0",
    "Llama-2-7B-GPTQ-4bit-32g-actorder_True",
    "ada",
    "dbrx-base",
    "fugu-ai-20250613",
    "nomic-embed-text-v1.5",
    "testament-7b",
    "latest-news-bert",
    "Modelo-es",
    "sampled-decoder",
    "facebook-face2face",
    "decade-bert",
  ];
  const found = rulesOf(names);
  assert.deepEqual(names.filter((_, i) => found[i] !== null), []);
});

Deno.test("NameMatcher takes hostile names as they are and keeps rows apart", () => {
  const names = [
    "__proto__",
    "constructor",
    "<script>alert(1)</script>",
    '"quoted"',
    "=cmd()",
    "line\nfeed-test",
    "",
    "test",
    "naïve-тест-模型",
    "a".repeat(100_000),
    "1719012345-" + "1".repeat(100_000),
    "toString",
    "bert\n1719012345",
  ];
  const found = rulesOf(names);
  const named = Object.fromEntries(names.map((name, i) => [name.slice(0, 30), found[i]]));
  assert.equal(named.test, "test-name");
  // A line feed inside a name is no beginning of a name, and a space there ends no word.
  assert.equal(named["line\nfeed-test"], "test-suffix");
  assert.equal(named["bert\n1719012345"], null);
  assert.equal(found[10], "unix-time");
  for (const i of [0, 1, 2, 3, 4, 6, 8, 9, 11]) assert.equal(found[i], null, names[i].slice(0, 30));
});

Deno.test("NameMatcher says of every name what the rules say one by one, over block boundaries", () => {
  const base = Object.values(cases).flatMap(({ yes, no }) => [...yes, ...no]);
  const single = rulesOf(base);
  const names = Array.from({ length: 70_000 }, (_, i) => base[(i * 7919) % base.length]);
  const found = rulesOf(names);
  const expected = names.map((_, i) => single[(i * 7919) % base.length]);
  assert.deepEqual(found, expected);
});

Deno.test("nameOf() takes what follows the first slash, in lower case", () => {
  const ids = column(["Org/Name", "GPT2", "a/b/C", "/X", ""]);
  assert.deepEqual([0, 1, 2, 3, 4].map((row) => nameOf(ids, row)), [
    "name",
    "gpt2",
    "b/c",
    "x",
    "",
  ]);
});

Deno.test("parseCleaningRules() refuses a table with a fault and names the line", async () => {
  const [header, ...lines] = text.trimEnd().split("\n");
  const refused: [string, RegExp][] = [
    ["", /rule "empty" is missing/],
    ["rule,kind\n", /line 1.*expected the header/s],
    [`${header}\na,b\n`, /line 2.*found 2 cells/s],
    [`${header}\nA!,machine,name,x,x,y,,why\n`, /no name of a rule/],
    [`${header}\na,silly,name,x,x,y,,why\n`, /kind is "silly"/],
    [`${header}\na,test,middle,x,x,y,,why\n`, /where is "middle"/],
    [`${header}\na,test,name,x,x,y,all,why\n`, /spares "all"/],
    [`${header}\na,test,name,x,x,y,,\n`, /no reason/],
    [`${header}\na,test,name,x*,x,y,,why\n`, /repeats without a bound/],
    [`${header}\na,test,name,(x,x,y,,why\n`, /does not compile/],
    [`${header}\na,test,name,(x),x,y,,why\n`, /capturing group/],
    [`${header}\na,test,name,\\s,x,y,,why\n`, /escapes other than/],
    [`${header}\na,test,name,[^x],x,y,,why\n`, /negated class/],
    [`${header}\na,test,name,X,x,y,,why\n`, /upper-case/],
    [`${header}\na,test,name,x?,x,y,,why\n`, /matches the empty name/],
    [`${header}\na,test,name,x,y,z,,why\n`, /does not match "y"/],
    [`${header}\na,test,name,x,x,xy,,why\n`, /it matches "xy"/],
    [`${header}\na,test,name,x,,y,,why\n`, /needs a name that it matches/],
    [[header, ...lines, lines[0]].join("\n"), /comes twice|must stand before/],
  ];
  for (const [table, message] of refused) {
    await assert.rejects(parseCleaningRules(table), { name: "SyntaxError", message });
  }
});
