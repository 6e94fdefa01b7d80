import { createHash } from "node:crypto";

/** The hash by which git knows a file of these bytes, 40 hexadecimal digits. */
export function gitBlob(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
