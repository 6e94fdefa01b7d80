import assert from "node:assert/strict";
import { inFolder } from "../fixtures/chunks.ts";
import { runWithData, withSnapshots } from "../fixtures/snapshots_folder.ts";
import { writeRaw } from "../fixtures/write_raw.ts";

const [older, hub, eco] = ["hub-2026-11-20", "hub-2026-11-21", "ecosystem-graphs-2026-11-21"];

Deno.test("snapshots lists what is here by upstream and date, with what it holds and how far it is", () =>
  withSnapshots(async ({ run, at }) => {
    Deno.removeSync(at("raw", eco), { recursive: true });
    const { code, stdout, stderr } = await run("snapshots");
    assert.deepEqual([code, stderr], [0, ""]);
    const lines = stdout.trimEnd().split("\n").map((line) => line.trim().split(/ {2,}/));
    const kB = /^\d\.\d kB$/;
    assert.deepEqual(
      lines.map((line) => line.map((cell) => kB.test(cell) ? "kB" : cell)),
      [
        ["ecosystem-graphs"],
        ["name", "fetched", "assets", "raw", "packed", "state"],
        [eco, "01234567 2026-11-21", "2", "–", "kB", "packed"],
        [""],
        ["hub"],
        ["name", "fetched", "models", "raw", "packed", "state"],
        [older, "2026-11-20 to 11-21", "2", "kB", "kB", "complete"],
        [hub, "2026-11-21 to 11-22", "6", "kB", "kB", "complete"],
        ["hub-2026-11-22", "–", "–", "517 bytes", "–", "unfinished"],
        [
          "not complete, 2 pages so far; deno task fetch hub with the options that it was begun with goes",
        ],
        ["on"],
      ],
    );
    const { schema, snapshots } = JSON.parse((await run("snapshots", "--json")).stdout);
    assert.deepEqual([schema, snapshots.length], ["kindred-snapshots-1", 4]);
    const { sha256, packed, raw, ...rest } = snapshots[2];
    assert.deepEqual(rest, {
      name: hub,
      kind: "models",
      upstream: "hub",
      revision: null,
      from: "2026-11-21T23:00:00.000Z",
      to: "2026-11-22T01:00:00.000Z",
      count: 6,
      state: "complete",
      notes: [],
    });
    assert.match(sha256, /^[0-9a-f]{64}$/);
    assert.ok(packed > 1000 && raw > 1000);
  }));

Deno.test("snapshots shows what it cannot read, with the reason, and believes no manifest", () =>
  withSnapshots(async ({ run, at, data, change, changeJson }) => {
    change(at("raw", older, "fetch.json"), () => new TextEncoder().encode("{"));
    Deno.removeSync(at("cache", hub, "manifest.json"));
    changeJson(at("cache", eco, "manifest.json"), (manifest) => manifest.fetched = "=cmd()");
    Deno.removeSync(at("raw", "hub-2026-11-22.part", "request.json"));
    Deno.mkdirSync(at("raw", "__proto__"));
    const evil = {
      name: "../../x",
      upstream: "<script>\u202e" as "hub",
      kind: "constructor" as "models",
      from: "'; DROP TABLE x; --",
      to: {} as string,
      revision: "\x1b[2Jred" as string,
      counts: null as unknown as Record<string, number>,
    };
    await writeRaw(`${data}/raw/evil-${"long-".repeat(30)}`, [], evil);
    const { code, stdout, stderr } = await run("snapshots");
    assert.deepEqual([code, stderr], [0, ""]);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(stdout, /[\u202e\x1b]/);
    assert.match(
      stdout,
      /^<script>\\u202e\n.* construc… .*\n {2}evil-(long-)+lon… {2}\\u001b\[2Jred .* complete$/m,
    );
    // Where a note is wrapped depends on the folder of the test.
    const joined = stdout.replaceAll(/\n {6}/g, " ");
    for (
      const line of [
        `${older} .* damaged Cannot open ".*raw.${older}": its fetch\\.json cannot be read `,
        `${hub} .* damaged Cannot open snapshot ".*cache.${hub}": its manifest\\.json cannot be read `,
        `__proto__ .* damaged Cannot open ".*raw.__proto__": its fetch\\.json cannot be read `,
        `${eco} .* complete the packed one was made from something else; deno task verify says more$`,
        "hub-2026-11-22 .* unfinished not complete, and nothing says what was asked for: remove .*\\.part$",
      ]
    ) assert.match(joined, new RegExp(`^  ${line}`, "m"));
    const paths = /^ {6}\S+$/;
    for (const line of stdout.split("\n")) {
      assert.ok([...line].length <= 100 || paths.test(line), line);
    }
  }));

Deno.test("snapshots says how to get one where there is none", () =>
  inFolder(async (data) => {
    const { code, stdout } = await runWithData(data, "snapshots", []);
    assert.equal(code, 0);
    assert.match(stdout, /^No snapshots yet\. To get one:\n {2}deno task fetch hub-stats /);
    const { stdout: json } = await runWithData(data, "snapshots", ["--json"]);
    assert.deepEqual(JSON.parse(json).snapshots, []);
    const wrong = await runWithData(data, "snapshots", ["hub"]);
    assert.equal(wrong.code, 2);
  }));

Deno.test("snapshots keeps to 100 columns with the longest usual names and sizes", () =>
  inFolder(async (data) => {
    for (const name of ["arxiv-categories-2026-11-21-12", "hub-stats-2026-11-21"]) {
      await writeRaw(`${data}/raw/${name}`, [], {
        name,
        kind: "papers",
        counts: { papers: 123_456_789 },
        from: "2026-12-31T23:00:00.000Z",
        to: "2027-01-01T01:00:00.000Z",
      });
    }
    const { stdout } = await runWithData(data, "snapshots", []);
    const lines = stdout.trimEnd().split("\n");
    assert.match(lines[2], /2026-12-31 to 2027-01-01 {2}123,456,789 .* complete$/);
    assert.ok(lines.every((line) => [...line].length <= 100));
  }));
