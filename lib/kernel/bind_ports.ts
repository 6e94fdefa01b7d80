import { type ConnectionInfo, type PortName, portNames } from "./connection_file.ts";

/** The five sockets of a kernel, bound and listening. */
export interface BoundPorts {
  /** The connection with the ports that are bound: none is 0. */
  info: ConnectionInfo;
  listeners: Record<PortName, Deno.TcpListener>;
}

/** What {@link bindPorts} may be told. */
export interface BindPortsOptions {
  /**
   * For how many milliseconds to try again when a port is taken: programs that look for a free port hold it for a moment.
   * @default 1500
   */
  patience?: number;
}

/**
 * Binds the ports of a connection; a port 0 becomes one that the system chooses.
 *
 * @throws {Error} when one cannot be bound; then none is
 */
export async function bindPorts(
  info: ConnectionInfo,
  { patience = 1500 }: BindPortsOptions = {},
): Promise<BoundPorts> {
  const listeners: Partial<Record<PortName, Deno.TcpListener>> = {};
  const bound = { ...info };
  const start = performance.now();
  for (const name of portNames) {
    while (!listeners[name]) {
      try {
        const listener = Deno.listen({ hostname: info.ip, port: info[name] });
        listeners[name] = listener;
        bound[name] = listener.addr.port;
      } catch (error) {
        const taken = error instanceof Deno.errors.AddrInUse;
        if (taken && performance.now() - start < patience) {
          await new Promise((resolve) => setTimeout(resolve, 20));
          continue;
        }
        for (const listener of Object.values(listeners)) listener.close();
        throw new Error(
          taken
            ? `Cannot listen on port ${
              info[name]
            } of ${info.ip}, the ${name} of the connection file: another ` +
              "program has it; start the kernel again, with other ports"
            : `Cannot listen on port ${
              info[name]
            } of ${info.ip}, the ${name} of the connection file: ${(error as Error).message}`,
          { cause: error },
        );
      }
    }
  }
  return { info: bound, listeners: listeners as BoundPorts["listeners"] };
}
