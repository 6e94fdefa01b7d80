import assert from "node:assert/strict";
import { docComplaints } from "../../lib/task/doc_complaints.ts";

const sources: Record<string, string> = {
  "/k/lib/a.ts":
    'import { DirectedGraph, type Other } from "graphology";\nimport type { Row } from "./row.ts";\n',
};
const read = (path: string) => sources[path];

function complaint(kind: string, message: string): string {
  return `error[${kind}]: ${message}\n  --> /k/lib/a.ts:42:1\n   |\n42 | export type X = 1;\n   | ^\n\n`;
}

Deno.test("docComplaints() excuses types of packages and shows all else", () => {
  const output = "Warning Failed resolving types.\n" +
    complaint("private-type-ref", "public type 'X' references private type 'DirectedGraph'") +
    complaint("private-type-ref", "public type 'X' references private type 'Other'") +
    complaint("private-type-ref", "public type 'X' references private type 'Row'") +
    complaint("private-type-ref", "public type 'X' references private type 'Directed'") +
    complaint("missing-jsdoc", "exported symbol is missing JSDoc documentation") +
    "error: Found 5 documentation lint errors.\n";
  assert.deepEqual(docComplaints(output, { read }), {
    complaints: [
      "/k/lib/a.ts:42:1: public type 'X' references private type 'Row'",
      "/k/lib/a.ts:42:1: public type 'X' references private type 'Directed'",
      "/k/lib/a.ts:42:1: exported symbol is missing JSDoc documentation",
    ],
    excused: 2,
  });
  assert.deepEqual(docComplaints("", { read }), { complaints: [], excused: 0 });
});
