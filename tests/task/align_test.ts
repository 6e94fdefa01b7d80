import assert from "node:assert/strict";
import { runTask } from "../support.ts";

const hub = `${
  ["EleutherAI/gpt-j-6b", "EleutherAI/pythia-12b", "me/tuned"].map((id) =>
    JSON.stringify({
      id,
      tags: id === "me/tuned" ? ["base_model:finetune:EleutherAI/gpt-j-6b"] : [],
    })
  ).join("\n")
}\n`;

Deno.test("deno task align finds repositories of assets and what descends from them", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/hub.jsonl`, hub);
    const text = await runTask("align", ["data/assets", `${folder}/hub.jsonl`]);
    assert.equal(text.code, 0, text.stderr);
    assert.match(text.stdout, /GPT-J +1 +1 +1/);
    const json = await runTask("align", ["data/assets", `${folder}/hub.jsonl`, "--json"]);
    const { rows, reach } = JSON.parse(json.stdout);
    assert.equal(reach[0].asset, "GPT-J");
    assert.ok(
      rows.some(({ repository, row }: { repository: string; row: number | null }) =>
        repository === "EleutherAI/pythia-12b" && row === 1
      ),
    );
    const swapped = await runTask("align", [`${folder}/hub.jsonl`, "data/assets"]);
    assert.notEqual(swapped.code, 0);
    assert.match(swapped.stderr, /holds models, expected assets/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
