import assert from "node:assert/strict";
import { gitBlob } from "../../../lib/fetch/ecosystem_graphs/git_blob.ts";

Deno.test("gitBlob() is what git hash-object says", () => {
  const blob = (text: string) => gitBlob(new TextEncoder().encode(text));
  assert.equal(blob(""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  assert.equal(blob("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
});
