import assert from "node:assert/strict";
import { paths } from "../../lib/paths.ts";

const { tasks } = JSON.parse(Deno.readTextFileSync(`${paths.root}deno.json`)) as {
  tasks: Record<string, string>;
};

/** Hosts of each upstream. */
const hosts = {
  "hub": "huggingface.co",
  "hub-stats": "huggingface.co,*.hf.co,*.huggingface.co",
  "paper": "huggingface.co,*.hf.co,*.huggingface.co",
  "ecosystem-graphs": "api.github.com,codeload.github.com",
  "arxiv-categories": "export.arxiv.org",
};

/** Runs a task as a person does. */
async function run(args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", ...args],
    cwd: paths.root,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("deno task fetch:UPSTREAM may reach its own hosts, write below data, and start nothing", () => {
  const named = Object.keys(tasks).filter((name) => name.startsWith("fetch:"));
  assert.deepEqual(named.sort(), Object.keys(hosts).map((name) => `fetch:${name}`).sort());
  for (const [name, own] of Object.entries(hosts)) {
    const flags = tasks[`fetch:${name}`].split(" ").filter((word) => word.startsWith("--"));
    assert.ok(flags.includes(`--allow-net=${own}`), `${name}: ${flags}`);
    const most =
      /^--allow-(?:net=\S+|read|write=data|env(?:=\S+)?)$|^--(?:no-prompt|v8-flags=\S+)$/;
    assert.deepEqual(flags.filter((flag) => !most.test(flag)), [], name);
  }
});

Deno.test("deno task fetch lists the upstreams, and passes on what follows one", async () => {
  const help = await run(["fetch", "--help"]);
  assert.equal(help.code, 0);
  for (const name of Object.keys(hosts)) {
    assert.match(help.stdout, new RegExp(`deno task fetch ${name} `));
    const own = await run(["fetch", name, "--help"]);
    assert.equal(own.code, 0, own.stderr);
    assert.match(own.stdout, new RegExp(`deno task fetch ${name}`));
  }
  assert.equal((await run(["fetch"])).code, 2);
  const wrong = await run(["fetch", "__proto__"]);
  assert.equal(wrong.code, 2);
  assert.match(wrong.stderr, /found "__proto__", expected one of hub, /);
  assert.equal((await run(["fetch", "hub", "--nonsense"])).code, 2);
});

Deno.test("deno task fetch:UPSTREAM cannot reach another host, whatever the environment says", async () => {
  const asked: string[] = [];
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, ({ url }) => {
    asked.push(url);
    return new Response("[]");
  });
  const folder = await Deno.makeTempDir();
  const address = `http://127.0.0.1:${server.addr.port}`;
  const env = { HF_ENDPOINT: address, KINDRED_GITHUB: address, KINDRED_ARXIV: address };
  try {
    for (const name of ["hub", "hub-stats", "ecosystem-graphs"]) {
      const { code, stderr } = await run(["fetch", name, "--no-pack"], {
        ...env,
        KINDRED_DATA: folder,
      });
      assert.equal(code, 1, name);
      assert.match(stderr, /net access to "127\.0\.0\.1:\d+"/, name);
    }
    assert.deepEqual(asked, []);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});
