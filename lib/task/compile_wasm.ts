import asc from "assemblyscript/asc";
import { paths } from "../paths.ts";

/** The module that {@link compileWasm} makes, from the root of the checkout. */
export const wasmModule = "lib/core/wasm/levenshtein_wasm.ts";

const source = "lib/core/wasm/levenshtein.as";

/**
 * Compiles the AssemblyScript of lib/core/wasm; returns the text of the module that holds it.
 *
 * @throws {SyntaxError} when the compiler refuses the source
 */
export async function compileWasm(): Promise<string> {
  const text = await Deno.readTextFile(`${paths.root}${source}`);
  let binary: Uint8Array | string | undefined;
  const { error, stderr } = await asc.main(
    ["source.ts", "-O3", "--noAssert", "--runtime=stub", "--enable=simd", "--outFile=binary.wasm"],
    {
      readFile: (name) => name === "source.ts" ? text : null,
      writeFile: (_, contents) => void (binary = contents),
      listFiles: () => [],
    },
  );
  if (error !== null || !(binary instanceof Uint8Array)) {
    throw new SyntaxError(`Cannot compile "${source}": ${stderr.toString()}`);
  }
  return `/** ${source} in base64, as \`deno task build-wasm\` compiles it. */\n` +
    `export const levenshteinWasm =\n  "${binary.toBase64()}";\n`;
}
