import { listSnapshots } from "../snapshot/list_snapshots.ts";
import { command } from "./cli.ts";
import { printSnapshots } from "./print_snapshots.ts";

const help = `
Lists the snapshots of this machine: where they come from, their commit or the days of the first and the last answer, what is in
them, their sizes, and their state. complete: fetched, and here; packed: only the packed one is here; unfinished: being
fetched, or cut off; damaged: its manifest cannot be read.

  deno task snapshots [--json]

  --json  everything for programs

Nothing is hashed: deno task verify does that.
`;

await command({
  help,
  options: { json: { type: "boolean" } },
  positionals: [0, 0],
  run({ json }) {
    const snapshots = listSnapshots();
    console.log(
      json
        ? JSON.stringify({ schema: "kindred-snapshots-1", snapshots }, null, 2)
        : printSnapshots(snapshots),
    );
  },
});
