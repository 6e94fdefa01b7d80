/**
 * The versions of Deno whose insides `installCapture` knows. With any other the kernel says so and uses the slower way that rests on
 * nothing but the protocol; to add one, run `deno task stress-kernel` with it.
 */
export const knownVersions: readonly string[] = ["2.9.6"];
