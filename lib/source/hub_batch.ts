/** Faults of one kind in a block; lines count from 0 inside the block. */
export interface BatchIssue {
  kind: string;
  rule: string;
  count: number;
  examples: { line: number; text: string }[];
}

/** Strings that a scanner's dictionary gained since its last batch, in the order of their codes. */
export interface NewStrings {
  bytes: Uint8Array<ArrayBuffer>;
  /** One past the last byte of each string. */
  ends: Uint32Array<ArrayBuffer>;
}

/**
 * Rows of one block of JSON Lines as columns, with codes of the dictionaries of the scanner that read it.
 * It holds nothing but typed arrays and issue counts, so that it moves between threads without a copy.
 */
export interface HubBatch {
  rows: number;
  /** Lines of the block, blank and refused ones too. */
  lines: number;
  /** UTF-8 of the ids side by side. */
  idBytes: Uint8Array<ArrayBuffer>;
  idEnds: Uint32Array<ArrayBuffer>;
  /** `hashBytes` of each id. */
  idHashes: Uint32Array<ArrayBuffer>;
  /** Line of each row inside the block, from 0. */
  line: Uint32Array<ArrayBuffer>;
  /** Byte range of each row's line inside the block. */
  lineStart: Uint32Array<ArrayBuffer>;
  lineEnd: Uint32Array<ArrayBuffer>;
  created: Float64Array<ArrayBuffer>;
  likes: Float64Array<ArrayBuffer>;
  downloads: Float64Array<ArrayBuffer>;
  trending: Float64Array<ArrayBuffer>;
  private: Uint8Array<ArrayBuffer>;
  task: Int32Array<ArrayBuffer>;
  library: Int32Array<ArrayBuffer>;
  tagEnds: Uint32Array<ArrayBuffer>;
  tagCodes: Uint32Array<ArrayBuffer>;
  cardCharacters: Int32Array<ArrayBuffer>;
  cardAutomatic: Uint8Array<ArrayBuffer>;
  newTags: NewStrings;
  newTasks: NewStrings;
  newLibraries: NewStrings;
  issues: BatchIssue[];
}

/** The memory of a batch, to hand over with `postMessage`. */
export function batchBuffers(batch: HubBatch): ArrayBuffer[] {
  const buffers: ArrayBuffer[] = [];
  for (const value of Object.values(batch)) {
    if (ArrayBuffer.isView(value)) buffers.push(value.buffer as ArrayBuffer);
  }
  for (const { bytes, ends } of [batch.newTags, batch.newTasks, batch.newLibraries]) {
    buffers.push(bytes.buffer, ends.buffer);
  }
  return buffers;
}
