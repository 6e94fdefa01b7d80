/**
 * Kills `fetch hub` at random moments, again and again, and compares what it has fetched in the end with what it fetches uninterrupted.
 *
 * @module
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { type Random, random } from "../../../lib/core/random.ts";
import type { ServedRequest } from "../fault_server.ts";
import { hubServer, SimulatedHub } from "./hub_server.ts";
import { type HubRun, startHub, type StartHubOptions } from "./run_hub.ts";
import { inFolder } from "./support.ts";

/** Ways of fetching that are interrupted. */
const modes: Record<string, string[]> = {
  plain: [],
  cards: ["--cards"],
  since: ["--since", "2030-01-01"],
  sinceWithCards: ["--since", "2030-01-01", "--cards"],
};

const baseDay = new Date("2030-01-01T12:00:00Z");
const laterDay = new Date("2030-01-05T12:00:00Z");
const name = "hub-2030-01-05";

/** What {@link killPoints} did. */
export interface KillReport {
  /** Kills by what was under way. */
  kills: Map<string, number>;
  /** Snapshots that were compared, by way of fetching. */
  snapshots: Map<string, number>;
}

/** One of those that work at the same time; its requests are told by their token. */
interface Lane {
  token: string;
  draw: Random;
  /** Called with each of its requests. */
  onRequest: () => void;
}

/**
 * Kills as often as asked, over as many snapshots as that takes; each is then fetched to its end.
 *
 * @throws {AssertionError} when a snapshot is not, byte for byte, that of an uninterrupted run
 */
export function killPoints({ kills, seed }: { kills: number; seed: number }): Promise<KillReport> {
  return inFolder(async (folder) => {
    const hub = new SimulatedHub({ models: 600 });
    let now = baseDay;
    const lanes = [0, 1].map((lane): Lane => ({
      token: `hf_secret${lane}of${seed}`,
      draw: random({ seed: 2 * seed + lane }),
      onRequest: () => {},
    }));
    await using server = hubServer(hub, {
      pageRows: 60,
      date: () => now,
      delay: () => 2,
      onRequest({ headers }: ServedRequest) {
        const token = headers.get("authorization")?.slice("Bearer ".length);
        lanes.find((lane) => lane.token === token)?.onRequest();
      },
    });
    const optionsOf = (data: string, { token }: Lane): StartHubOptions => ({
      server,
      data,
      env: { HF_TOKEN: token },
    });
    const base = `${folder}/base`;
    await finish(["--cards", "--name", "base"], optionsOf(base, lanes[0]));
    for (const [i, { id }] of [...hub.models.entries()].filter(([i]) => i % 3 === 0)) {
      hub.change(id, { at: new Date(baseDay.getTime() + 1000 * i).toISOString(), likes: i });
    }
    hub.create("new/model", { at: new Date(baseDay.getTime() + 5000).toISOString() });
    now = laterDay;

    const report: KillReport = { kills: new Map(), snapshots: new Map() };
    const whole = new Map<string, Snapshot>();
    const usual = new Map<string, Usual>();
    for (const [mode, args] of Object.entries(modes)) {
      const data = `${folder}/${mode}`;
      await copyRaw(base, data);
      const begun = performance.now();
      const before = server.log.length;
      await finish(args, optionsOf(data, lanes[0]));
      const milliseconds = performance.now() - begun;
      usual.set(mode, { milliseconds, requests: server.log.length - before });
      whole.set(mode, await readSnapshot(data));
    }
    let left = kills;
    let snapshots = 0;
    await Promise.all(lanes.map(async (lane) => {
      while (left > 0) {
        const number = snapshots++;
        const [mode, args] = Object.entries(modes)[number % 4];
        const data = `${folder}/${number}`;
        await copyRaw(base, data);
        const options = optionsOf(data, lane);
        while (left > 0) {
          left--;
          const { code, stderr } = await killed(args, {
            ...options,
            lane,
            usual: usual.get(mode)!,
          });
          if (code === 0) {
            left++;
            break;
          }
          assert.equal(code, 137, stderr);
          count(report.kills, underWay(data));
        }
        await finish(args, options);
        assert.deepEqual(await readSnapshot(data), whole.get(mode), `${mode}, snapshot ${number}`);
        assertNowhere(data, lane.token);
        count(report.snapshots, mode);
        await Deno.remove(data, { recursive: true });
      }
    }));
    return report;
  });
}

/** How an uninterrupted run goes. */
interface Usual {
  milliseconds: number;
  requests: number;
}

/** Runs to the end. */
async function finish(args: readonly string[], options: StartHubOptions): Promise<void> {
  const { code, stdout, stderr } = await ended(startHub(args, options));
  assert.equal(code, 0, stderr);
  for (const text of [stdout, stderr]) assert.ok(!text.includes(options.env!.HF_TOKEN));
}

