/** One way in which what lies on disk is not what a manifest says. */
export interface Difference {
  /**
   * `missing`: a file that is not there; `extra`: one that nobody wrote down; `size`, `content`: one that was changed; `page`: a page of a
   * crawl that was changed; `manifest`: a manifest that cannot be believed; `origin`: what a packed snapshot says of the raw one, or of
   * itself, does not fit.
   */
  kind: "missing" | "extra" | "size" | "content" | "page" | "manifest" | "origin";
  /** Path below the folder; of a page the file that it lies in. */
  file: string;
  /** Size in bytes or SHA-256 that was found, null where there is none. */
  found: number | string | null;
  /** What the manifest says. */
  expected: number | string | null;
  /** Of a page: its line in the index, its first byte, and its length in bytes. */
  page?: { index: string; line: number; at: number; bytes: number };
  /** In words, where a value found and one expected do not say it. */
  reason?: string;
}

/** What became of a snapshot, or of a folder of figures, since it was written. */
export interface Verification {
  /** Name of the snapshot; of figures the folder. */
  name: string;
  state: "raw" | "packed" | "unfinished" | "figures";
  /** Where it lies. */
  folder: string;
  /** Bytes of its files on disk, as far as they are in its manifest. */
  bytes: number;
  /** Files that its manifest lists. */
  files: number;
  /** Empty where nothing was changed. */
  differences: Difference[];
  /** What is no change and worth knowing: sentences. */
  notes: string[];
}

/** Called now and then with the bytes hashed so far and in all. */
export type OnHashed = (done: number, total: number) => void;
