import { paths } from "../paths.ts";
import { command } from "./cli.ts";
import { compileWasm, wasmModule } from "./compile_wasm.ts";

const help = `
Compiles the AssemblyScript in lib/core/wasm into the TypeScript module beside it.

  deno task build-wasm
`;

await command({
  help,
  options: {},
  positionals: [0, 0],
  async run() {
    const text = await compileWasm();
    await Deno.writeTextFile(`${paths.root}${wasmModule}`, text);
    console.log(`wrote ${wasmModule} (${text.length} bytes)`);
  },
});