/** Files that appear when something begins. */
const marks = [
  `raw/${name}.part/rows.index.jsonl`,
  `raw/${name}.part/cards.index.jsonl`,
  `raw/${name}.part/fetch.json`,
  `raw/${name}/fetch.json`,
  `cache/${name}.tmp`,
];

/** Starts, and kills at a random moment: some time after the start, after some request, or after a file appears. */
async function killed(
  args: readonly string[],
  { lane, usual, ...options }: StartHubOptions & { lane: Lane; usual: Usual },
): Promise<HubRun> {
  const process = startHub(args, options);
  const kill = () => {
    try {
      process.kill("SIGKILL");
    } catch {
      // It has ended.
    }
  };
  const { draw } = lane;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watch: ReturnType<typeof setInterval> | undefined;
  const mark = `${options.data}/${marks[draw.below(marks.length)]}`;
  if (draw.chance(0.35) && !existsSync(mark)) {
    const after = (draw.chance(0.5) ? 3 : 30) * draw.uniform();
    watch = setInterval(() => {
      if (!existsSync(mark)) return;
      clearInterval(watch);
      timer = setTimeout(kill, after);
    }, 1);
  } else if (draw.chance(0.3)) timer = setTimeout(kill, usual.milliseconds * draw.uniform());
  else {
    let requests = draw.below(draw.chance(0.3) ? 4 : usual.requests);
    const after = (draw.chance(0.5) ? 20 : 200) * draw.uniform();
    lane.onRequest = () => {
      if (requests-- === 0) timer = setTimeout(kill, after);
    };
  }
  try {
    return await ended(process);
  } finally {
    clearTimeout(timer);
    clearInterval(watch);
    lane.onRequest = () => {};
  }
}

async function ended(process: Deno.ChildProcess): Promise<HubRun> {
  const { code, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** What a killed program was at, told by what it left. */
function underWay(data: string): string {
  const has = (path: string) => {
    try {
      return Deno.statSync(`${data}/${path}`).size > 0;
    } catch {
      return false;
    }
  };
  const part = `raw/${name}.part`;
  if (has(`cache/${name}/manifest.json`)) return "last words";
  if (has(`raw/${name}/request.json`)) return "taking its name";
  if (has(`raw/${name}`)) return "packing";
  if (has(`${part}/fetch.json`)) return "taking its name";
  if (has(`${part}/cards.index.jsonl`)) return "cards";
  if (has(`${part}/rows.index.jsonl`)) {
    return has(`${part}/changes.index.jsonl`) ? "joining with the base" : "models";
  }
  if (has(`${part}/changes.index.jsonl`)) return "changes";
  return has(part) ? "first page" : "start";
}

/** Names, bytes and rights of the files of a snapshot. */
type Snapshot = Record<string, { mode: number | null; text: string }>;

async function readSnapshot(data: string): Promise<Snapshot> {
  const found: Snapshot = {};
  for (const folder of [`raw/${name}`, `cache/${name}`]) {
    for (const entry of Deno.readDirSync(`${data}/${folder}`)) {
      const path = `${data}/${folder}/${entry.name}`;
      const bytes = new Uint8Array(
        await crypto.subtle.digest("SHA-256", await Deno.readFile(path)),
      );
      const { mode } = Deno.statSync(path);
      found[`${folder}/${entry.name}`] = {
        mode: folder.startsWith("raw") && mode !== null ? mode & 0o777 : null,
        text: bytes.toHex(),
      };
    }
  }
  return found;
}

/** Nothing that was written holds the token. */
function assertNowhere(folder: string, token: string): void {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) assertNowhere(path, token);
    else {assert.ok(
        !new TextDecoder("latin1").decode(Deno.readFileSync(path)).includes(token),
        path,
      );}
  }
}

/** Gives a folder of data the raw snapshot that others continue. */
async function copyRaw(from: string, to: string): Promise<void> {
  await Deno.mkdir(`${to}/raw/base`, { recursive: true });
  for (const { name } of Deno.readDirSync(`${from}/raw/base`)) {
    await Deno.copyFile(`${from}/raw/base/${name}`, `${to}/raw/base/${name}`);
  }
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

if (import.meta.main) {
  const [kills = "200", seed = "1"] = Deno.args;
  const begun = performance.now();
  const report = await killPoints({ kills: Number(kills), seed: Number(seed) });
  for (const [what, counts] of Object.entries(report)) {
    console.log(what, Object.fromEntries(counts));
  }
  console.log(`${((performance.now() - begun) / 1000).toFixed(0)} s`);
}
