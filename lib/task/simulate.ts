import { type SimulatedHub, simulateHub } from "../source/simulate.ts";
import { command, integer, UsageError } from "./cli.ts";
import { progress } from "../display/progress.ts";
import { numberText } from "../display/text_table.ts";
import { writeBlocks } from "./write_blocks.ts";

const help = `
Writes the rows of a simulated Hugging Face Hub: family trees, inherited traits, automatic uploads, and the faults of real data.

  deno task simulate --out FILE [--models N] [--seed S] [--cards]

  --out FILE    JSON Lines; compressed when the name ends in .gz or .zst
  --models N    number of models, default 20000
  --seed S      whole number, default 1; the same seed gives the same rows on every machine
  --cards       rows end with the model card

The marginals are those of Laufer, Oderinwale and Kleinberg (2025). Every row has the tag region:simulated.

  deno task simulate --models 20000 --seed 1 --out hub.jsonl.gz
`;

await command({
  help,
  options: {
    models: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    out: { type: "string" },
    cards: { type: "boolean", default: false },
  },
  positionals: [0, 0],
  async run(values) {
    const { out } = values;
    if (typeof out !== "string" || out === "") {
      throw new UsageError("--out is missing: which file shall the rows be written to?");
    }
    const models = integer(values.models, { name: "models", least: 1 });
    const seed = integer(values.seed, { name: "seed", least: Number.MIN_SAFE_INTEGER });
    const bar = progress(`Simulating ${out}`, { total: models });
    let hub: SimulatedHub;
    try {
      const onProgress = (done: number) => bar.update(done);
      hub = simulateHub({ models, seed, cards: values.cards === true, onProgress });
    } catch (error) {
      if (error instanceof RangeError) throw new UsageError(error.message);
      throw error;
    }
    const { returned: counts, bytes, sha256 } = await writeBlocks(hub, out).finally(() =>
      bar.end()
    );
    console.log(`Simulated ${numberText(counts.models)} models in ${out}`);
    console.log(
      `  edges: ${numberText(counts.edges)} of ${numberText(counts.references)} references`,
    );
    console.log(`  bytes: ${numberText(bytes)}`);
    console.log(`  sha256: ${sha256}`);
  },
});
