/** Names of this machine, the only ones that are reached without TLS: servers of tests, tunnels. */
const loopback = /^(?:127\.0\.0\.1|localhost|\[::1\])$/;

/**
 * Whether a URL may be asked: TLS (or loopback), no user name in it, and one of the hosts.
 *
 * @param hosts Each a host with its port where that is not the usual one; `*.hf.co` stands for every name below `hf.co`.
 */
export function isAllowed(url: URL, hosts: readonly string[]): boolean {
  return refusalOf(url, hosts) === null;
}

/** Why a URL may not be asked, to follow "which"; null when it may. */
export function refusalOf(url: URL, hosts: readonly string[]): string | null {
  if (url.username !== "" || url.password !== "") return "has a user name in it";
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback.test(url.hostname))) {
    return "is not https";
  }
  const known = hosts.some((host) =>
    host.startsWith("*.") ? url.host.endsWith(host.slice(1)) : url.host === host
  );
  return known ? null : `is not among ${hosts.join(", ")}`;
}

/** A URL as messages quote it: without its query, which may hold a signature, and without a user name. */
export function quoted(url: URL): string {
  return JSON.stringify(`${url.protocol}//${url.host}${url.pathname}`);
}

/**
 * The address of an upstream: the usual one, or what an environment variable says (a mirror, a server of tests).
 *
 * @throws {RangeError} when the variable holds no address, or one without TLS that is not of this machine
 */
export function upstreamAddress(usual: string, { variable }: { variable: string }): URL {
  const value = Deno.env.get(variable)?.trim();
  if (value === undefined || value === "") return new URL(usual);
  const url = URL.parse(value);
  if (url === null || !isAllowed(url, [url.host]) || url.search !== "" || url.hash !== "") {
    // A password must not be shown.
    const found = value.includes("@") ? "an address with a user name" : JSON.stringify(value);
    throw new RangeError(
      `Cannot use ${variable}: found ${found}, expected an address like ${usual}`,
    );
  }
  return url;
}
