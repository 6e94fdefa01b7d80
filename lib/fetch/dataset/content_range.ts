/** The part of a file that an answer with status 206 holds. */
export interface ContentRange {
  /** First byte. */
  start: number;
  /** Last byte. */
  end: number;
  /** Size of the file, null where the server does not say. */
  size: number | null;
}

/** Reads a Content-Range header (RFC 9110, 14.4), null where it is none of bytes. */
export function readContentRange(value: string | null): ContentRange | null {
  const found = /^\s*bytes\s+(\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)\s*$/i.exec(value ?? "");
  if (found === null) return null;
  const [start, end] = [Number(found[1]), Number(found[2])];
  const size = found[3] === "*" ? null : Number(found[3]);
  return start > end || (size !== null && end >= size) ? null : { start, end, size };
}
