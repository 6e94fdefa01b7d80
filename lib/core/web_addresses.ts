/** Longest address that is taken from a text. */
const longest = 2000;

/**
 * Web addresses that a text holds, in its order, each once and as written: `http` and `https` only, without name and password, and
 * without the punctuation that ends a sentence or a Markdown link. Nothing is completed: `example.org` is no address.
 *
 * @example
 * ```ts
 * import { webAddresses } from "kindred";
 * webAddresses("see [it](https://example.org/a_(b)), or example.com"); // ["https://example.org/a_(b)"]
 * ```
 */
export function webAddresses(text: string): string[] {
  const found = new Set<string>();
  for (const [match] of text.matchAll(/\bhttps?:\/\/[^\s<>"'`|\\^{}\[\]\p{C}]+/giu)) {
    const address = trimmed(match);
    if (address.length > longest || !URL.canParse(address)) continue;
    const { username, password } = new URL(address);
    if (username === "" && password === "") found.add(address);
  }
  return [...found];
}

/** Without the punctuation at the end, and without what follows a bracket that the address does not open. */
function trimmed(address: string): string {
  let depth = 0;
  let end = address.length;
  for (let i = 0; i < address.length; i++) {
    if (address[i] === "(") depth++;
    else if (address[i] === ")" && --depth < 0) {
      end = i;
      break;
    }
  }
  while (end > 0 && ".,;:!?*_".includes(address[end - 1])) end--;
  return address.slice(0, end);
}
