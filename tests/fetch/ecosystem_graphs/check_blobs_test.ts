import assert from "node:assert/strict";
import { checkBlobs } from "../../../lib/fetch/ecosystem_graphs/check_blobs.ts";
import { RefusedError } from "../../../lib/fetch/http_errors.ts";

const commit = "0123456789".repeat(4);
const [one, two] = ["1".repeat(40), "2".repeat(40)];

Deno.test("checkBlobs() accepts the files of a commit in any order", () => {
  const expected = [{ path: "assets/a.yaml", blob: one }, { path: "assets/b.yaml", blob: two }];
  checkBlobs(expected.toReversed(), { commit, expected });
});

Deno.test("checkBlobs() names every file that is missing, of another commit, or has other content", () => {
  assert.throws(
    () =>
      checkBlobs(
        [{ path: "assets/a.yaml", blob: one }, { path: "assets/__proto__.yaml", blob: one }],
        {
          commit,
          expected: [{ path: "assets/a.yaml", blob: two }, { path: "assets/b.yaml", blob: two }],
        },
      ),
    (error) =>
      error instanceof RefusedError &&
      error.message === `Cannot accept the archive of commit 0123456: ` +
          `"assets/a.yaml" has the hash 111111111111…, in the commit 222222222222…; ` +
          `"assets/__proto__.yaml" is not in the commit; "assets/b.yaml" is missing`,
  );
});

Deno.test("checkBlobs() names five files and counts the others", () => {
  const expected = Array.from({ length: 8 }, (_, i) => ({ path: `assets/${i}.yaml`, blob: one }));
  assert.throws(
    () => checkBlobs([], { commit, expected }),
    /"assets\/4\.yaml" is missing; 3 more$/,
  );
});
