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

/** Fields of a connection file that name a port. */
export const portNames = [
  "shell_port",
  "iopub_port",
  "stdin_port",
  "control_port",
  "hb_port",
] as const;

/** One of {@link portNames}. */
export type PortName = typeof portNames[number];

/**
 * Reads a connection file. A port that is 0 is for the kernel to choose; see {@link saveConnectionFile}.
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
  for (const port of portNames) {
    const value = info[port];
    if (!Number.isInteger(value) || Number(value) < 0 || Number(value) > 65_535) {
      refuse(port, "a port from 0 to 65535");
    }
  }
  return info as unknown as ConnectionInfo;
}

/** Writes a connection file at once and whole, readable by its owner only. */
export function saveConnectionFile(path: string, info: ConnectionInfo): void {
  Deno.writeTextFileSync(`${path}.tmp`, JSON.stringify(info), { mode: 0o600 });
  Deno.renameSync(`${path}.tmp`, path);
}

/** What {@link writeConnectionFile} may be told. */
export interface WriteConnectionFileOptions {
  /**
   * Who chooses the ports: the kernel, which then holds them from the start; or they are five that are free now, which another program
   * may take before the kernel does.
   * @default "free now"
   */
  ports?: "free now" | "the kernel's choice";
}

/** Writes a connection file for a kernel on this machine, with a fresh key. */
export function writeConnectionFile(
  path: string,
  { ports = "free now" }: WriteConnectionFileOptions = {},
): ConnectionInfo {
  const chosen = { shell_port: 0, iopub_port: 0, stdin_port: 0, control_port: 0, hb_port: 0 };
  if (ports === "free now") {
    const listeners = portNames.map(() => Deno.listen({ hostname: "127.0.0.1", port: 0 }));
    for (const [i, listener] of listeners.entries()) {
      chosen[portNames[i]] = listener.addr.port;
      listener.close();
    }
  }
  const info: ConnectionInfo = {
    transport: "tcp",
    ip: "127.0.0.1",
    ...chosen,
    signature_scheme: "hmac-sha256",
    key: randomBytes(32).toString("hex"),
  };
  saveConnectionFile(path, info);
  return info;
}
