/**
 * Does steps with raw folders below KINDRED_DATA and prints what each gave, one JSON line each: `raw_folder_program.ts '[["open","a",{}],...]'`. After
 * the last one it waits for the end of its input when that is `["hold"]`.
 *
 * @module
 */
import { dirname, join } from "node:path";
import {
  hasRawSnapshot,
  RawFolder,
  rawSnapshot,
  rawSnapshots,
  unfinishedSnapshots,
} from "../../lib/fetch/raw_folder.ts";
import { paths } from "../../lib/paths.ts";
import type { Upstream } from "../../lib/source/raw_manifest.ts";

type Step =
  | ["open", string, Record<string, unknown>, { anew?: boolean; upstream?: Upstream }?]
  | ["write", string, string]
  | ["finish"]
  | ["stopAt", "rename" | "chmodSync" | "removeSync" | "hashing"]
  | ["close"]
  | ["list"]
  | ["hold"];

let folder: RawFolder | null = null;
let stopsAtHash = false;

async function step([what, ...args]: Step): Promise<unknown> {
  switch (what) {
    case "open": {
      const { upstream = "hub", anew } = (args[2] ?? {}) as { anew?: boolean; upstream?: Upstream };
      folder = RawFolder.open(args[0] as string, {
        upstream,
        request: args[1] as Record<string, unknown>,
      }, { anew });
      return { resumed: folder.resumed };
    }
    case "write": {
      const path = join(folder!.path, args[0] as string);
      Deno.mkdirSync(dirname(path), { recursive: true });
      Deno.writeTextFileSync(path, args[1] as string);
      return true;
    }
    case "finish":
      return await folder!.finish({
        kind: "models",
        origin: "https://huggingface.co",
        revision: null,
        from: "2026-08-22T10:00:00.000Z",
        to: "2026-08-22T11:00:00.000Z",
        base: null,
        counts: { models: 1 },
        issues: [],
        roleOf: (name) => name.startsWith("scratch") ? null : "rows",
        onProgress: () => void (stopsAtHash && Deno.kill(Deno.pid, "SIGKILL")),
      });
    case "stopAt": {
      // As kill -9 between two calls of the system.
      if (args[0] === "hashing") return stopsAtHash = true;
      const name = args[0] as "rename";
      const deno = Deno as unknown as Record<string, unknown>;
      deno[name] = () => Deno.kill(Deno.pid, "SIGKILL");
      return true;
    }
    case "close":
      folder!.close();
      return true;
    case "hold":
      for await (const _ of Deno.stdin.readable);
      return true;
    case "list": {
      const damaged: string[] = [];
      const onDamaged = ({ message }: SyntaxError) => void damaged.push(message);
      return {
        complete: rawSnapshots({ onDamaged }).map(({ name }) => name),
        ...(damaged.length > 0 ? { damaged } : {}),
        unfinished: unfinishedSnapshots("hub"),
        raw: paths.raw,
        a: [hasRawSnapshot("a"), rawSnapshot("a")?.name ?? null],
      };
    }
  }
}

for (const one of JSON.parse(Deno.args[0]) as Step[]) {
  let said: unknown;
  if (one[0] === "hold") console.log(JSON.stringify("holds"));
  try {
    said = await step(one);
  } catch (error) {
    said = { error: (error as Error).name, message: (error as Error).message };
  }
  console.log(JSON.stringify(said));
}
