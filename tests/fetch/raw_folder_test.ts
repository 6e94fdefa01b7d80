import assert from "node:assert/strict";
import { join } from "node:path";
import { paths } from "../../lib/paths.ts";

const program = `${paths.tests}fetch/raw_folder_program.ts`;

/** What the program is to do; see there. */
type Steps = (string | Record<string, unknown>)[][];

function command(data: string, steps: Steps): Deno.Command {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-check",
      "--allow-read",
      `--allow-write=${data}`,
      "--allow-env=KINDRED_DATA",
      "--allow-run",
      program,
      JSON.stringify(steps),
    ],
    env: { KINDRED_DATA: data, NO_COLOR: "1" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  });
}

/** Does steps in a program of its own; gives what each gave, up to where it was killed. */
// deno-lint-ignore no-explicit-any
async function run(data: string, steps: Steps): Promise<any[]> {
  const child = command(data, steps).spawn();
  await child.stdin.close();
  const { stdout, stderr } = await child.output();
  assert.equal(new TextDecoder().decode(stderr), "");
  return new TextDecoder().decode(stdout).trim().split("\n").map((line) => JSON.parse(line));
}

async function inData(use: (data: string) => Promise<void>): Promise<void> {
  const data = await Deno.makeTempDir();
  try {
    await use(data);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

/** Names in a folder with their permissions. */
function entries(...path: string[]): Record<string, string> {
  const folder = join(...path);
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  return Object.fromEntries(
    names.map((name) => [name, (Deno.statSync(join(folder, name)).mode! & 0o777).toString(8)]),
  );
}

const text = '{"id":"a/b"}\n';

Deno.test("RawFolder becomes a snapshot whose files are read-only and in its manifest", async () => {
  await inData(async (data) => {
    const [opened, , , , manifest, , listed] = await run(data, [
      ["open", "a", { limit: 2 }],
      ["write", "rows-0002.jsonl", text],
      ["write", "assets/x.yaml", text],
      ["write", "scratch.txt", text],
      ["finish"],
      ["open", "b", {}],
      ["list"],
    ]);
    assert.deepEqual(opened, { resumed: false });
    assert.deepEqual(entries(data, "raw", "a"), {
      assets: "755",
      "fetch.json": "444",
      "rows-0002.jsonl": "444",
    });
    assert.deepEqual(entries(data, "raw", "a", "assets"), { "x.yaml": "444" });
    assert.deepEqual(manifest.files.map(({ name }: { name: string }) => name), [
      "assets/x.yaml",
      "rows-0002.jsonl",
    ]);
    assert.deepEqual(manifest.request, { limit: 2 });
    assert.deepEqual(
      JSON.parse(Deno.readTextFileSync(join(data, "raw", "a", "fetch.json"))),
      manifest,
    );
    const raw = `${join(data, "raw")}/`;
    assert.deepEqual(listed, { complete: ["a"], unfinished: ["b"], raw, a: [true, "a"] });
  });
});

Deno.test("RawFolder.open() goes on with the same request, refuses another, and begins anew when it is told to", async () => {
  await inData(async (data) => {
    const hostile = { since: '__proto__"<script>\u202e=cmd()', limit: 2 };
    await run(data, [["open", "a", hostile], ["write", "rows-0001.jsonl", text]]);
    // A program that was killed left a request that is not whole.
    Deno.writeTextFileSync(join(data, "raw", "a.part", "request.json.tmp"), '{"upst');
    Deno.writeTextFileSync(join(data, "raw", "a.part", "fetch.json.tmp"), '{"sch');
    const [same, , other, , anew, kept, again, finished] = await run(data, [
      ["open", "a", hostile],
      ["close"],
      ["open", "a", { ...hostile, limit: 3 }],
      ["write", "rows-0001.jsonl", text],
      ["open", "a", { limit: 3 }, { anew: true }],
      ["finish"],
      ["open", "a", { limit: 3 }],
      ["list"],
    ]);
    assert.deepEqual(same, { resumed: true });
    assert.equal(other.error, "RangeError");
    assert.match(
      other.message,
      /^Cannot go on with "a": it was begun with .*"limit":2.*, not .*"limit":3/,
    );
    assert.deepEqual(anew, { resumed: false });
    assert.deepEqual(kept.files, []);
    assert.equal(again.error, "RangeError");
    assert.match(again.message, /^Cannot fetch "a": there is a snapshot of that name, .* remove /);
    assert.deepEqual(finished.complete, ["a"]);
    assert.deepEqual(entries(data, "raw"), { a: "755" });
    assert.deepEqual(entries(data, "raw", "a"), { "fetch.json": "444" });
  });
});

Deno.test("RawFolder.finish() leaves out what a killed program had not written whole", async () => {
  await inData(async (data) => {
    await run(data, [["open", "a", {}], ["write", "rows-0001.jsonl", text]]);
    Deno.writeTextFileSync(join(data, "raw", "a.part", "request.json.tmp"), '{"upst');
    Deno.writeTextFileSync(join(data, "raw", "a.part", "fetch.json.tmp"), '{"sch');
    const [, manifest] = await run(data, [["open", "a", {}], ["finish"]]);
    assert.deepEqual(manifest.files.map(({ name }: { name: string }) => name), ["rows-0001.jsonl"]);
    assert.deepEqual(Object.keys(entries(data, "raw", "a")), ["fetch.json", "rows-0001.jsonl"]);
  });
});

Deno.test("RawFolder.open() refuses names that are no name of a folder", async () => {
  await inData(async (data) => {
    const names = ["", ".", "..", "../x", "a/b", "a\\b", "/etc", ".lock", "-a", "a.part", "a.tmp"];
    const hostile = ["a\0", "a\n", "a b", '"', "<script>", "=cmd()", "\u202ea", "\u00e4", "a:b"];
    const all = [...names, ...hostile];
    const found = await run(data, all.map((name) => ["open", name, {}]));
    assert.deepEqual(found.map(({ error }) => error), all.map(() => "RangeError"));
    for (const [i, { message }] of found.entries()) {
      assert.ok(message.startsWith(`Cannot fetch ${JSON.stringify(all[i])}: expected a name`));
    }
    const [proto, , constructor] = await run(data, [
      ["open", "__proto__", {}],
      ["close"],
      ["open", "constructor", {}],
    ]);
    assert.deepEqual([proto, constructor], [{ resumed: false }, { resumed: false }]);
    assert.deepEqual(Object.keys(entries(data, "raw")), ["__proto__.part", "constructor.part"]);
  });
});

Deno.test("RawFolder.open() refuses a snapshot that another program is at work on, until that ends", async () => {
  await inData(async (data) => {
    const holder = command(data, [["open", "a", {}], ["hold"]]).spawn();
    const lines = holder.stdout.pipeThrough(new TextDecoderStream());
    let said = "";
    const reader = lines.getReader();
    while (!said.includes("holds")) said += (await reader.read()).value;
    const [refused, other] = await run(data, [["open", "a", {}], ["open", "b", {}]]);
    assert.deepEqual(refused, {
      error: "Error",
      message: 'Cannot fetch "a": another program is at work on it',
    });
    assert.deepEqual(other, { resumed: false });
    holder.kill("SIGKILL");
    await holder.status;
    await Promise.all([reader.cancel(), holder.stderr.cancel(), holder.stdin.abort()]);
    const [resumed] = await run(data, [["open", "a", {}]]);
    assert.deepEqual(resumed, { resumed: true });
  });
});

for (
  const [when, call] of [["before", "rename"], ["after", "chmodSync"], ["long after", "removeSync"]]
) {
  Deno.test(`RawFolder.finish() that was killed ${when} the folder has its name goes on cleanly`, async () => {
    await inData(async (data) => {
      const begun: Steps = [["open", "a", { limit: 2 }], ["write", "rows-0001.jsonl", text]];
      const killed = await run(data, [...begun, ["stopAt", call], ["finish"], ["list"]]);
      assert.equal(killed.length, 3);
      const done = when !== "before";
      assert.deepEqual(Object.keys(entries(data, "raw")), [done ? "a" : "a.part"]);
      const [opened, finished, listed] = await run(data, [
        ["open", "a", { limit: 2 }],
        done ? ["close"] : ["finish"],
        ["list"],
      ]);
      if (done) assert.match(opened.message, /there is a snapshot of that name/);
      else {
        assert.deepEqual(opened, { resumed: true });
        assert.equal(finished.files.length, 1);
      }
      assert.deepEqual(listed.complete, ["a"]);
      assert.deepEqual(listed.unfinished, []);
      assert.deepEqual(entries(data, "raw", "a"), {
        "fetch.json": "444",
        "rows-0001.jsonl": "444",
      });
    });
  });
}
