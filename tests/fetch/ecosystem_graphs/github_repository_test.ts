import assert from "node:assert/strict";
import {
  type GitHubOptions,
  GitHubRepository,
} from "../../../lib/fetch/ecosystem_graphs/github_repository.ts";
import { gitBlob } from "../../../lib/fetch/ecosystem_graphs/git_blob.ts";
import { HttpError, RefusedError } from "../../../lib/fetch/http_errors.ts";
import { type FaultServer, inTurnPerPath, quickFaults } from "../fault_server.ts";
import { type FakeCommit, fakeGitHub, repositoryName } from "./fake_github.ts";

const yaml = "- type: dataset\n  name: a\n";
const commits: FakeCommit[] = [
  { hash: "a1".repeat(20), date: "2023-03-19T08:00:00Z", files: { "assets.yaml": yaml } },
  {
    hash: "b2".repeat(20),
    date: "2023-03-20T23:59:59Z",
    files: { "README.md": "#", "assets/a.yaml": yaml, "assets/b/c.yaml": yaml, "js/a.js": "" },
  },
  { hash: "12345678".repeat(5), date: "2023-03-21T00:00:00Z", files: { "assets/a.yaml": "" } },
];

function repositoryAt({ address }: FaultServer, options: GitHubOptions = {}): GitHubRepository {
  return new GitHubRepository(repositoryName, {
    address: new URL(address),
    tries: 25,
    backoff: 1,
    ...options,
  });
}

Deno.test("GitHubRepository finds the newest commit, the last of a day and one by its digits", async () => {
  await using server = fakeGitHub(commits);
  const repository = repositoryAt(server);
  const hashAt = async (reference: Parameters<GitHubRepository["commitAt"]>[0]) =>
    (await repository.commitAt(reference)).hash;
  assert.equal(await hashAt({ kind: "head" }), commits[2].hash);
  assert.deepEqual(await repository.commitAt({ kind: "day", day: "2023-03-20" }), {
    hash: commits[1].hash,
    date: "2023-03-20T23:59:59.000Z",
  });
  assert.equal(await hashAt({ kind: "day", day: "2024-01-01" }), commits[2].hash);
  assert.equal(await hashAt({ kind: "commit", hash: "a1a1a1a" }), commits[0].hash);
  assert.equal(await hashAt({ kind: "commit", hash: commits[1].hash }), commits[1].hash);
  assert.equal(server.log[1].path.split("?")[1], "per_page=1&until=2023-03-20T23:59:59Z");
  assert.equal(server.log[0].headers.get("accept"), "application/vnd.github+json");
});

Deno.test("GitHubRepository says which commit is not there, and that a day has not come", async () => {
  await using server = fakeGitHub(commits, { date: () => new Date("2024-05-06T07:08:09Z") });
  const repository = repositoryAt(server);
  const messageAt = (reference: Parameters<GitHubRepository["commitAt"]>[0]) =>
    repository.commitAt(reference).then(() => assert.fail(), ({ name, message }) => {
      assert.equal(name, "RangeError");
      return message;
    });
  assert.equal(
    await messageAt({ kind: "commit", hash: "fffffff" }),
    `Cannot fetch ${repositoryName}: it has no commit "fffffff", or more than one that begins so`,
  );
  assert.match(
    await messageAt({ kind: "commit", hash: "20230320" }),
    /; a day is written like 2023-03-20$/,
  );
  assert.match(
    await messageAt({ kind: "day", day: "2023-03-18" }),
    /it has no commit up to the end of 2023-03-18$/,
  );
  assert.match(await messageAt({ kind: "day", day: "2024-05-07" }), /it is 2024-05-06$/);
  assert.deepEqual([repository.from, repository.to], Array(2).fill("2024-05-06T07:08:09.000Z"));
});

Deno.test("GitHubRepository lists the files of a folder with git's hashes, also where the tree is truncated", async () => {
  for (const truncated of [false, true]) {
    await using server = fakeGitHub(commits, { truncated });
    const repository = repositoryAt(server);
    assert.deepEqual(await repository.blobsIn(commits[1].hash, { folder: "assets" }), [
      { path: "assets/a.yaml", blob: gitBlob(new TextEncoder().encode(yaml)) },
      ...(truncated ? [{ path: "assets/b/c.yaml", blob: "" }].slice(1) : []),
    ]);
    assert.deepEqual(await repository.blobsIn(commits[0].hash, { folder: "assets" }), []);
  }
});

