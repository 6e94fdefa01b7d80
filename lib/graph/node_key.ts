/**
 * The key of a name in a graphology graph: the name itself, but for names that plain objects inherit (`constructor`, `toString`,
 * `__proto__` ...). graphology looks neighbours up in plain objects and takes an inherited property for an edge, so that those names
 * get `~` in front; so do names that are one of them after some `~`, which keeps keys distinct.
 *
 * @example
 * ```ts
 * import { nodeKey } from "kindred";
 * nodeKey("openai-community/gpt2"); // "openai-community/gpt2"
 * nodeKey("constructor"); // "~constructor"
 * ```
 */
export function nodeKey(name: string): string {
  const bare = name.replace(/^~+/, "");
  return bare in Object.prototype || bare === "__proto__" ? `~${name}` : name;
}
