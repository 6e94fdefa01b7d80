import assert from "node:assert/strict";
import { join } from "node:path";
import { paths } from "../../lib/paths.ts";
import { verifyRawFolder } from "../../lib/snapshot/verify_raw_folder.ts";
import { sealOf } from "../../lib/source/raw_manifest.ts";

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
      /^Cannot go on with "a": it was begun with limit 2, not 3; give the same options/,
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

Deno.test("RawFolder.finish() that was killed while it hashed has taken nothing away", async () => {
  await inData(async (data) => {
    const begun: Steps = [
      ["open", "a", {}],
      ["write", "rows-0001.jsonl", text],
      ["write", "scratch/state.json", "what is needed to go on"],
    ];
    const killed = await run(data, [...begun, ["stopAt", "hashing"], ["finish"], ["list"]]);
    assert.equal(killed.length, 4);
    const left = ["lock", "request.json", "rows-0001.jsonl", "scratch"];
    assert.deepEqual(
      Object.keys(entries(data, "raw", "a.part")).map((name) => name.replace(/^\./, "")),
      left,
    );
    assert.deepEqual(Object.keys(entries(data, "raw", "a.part", "scratch")), ["state.json"]);
    const [opened, finished] = await run(data, [["open", "a", {}], ["finish"]]);
    assert.deepEqual(opened, { resumed: true });
    assert.equal(finished.files.length, 1);
    assert.equal(finished.seal, sealOf(finished));
    assert.deepEqual(entries(data, "raw", "a", "scratch"), {});
  });
});

Deno.test("RawFolder.open() leaves what another upstream began, also when it is told to begin anew", async () => {
  await inData(async (data) => {
    await run(data, [["open", "a", {}], ["write", "rows-0001.jsonl", text]]);
    const before = entries(data, "raw", "a.part");
    const upstream = "ecosystem-graphs";
    const refused = await run(data, [
      ["open", "a", {}, { upstream, anew: true }],
      ["open", "a", {}, { upstream }],
    ]);
    for (const { error, message } of refused) {
      assert.equal(error, "RangeError");
      assert.match(
        message,
        /^Cannot fetch "a": deno task fetch hub began it .*; give another name, or remove .*a\.part$/,
      );
    }
    assert.deepEqual(entries(data, "raw", "a.part"), before);
    assert.deepEqual(await run(data, [["open", "a", {}]]), [{ resumed: true }]);
    for (const damaged of ["{", "null", '{"upstream":"hub"}', '{"request":{}}']) {
      Deno.writeTextFileSync(join(data, "raw", "a.part", "request.json"), damaged);
      const [anew, plain, listed] = await run(data, [
        ["open", "a", {}, { anew: true }],
        ["open", "a", {}],
        ["list"],
      ]);
      assert.deepEqual([anew.error, plain.error], ["SyntaxError", "SyntaxError"]);
      assert.match(anew.message, /its request\.json is damaged, .*; remove the folder$/);
      assert.deepEqual(listed.unfinished, []);
      assert.ok(Object.hasOwn(entries(data, "raw", "a.part"), "rows-0001.jsonl"));
    }
  });
});

Deno.test("rawSnapshots() passes over stray files and folders, and tells of damaged neighbours", async () => {
  await inData(async (data) => {
    const write: Steps = [["write", "rows-0001.jsonl", text], ["finish"]];
    await run(data, [["open", "a", {}], ...write, ["open", "b", {}], ...write]);
    Deno.writeTextFileSync(join(data, "raw", ".DS_Store"), "");
    Deno.writeTextFileSync(join(data, "raw", "x.part"), "");
    Deno.mkdirSync(join(data, "raw", "empty"));
    Deno.mkdirSync(join(data, "raw", "empty.part"));
    const path = join(data, "raw", "b", "fetch.json");
    const whole = Deno.readTextFileSync(path);
    Deno.chmodSync(path, 0o644);
    for (const damaged of ["{}", "", whole.replace("2026-08-22T10", "2020-08-22T10")]) {
      assert.notEqual(damaged, whole);
      Deno.writeTextFileSync(path, damaged);
      const [listed] = await run(data, [["list"]]);
      assert.deepEqual([listed.complete, listed.unfinished, listed.damaged.length], [["a"], [], 1]);
      assert.match(listed.damaged[0], /^Cannot open ".*\/raw\/b": its fetch\.json /);
    }
  });
});

for (
  const [when, call] of [["before", "rename"], ["after", "chmodSync"], ["long after", "removeSync"]]
) {
  Deno.test(`RawFolder.finish() that was killed ${when} the folder has its name goes on cleanly`, async () => {
    await inData(async (data) => {
      const begun: Steps = [
        ["open", "a", { limit: 2 }],
        ["write", "rows-0001.jsonl", text],
        ["write", "scratch.json", text],
      ];
      const killed = await run(data, [...begun, ["stopAt", call], ["finish"], ["list"]]);
      assert.equal(killed.length, 4);
      const done = when !== "before";
      assert.deepEqual(Object.keys(entries(data, "raw")), [done ? "a" : "a.part"]);
      assert.ok(Object.hasOwn(entries(data, "raw", done ? "a" : "a.part"), "scratch.json"));
      if (done) {
        // What it is going to take away is not among what was added.
        assert.deepEqual((await verifyRawFolder(join(data, "raw", "a"))).differences, []);
      }
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