Deno.test("GitHubRepository gives links no hash, so that no file equals them", async () => {
  const link = { path: "assets/a.yaml", mode: "120000", type: "blob", sha: "c".repeat(40) };
  await using server = fakeGitHub(commits, {
    instead: ({ pathname }) =>
      pathname.includes("/trees/") ? { body: JSON.stringify({ tree: [link] }) } : undefined,
  });
  assert.deepEqual(await repositoryAt(server).blobsIn(commits[1].hash, { folder: "assets" }), [
    { path: "assets/a.yaml", blob: "" },
  ]);
});

Deno.test("GitHubRepository refuses answers of another form", async () => {
  const bodies = ["[]x", "null", "{}", '{"sha":"zz"}', '[{"sha":1}]', '{"__proto__":{"tree":[]}}'];
  for (const body of bodies) {
    await using server = fakeGitHub(commits, { instead: () => ({ body }) });
    const repository = repositoryAt(server);
    const error = { name: "SyntaxError", message: /^Cannot read GitHub's answer/ };
    await assert.rejects(repository.commitAt({ kind: "head" }), error);
    await assert.rejects(repository.commitAt({ kind: "commit", hash: "a1a1a1a" }), error);
    await assert.rejects(repository.blobsIn(commits[0].hash, { folder: "assets" }), error);
  }
  const late = { sha: "d".repeat(40), commit: { committer: { date: "2023-03-21T00:00:00Z" } } };
  await using server = fakeGitHub(commits, {
    instead: ({ search }) => ({ body: JSON.stringify(search === "" ? late : [late]) }),
  });
  await assert.rejects(
    repositoryAt(server).commitAt({ kind: "day", day: "2023-03-20" }),
    /expected a commit up to the end of 2023-03-20, found one of 2023-03-21T00:00:00\.000Z$/,
  );
  await assert.rejects(
    repositoryAt(server).commitAt({ kind: "commit", hash: "a1a1a1a" }),
    /expected commit a1a1a1a, found d{40}$/,
  );
});

Deno.test("GitHubRepository asks again after every fault that passes", async () => {
  await using clean = fakeGitHub(commits);
  // A length says nothing of what is compressed, as the API's answers are: the whole answer is accepted.
  const faults = quickFaults.filter((kind) => kind !== "longContentLength");
  await using server = fakeGitHub(commits, { plan: inTurnPerPath(faults) });
  const [wanted, found] = [repositoryAt(clean), repositoryAt(server)];
  const commit = await found.commitAt({ kind: "day", day: "2023-03-20" });
  assert.deepEqual(commit, await wanted.commitAt({ kind: "day", day: "2023-03-20" }));
  assert.deepEqual(
    await found.blobsIn(commit.hash, { folder: "assets" }),
    await wanted.blobsIn(commit.hash, { folder: "assets" }),
  );
  assert.deepEqual(await found.archive(commit.hash), await wanted.archive(commit.hash));
  assert.deepEqual([...server.faults], faults.map((kind) => [kind, 3]));
});

Deno.test("GitHubRepository sends its token to the API and not for archives, and never shows it", async () => {
  const token = "ghp_secret";
  await using server = fakeGitHub(commits);
  const repository = repositoryAt(server, { token });
  const { hash } = await repository.commitAt({ kind: "head" });
  await repository.blobsIn(hash, { folder: "assets" });
  await repository.archive(hash);
  assert.deepEqual(
    server.log.map(({ headers }) => headers.get("authorization")),
    [`Bearer ${token}`, `Bearer ${token}`, null],
  );
  await using echo = fakeGitHub(commits, {
    instead: () => ({ status: 401, body: `Bad credentials ${token}` }),
  });
  await assert.rejects(
    repositoryAt(echo, { token }).commitAt({ kind: "head" }),
    (error) => error instanceof HttpError && !error.message.includes(token),
  );
});

Deno.test("GitHubRepository takes a token without the line end after it, and shows none that it refuses", async () => {
  await using server = fakeGitHub(commits);
  await repositoryAt(server, { token: "ghp_secret\r\n" }).commitAt({ kind: "head" });
  await repositoryAt(server, { token: " " }).commitAt({ kind: "head" });
  const sent = server.log.map(({ headers }) => headers.get("authorization"));
  assert.deepEqual(sent, ["Bearer ghp_secret", null]);
  for (const token of ["ghp\nsecret", "ghp secret", "ghp…secret"]) {
    assert.throws(
      () => repositoryAt(server, { token }),
      ({ name, message }: Error) => name === "RangeError" && !/ghp|secret/.test(message),
    );
  }
});

Deno.test("GitHubRepository says how GitHub answers more when its limit is reached", async () => {
  const headers = {
    "x-ratelimit-limit": "60",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": `${Date.parse("2024-05-06T08:00:00Z") / 1000}`,
  };
  const options = {
    instead: () => ({ status: 403, headers, body: '{"message":"API rate limit exceeded"}' }),
    date: () => new Date("2024-05-06T07:00:00Z"),
  };
  await using server = fakeGitHub(commits, options);
  await assert.rejects(repositoryAt(server).commitAt({ kind: "head" }), {
    name: "HttpError",
    status: 403,
    message:
      /asks to wait 3600 s; try again then; GitHub answers 60 requests an hour.+GITHUB_TOKEN$/,
  });
  await assert.rejects(repositoryAt(server, { token: "t" }).commitAt({ kind: "head" }), {
    message: /asks to wait 3600 s; try again then$/,
  });
});

Deno.test("GitHubRepository waits as GitHub asks after too many requests at once, a 403 with Retry-After", async () => {
  let refusals = 0;
  await using server = fakeGitHub(commits, {
    instead: () =>
      refusals++ === 0
        ? { status: 403, headers: { "retry-after": "0", "x-ratelimit-remaining": "50" } }
        : undefined,
  });
  assert.equal((await repositoryAt(server).commitAt({ kind: "head" })).hash, commits[2].hash);
  await using refusing = fakeGitHub(commits, { instead: () => ({ status: 403, body: "No" }) });
  await assert.rejects(
    repositoryAt(refusing).commitAt({ kind: "head" }),
    (error) => error instanceof HttpError && !error.message.includes("60 requests"),
  );
  assert.equal(refusing.log.length, 1);
});

Deno.test("GitHubRepository does not make an archive wait for the limit of the API", async () => {
  await using server = fakeGitHub(commits, {
    instead: ({ pathname }) =>
      pathname.includes("/trees/")
        ? {
          headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "4000000000" },
          body: '{"tree":[]}',
        }
        : undefined,
  });
  const waits: number[] = [];
  const repository = repositoryAt(server, {
    onWait: ({ milliseconds }) => waits.push(milliseconds),
  });
  await repository.blobsIn(commits[1].hash, { folder: "assets" });
  assert.ok((await repository.archive(commits[1].hash)).length > 100);
  assert.deepEqual(waits, []);
});

Deno.test("GitHubRepository follows no redirect to another host", async () => {
  await using other = fakeGitHub(commits);
  await using server = fakeGitHub(commits, {
    plan: () => "redirectElsewhere",
    elsewhere: other.address,
  });
  const repository = repositoryAt(server, { token: "t" });
  for (
    const asked of [repository.commitAt({ kind: "head" }), repository.archive(commits[0].hash)]
  ) {
    await assert.rejects(asked, (error) => error instanceof RefusedError);
  }
  assert.deepEqual(other.log, []);
});

Deno.test("GitHubRepository names the address that it was given as its origin, with its path", async () => {
  await using server = fakeGitHub(commits, {
    instead: ({ pathname }) =>
      pathname.startsWith("/mirror/")
        ? {
          body: JSON.stringify([{ sha: "e".repeat(40), commit: { committer: { date: "2024" } } }]),
        }
        : null,
  });
  const address = new URL("mirror/", server.address);
  const repository = new GitHubRepository(repositoryName, { address });
  assert.equal(repository.origin, `${server.address}mirror/${repositoryName}`);
  assert.equal((await repository.commitAt({ kind: "head" })).hash, "e".repeat(40));
});
