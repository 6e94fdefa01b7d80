import type { Candidates } from "../../../lib/core/terms/candidates.ts";
import { endOfDocument, gap } from "../../../lib/core/terms/token_codes.ts";
import { tokens } from "../../../lib/core/tokens.ts";

/** The documents of a stream: their tokens, null for one or more between them that are no candidates. */
export function readStream(stream: Uint8Array, candidates: Candidates): (string | null)[][] {
  const documents: (string | null)[][] = [];
  let document: (string | null)[] = [];
  for (let p = 0; p < stream.length; p++) {
    let code = stream[p];
    if (code > 127) code = ((code & 127) << 7) | (stream[++p] & 127);
    if (code === endOfDocument) {
      documents.push(joined(document));
      document = [];
    } else document.push(code === gap ? null : candidates.tokens[code - 2]);
  }
  return documents;
}

/** What the stream of a text should hold. */
export function expected(text: string, candidates: Candidates): (string | null)[] {
  return joined(tokens(text).map((token) => candidates.tokens.includes(token) ? token : null));
}

/** Gaps that follow each other are one, and those at the ends none. */
function joined(document: (string | null)[]): (string | null)[] {
  const found = document.filter((token, i) =>
    token !== null || (i > 0 && document[i - 1] !== null)
  );
  return found.at(-1) === null ? found.slice(0, -1) : found;
}
