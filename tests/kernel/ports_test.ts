import assert from "node:assert/strict";
import { bindPorts } from "../../lib/kernel/bind_ports.ts";
import { ChildKernel } from "../../lib/kernel/child_kernel.ts";
import { KernelClient } from "../../lib/kernel/client.ts";
import {
  type ConnectionInfo,
  portNames,
  readConnectionFile,
  saveConnectionFile,
  writeConnectionFile,
} from "../../lib/kernel/connection_file.ts";
import { kernelCommand } from "../../lib/kernel/kernel_command.ts";
import { contentOf } from "../../lib/kernel/message.ts";
import { connect } from "../../lib/kernel/sockets.ts";
import { cell, withKernel } from "./support.ts";

/** Runs a test with the path of a connection file. */
async function withFile(test: (file: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await test(`${folder}/connection.json`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** Starts Deno's kernel on the ports that `choose` makes of free ones at each try, runs `1 + 1` and ends it; returns the tries. */
async function start(choose: (info: ConnectionInfo, tried: number) => ConnectionInfo) {
  let tried = 0;
  const kernel = await ChildKernel.start({
    onCaptured() {},
    onInput() {},
    writeConnection(path) {
      const info = choose(writeConnectionFile(path), ++tried);
      saveConnectionFile(path, info);
      return info;
    },
  });
  const reply = await kernel.ask("execute_request", {
    code: "1 + 1",
    silent: false,
    store_history: false,
  });
  assert.equal(contentOf(reply).status, "ok");
  await kernel.fence();
  await kernel.process.end();
  return tried;
}

// A kernel is read until the process of its proxy ends.
const sanitizers = { sanitizeOps: false, sanitizeResources: false };

for (const name of portNames) {
  Deno.test({
    name: `ChildKernel.start() starts again with other ports when another program has the ${name}`,
    ...sanitizers,
    async fn() {
      let taken: Deno.Listener | undefined;
      const tried = await start((info, tried) => {
        if (tried === 1) taken = Deno.listen({ hostname: info.ip, port: info[name] });
        return info;
      });
      taken?.close();
      assert.equal(tried, 2);
    },
  });
}

Deno.test({
  name: "ChildKernel.start() never takes another kernel for its own, nor disturbs that",
  ...sanitizers,
  fn: () =>
    withKernel({}, async (other) => {
      const tried = await start((info, tried) =>
        tried === 1 ? { ...other.info, key: info.key } : info
      );
      assert.equal(tried, 2);
      assert.deepEqual((await cell(other, "1 + 1")).outputs, ["execute_result: 2"]);
    }),
});

Deno.test({
  name:
    "ChildKernel.start() connects again when another program held the shell's port for a moment",
  ...sanitizers,
  async fn() {
    let served = 0;
    const tried = await start((info) => {
      const listener = Deno.listen({ hostname: info.ip, port: info.shell_port });
      // It is gone long before Deno has started.
      (async () => {
        const conn = await listener.accept();
        served++;
        listener.close();
        conn.close();
      })();
      return info;
    });
    assert.deepEqual({ tried, served }, { tried: 1, served: 1 });
  },
});

Deno.test({
  name: "ChildKernel.start() gives up after five tries and says what Deno said",
  ...sanitizers,
  async fn() {
    const taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    let tries = 0;
    await assert.rejects(
      start((info) => {
        tries++;
        return { ...info, hb_port: taken.addr.port };
      }),
      /^Error: Cannot start Deno's kernel: it ended with 1\n[^]*Address already in use/,
    );
    taken.close();
    assert.equal(tries, 5);
  },
});

Deno.test("bindPorts() chooses ports that are 0 and waits for one that is held for a moment", () =>
  withFile(async (file) => {
    const chosen = await bindPorts(writeConnectionFile(file, { ports: "the kernel's choice" }));
    assert.equal(new Set(portNames.map((name) => chosen.info[name])).size, 5);
    const held = chosen.listeners.hb_port;
    setTimeout(() => held.close(), 100);
    const info = { ...writeConnectionFile(file), hb_port: chosen.info.hb_port };
    const bound = await bindPorts(info);
    assert.deepEqual(bound.info, info);
    for (const name of portNames) {
      if (name !== "hb_port") chosen.listeners[name].close();
      bound.listeners[name].close();
    }
  }));

Deno.test("bindPorts() names the port that another program keeps, and lets go of the others", () =>
  withFile(async (file) => {
    const info = writeConnectionFile(file);
    const taken = Deno.listen({ hostname: "127.0.0.1", port: info.hb_port });
    await assert.rejects(
      bindPorts(info, { patience: 50 }),
      new RegExp(`port ${info.hb_port} of 127.0.0.1, the hb_port .* another program has it`),
    );
    taken.close();
    const { listeners } = await bindPorts(info);
    for (const listener of Object.values(listeners)) listener.close();
    await assert.rejects(
      bindPorts({ ...info, ip: "192.0.2.1" }),
      /of 192\.0\.2\.1, the shell_port/,
    );
  }));

Deno.test("the kernel ends with a clear error when a port that Jupyter gave it is taken", () =>
  withFile(async (file) => {
    const info = writeConnectionFile(file);
    const taken = Deno.listen({ hostname: "127.0.0.1", port: info.stdin_port });
    const [program, ...args] = kernelCommand(file);
    const { code, stderr } = await new Deno.Command(program, { args, stderr: "piped" }).output();
    taken.close();
    assert.equal(code, 1);
    assert.match(
      new TextDecoder().decode(stderr),
      new RegExp(`^error: Cannot listen on port ${info.stdin_port} .*stdin_port.*\n$`),
    );
  }));

Deno.test("readConnectionFile() refuses ports that are none and what is not known here", () =>
  withFile(async (file) => {
    const info = writeConnectionFile(file);
    assert.deepEqual(readConnectionFile(file), info);
    assert.equal(Deno.statSync(file).mode! & 0o777, 0o600);
    for (
      const wrong of [
        { hb_port: -1 },
        { hb_port: 65_536 },
        { hb_port: "1" },
        { transport: "ipc" },
        { signature_scheme: "none" },
        { key: null },
      ]
    ) {
      saveConnectionFile(file, { ...info, ...wrong } as ConnectionInfo);
      assert.throws(() => readConnectionFile(file), TypeError);
    }
    await Promise.resolve();
  }));

Deno.test("KernelClient says so when a kernel with another key answers", () =>
  withKernel({}, async ({ info }) => {
    const client = await KernelClient.connect({ ...info, key: "another" });
    const other = await KernelClient.connect(info);
    const refused = assert.rejects(
      client.ask("shell", "kernel_info_request"),
      /its signature is wrong/,
    );
    // The kernel answers only its own; what it publishes reaches both.
    await other.execute("1 + 1");
    await refused;
    await assert.rejects(client.ask("shell", "kernel_info_request"), /its signature is wrong/);
    client.close();
    other.close();
  }));

Deno.test("connect() does not take a socket that is connected to itself for a peer", async () => {
  const { connect: real } = Deno;
  const addr = { hostname: "127.0.0.1", port: 1, transport: "tcp" };
  let closed = 0;
  Deno.connect =
    (() => Promise.resolve({ localAddr: addr, remoteAddr: addr, close: () => closed++ })) as never;
  try {
    await assert.rejects(
      connect({ type: "DEALER", hostname: "127.0.0.1", port: 1 }),
      Deno.errors.ConnectionRefused,
    );
  } finally {
    Deno.connect = real;
  }
  assert.equal(closed, 1);
});
