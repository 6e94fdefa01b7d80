import type { Captured } from "./capture.ts";
import { contentOf, json, type Message, parsePart } from "./message.ts";

/** What a kernel shows, by the type of its messages on IOPub. */
const shown = new Set([
  "stream",
  "display_data",
  "update_display_data",
  "execute_result",
  "error",
  "clear_output",
  "comm_open",
  "comm_msg",
  "comm_close",
]);

/** What a message of IOPub shows, with `transient` repaired; null when it shows nothing. */
export function capturedOf(message: Message): Captured | null {
  const { header: { msg_type: type }, parts, buffers } = message;
  if (!shown.has(type)) return null;
  const content = contentOf(message);
  if (type === "stream") {
    const name = content.name === "stderr" ? "stderr" : "stdout";
    return { kind: "stream", name, text: String(content.text) };
  }
  if ("transient" in content) content.transient ??= {};
  return { kind: "message", type, metadata: parsePart(parts[2]), content: json(content), buffers };
}
