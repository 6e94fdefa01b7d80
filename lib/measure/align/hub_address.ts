/** A repository that an address leads to. */
export interface HubAddress {
  /** Kind of the repository. */
  kind: "model" | "dataset";
  /** `owner/name`, or the name alone of a model of the Hub's first years, as the address writes it. */
  id: string;
  /** Whether it is the repository's discussions that the address leads to. */
  discussions: boolean;
}

const hosts = new Set(["huggingface.co", "www.huggingface.co", "hf.co"]);

/** First parts of a path that are pages of the Hub and no accounts. */
const pages = new Set(
  ("api,blog,chat,collections,course,docs,enterprise,inference,join,languages,learn,login,metrics,models,new,organizations," +
    "papers,posts,pricing,privacy,search,settings,spaces,support,tasks,terms-of-service")
    .split(","),
);

const part = /^[\w][\w.-]{0,95}$/;

/**
 * The repository of models or data that a web address leads to; null where it leads to none: another host, a page of the Hub, a space.
 * A path of one part may be an account or a model of the Hub's first years; it counts as a model, which the caller has to know of.
 *
 * @example
 * ```ts
 * import { hubAddress } from "kindred";
 * hubAddress("https://huggingface.co/bigscience/bloom/discussions"); // { kind: "model", id: "bigscience/bloom", discussions: true }
 * hubAddress("https://huggingface.co/blog/bloom"); // null
 * ```
 */
export function hubAddress(address: string): HubAddress | null {
  if (!URL.canParse(address)) return null;
  const { protocol, hostname, pathname } = new URL(address);
  if (!/^https?:$/.test(protocol) || !hosts.has(hostname)) return null;
  const parts = pathname.split("/").filter((p) => p !== "");
  const kind = parts[0] === "datasets" ? "dataset" : "model";
  if (kind === "dataset") parts.shift();
  if (parts.length === 0 || kind === "model" && pages.has(parts[0].toLowerCase())) return null;
  const id = parts.slice(0, 2);
  if (!id.every((p) => part.test(p))) return null;
  return { kind, id: id.join("/"), discussions: parts[2] === "discussions" };
}
