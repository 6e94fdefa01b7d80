/** Names of this machine, the only ones that are reached without TLS: servers of tests, tunnels. */
const loopback = /^(?:127\.0\.0\.1|localhost|\[::1\])$/;

/**
 * Whether a URL may be asked: TLS (or loopback), no user name in it, and one of the hosts.
 *
 * @param hosts Each a host with its port where that is not the usual one; `*.hf.co` stands for every name below `hf.co`.
 */
export function isAllowed(url: URL, hosts: readonly string[]): boolean {
  if (url.username !== "" || url.password !== "") return false;
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback.test(url.hostname))) {
    return false;
  }
  return hosts.some((host) =>
    host.startsWith("*.") ? url.host.endsWith(host.slice(1)) : url.host === host
  );
}

/** A URL as messages quote it: without its query, which may hold a signature. */
export function quoted(url: URL): string {
  return JSON.stringify(`${url.origin}${url.pathname}`);
}

/**
 * The address of an upstream: the usual one, or what an environment variable says (a mirror, a server of tests).
 *
 * @throws {RangeError} when the variable holds no address, or one without TLS that is not of this machine
 */
export function upstreamAddress(usual: string, { variable }: { variable: string }): URL {
  const value = Deno.env.get(variable);
  if (value === undefined || value === "") return new URL(usual);
  const url = URL.parse(value);
  if (url === null || !isAllowed(url, [url.host]) || url.search !== "") {
    throw new RangeError(
      `Cannot use ${variable}: found ${JSON.stringify(value)}, expected an address like ${usual}`,
    );
  }
  return url;
}
