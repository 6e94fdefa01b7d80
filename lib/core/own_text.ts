const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The same text in memory of its own: a piece that was cut out of a longer text may keep all of that from being freed. Half
 * surrogates become U+FFFD.
 */
export function ownText(text: string): string {
  return decoder.decode(encoder.encode(text));
}
