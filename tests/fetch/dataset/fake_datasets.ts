import { createHash } from "node:crypto";
import type { ServedAnswer, ServedRequest } from "../fault_server.ts";

/** A dataset of {@link fakeDatasets}: its files by branch. */
export interface FakeDataset {
  /** Files by path, of each branch. */
  branches: Record<string, Record<string, Uint8Array>>;
  /** When it was last changed. */
  lastModified: string;
}

/** How the server answers. */
export interface FakeDatasetsOptions {
  datasets: Record<string, FakeDataset>;
  /**
   * Where large files lie: an address that ends with a slash.
   * @default below the server's own
   */
  storage?: () => string;
  /**
   * Files of at most so many bytes are served by the Hub itself and have git's hash.
   * @default 20
   */
  smallBytes?: number;
  /**
   * Entries on a page of the list of files.
   * @default 2
   */
  pageSize?: number;
  /** More entries of the list. */
  listed?: unknown[];
  /** Headers of the answer that redirects to the storage, instead of the true ones. */
  linked?: Record<string, string>;
}

/** The commit of a branch: the hash of its files. */
export function commitOf({ branches }: FakeDataset, branch: string): string {
  const hash = createHash("sha1");
  for (const [path, bytes] of Object.entries(branches[branch])) hash.update(path).update(bytes);
  return hash.digest("hex");
}

/** SHA-256 of bytes, hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Answers as the Hub does for datasets: what is known of one, its files page by page, and the files, large ones by way of a storage. */
export function fakeDatasets(
  { datasets, smallBytes = 20, pageSize = 2, listed = [], linked, storage }: FakeDatasetsOptions,
): (request: Pick<ServedRequest, "url" | "headers">) => ServedAnswer | null {
  const json = (value: unknown, headers: Record<string, string> = {}): ServedAnswer => ({
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(value),
  });
  const find = (name: string, revision: string) => {
    const dataset = Object.hasOwn(datasets, name) ? datasets[name] : undefined;
    const branch = Object.keys(dataset?.branches ?? {}).find((branch) =>
      branch === revision || commitOf(dataset!, branch).startsWith(revision)
    );
    if (dataset === undefined || branch === undefined) return null;
    return { dataset, files: dataset.branches[branch], commit: commitOf(dataset, branch) };
  };
  const entries = (files: Record<string, Uint8Array>) => [
    ...Object.entries(files).map(([path, bytes]) => ({
      type: "file",
      path,
      size: bytes.length,
      oid: createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex"),
      ...(bytes.length <= smallBytes
        ? {}
        : { lfs: { oid: sha256Of(bytes), size: bytes.length, pointerSize: 134 } }),
    })),
    ...listed,
  ];
  return ({ url, headers }) => {
    const path = url.pathname;
    const info = /^\/api\/datasets\/([^/]+\/[^/]+)\/(revision|tree)\/([^/]+)$/.exec(path);
    if (info !== null) {
      const found = find(info[1], decodeURIComponent(info[3]));
      if (found === null) return null;
      if (info[2] === "revision") {
        const { lastModified } = found.dataset;
        const base = {
          _id: "1",
          id: info[1],
          private: false,
          gated: false,
          likes: 1,
          downloads: 2,
        };
        return json({ ...base, lastModified, sha: found.commit });
      }
      const all = entries(found.files);
      const at = Number(url.searchParams.get("cursor") ?? 0);
      const next = new URL(url);
      next.searchParams.set("cursor", `${at + pageSize}`);
      return json(
        all.slice(at, at + pageSize),
        at + pageSize < all.length ? { link: `<${next.href}>; rel="next"` } : {},
      );
    }
    const file = /^\/datasets\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path);
    if (file !== null) {
      const found = find(file[1], file[2]);
      const bytes = found?.files[decodeURIComponent(file[3])];
      if (found === null || bytes === undefined) return null;
      if (bytes.length <= smallBytes) {
        return serveBytes(bytes, headers, { "x-repo-commit": found.commit });
      }
      return {
        status: 302,
        headers: {
          location: new URL(`stored/${sha256Of(bytes)}?signature=secret`, storage?.() ?? url.origin)
            .href,
          "x-repo-commit": found.commit,
          "x-linked-size": `${bytes.length}`,
          "x-linked-etag": `"${sha256Of(bytes)}"`,
          ...linked,
        },
      };
    }
    return storedFile(datasets)({ url, headers });
  };
}

/** Answers as the storage does: files by the hash of their content. */
export function storedFile(
  datasets: Record<string, FakeDataset>,
  etagOf: (hash: string) => string = (hash) => `"${hash.slice(0, 32)}"`,
): (request: Pick<ServedRequest, "url" | "headers">) => ServedAnswer | null {
  const files = Object.values(datasets).flatMap(({ branches }) =>
    Object.values(branches).flatMap((files) => Object.values(files))
  );
  const byHash = new Map(files.map((bytes) => [sha256Of(bytes), bytes]));
  return ({ url, headers }) => {
    const hash = /^\/stored\/([0-9a-f]{64})$/.exec(url.pathname)?.[1] ?? "";
    const bytes = byHash.get(hash);
    return bytes === undefined ? null : serveBytes(bytes, headers, { etag: etagOf(hash) });
  };
}

/** Bytes, or those from where the request asks (RFC 9110, 13.1.5 and 14.2). */
export function serveBytes(
  bytes: Uint8Array,
  request: Headers,
  headers: Record<string, string>,
): ServedAnswer {
  const start = /^bytes=(\d+)-$/.exec(request.get("range") ?? "")?.[1];
  const condition = request.get("if-range");
  const whole = { headers: { ...headers, "accept-ranges": "bytes" }, body: bytes };
  if (start === undefined || (condition !== null && condition !== headers.etag)) return whole;
  const at = Number(start);
  if (at >= bytes.length) {
    return { status: 416, headers: { "content-range": `bytes */${bytes.length}` } };
  }
  return {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${at}-${bytes.length - 1}/${bytes.length}` },
    body: bytes.subarray(at),
  };
}
