import { randomBytes } from "node:crypto";

/** Where a kernel and its clients meet: the contents of a connection file. */
export interface ConnectionInfo {
  transport: "tcp";
  ip: string;
  shell_port: number;
  iopub_port: number;
  stdin_port: number;
  control_port: number;
  hb_port: number;
  signature_scheme: "hmac-sha256";
  /** Secret for signatures; empty for none. */
  key: string;
}

const ports = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;

/**
 * Reads a connection file.
 *
 * @throws {SyntaxError} when it is not JSON
 * @throws {TypeError} when a field is missing, or something is asked for that is not known here
 */
export function readConnectionFile(path: string): ConnectionInfo {
  const info = JSON.parse(Deno.readTextFileSync(path)) as Record<string, unknown>;
  const refuse = (field: string, wanted: string) => {
    throw new TypeError(
      `Cannot use connection file "${path}": ${field} is ${
        JSON.stringify(info[field])
      }, expected ${wanted}`,
    );
  };
  if (info.transport !== undefined && info.transport !== "tcp") refuse("transport", '"tcp"');
  if (typeof info.ip !== "string") refuse("ip", "an address");
  if (typeof info.key !== "string") refuse("key", "a text");
  if (info.key !== "" && info.signature_scheme !== "hmac-sha256") {
    refuse("signature_scheme", '"hmac-sha256"');
  }
  for (const port of ports) {
    const value = info[port];
    if (!Number.isInteger(value) || Number(value) < 1 || Number(value) > 65_535) {
      refuse(port, "a port from 1 to 65535");
    }
  }
  return info as unknown as ConnectionInfo;
}

/** Writes a connection file with five free ports of this machine and a fresh key, readable by its owner only. */
export function writeConnectionFile(path: string): ConnectionInfo {
  const listeners = ports.map(() => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = listeners.map(
    (listener) => listener.addr.port,
  );
  for (const listener of listeners) listener.close();
  const info: ConnectionInfo = {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
    signature_scheme: "hmac-sha256",
    key: randomBytes(32).toString("hex"),
  };
  Deno.writeTextFileSync(path, JSON.stringify(info), { mode: 0o600 });
  return info;
}
