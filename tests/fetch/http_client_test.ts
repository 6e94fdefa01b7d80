import assert from "node:assert/strict";
import { HttpClient } from "../../lib/fetch/http_client.ts";
import { HttpError, RefusedError } from "../../lib/fetch/http_errors.ts";
import type { HttpClientOptions } from "../../lib/fetch/http_types.ts";
import { paths } from "../../lib/paths.ts";
import { version } from "../../lib/version.ts";
import { type FaultServer, faultServer, inTurn, type ServedAnswer } from "./fault_server.ts";

const token = "hf_SeCrEt0123456789";

/** A client of servers that asks again at once, and the reasons of its waits. */
function clientOf(servers: FaultServer[], options: Partial<HttpClientOptions> = {}) {
  const waits: [milliseconds: number, reason: string][] = [];
  const client = new HttpClient({
    hosts: servers.map(({ host }) => host),
    backoff: 1,
    onWait: ({ milliseconds, reason }) => waits.push([milliseconds, reason]),
    ...options,
  });
  return { client, waits };
}

/** What a promise is rejected with. */
async function rejection<E extends Error>(
  promise: Promise<unknown>,
  kind: abstract new (...args: never[]) => E,
): Promise<E> {
  const error = await promise.then(() => null, (error) => error);
  assert.ok(error instanceof kind, `expected ${kind.name}, found ${error}`);
  return error;
}

/** Everything of an error that could be printed. */
function printed(error: unknown): string {
  return Deno.inspect(error, { depth: 20, showHidden: true });
}

Deno.test("HttpClient.get() gives the whole answer, its headers and the server's time", async () => {
  const now = new Date("2026-08-22T10:00:00Z");
  await using server = faultServer(
    () => ({ body: "text", gzip: true, headers: { link: "<x>; rel=next" } }),
    { date: () => now },
  );
  const { client, waits } = clientOf([server]);
  const answer = await client.get(`${server.address}a?b=c`, { headers: { accept: "text/plain" } });
  assert.equal(new TextDecoder().decode(answer.bytes), "text");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("link"), "<x>; rel=next");
  assert.equal(answer.date, "2026-08-22T10:00:00.000Z");
  assert.equal(answer.url.href, `${server.address}a?b=c`);
  assert.equal(answer.redirect, null);
  const [{ path, headers }] = server.log;
  assert.equal(path, "/a?b=c");
  assert.equal(headers.get("user-agent"), `kindred/${version}`);
  assert.equal(headers.get("accept"), "text/plain");
  assert.equal(headers.get("authorization"), null);
  assert.deepEqual(waits, []);
});

Deno.test("HttpClient.get() accepts the statuses that it is told to, and gives no time where the server tells none", async () => {
  await using server = faultServer(() => null, { date: () => null });
  const { client } = clientOf([server]);
  const { status, date } = await client.get(server.address, { accept: [200, 404] });
  assert.deepEqual([status, date], [404, null]);
});

Deno.test("HttpClient sends its token to its host and to no other, and a caller's secrets to the first host only", async () => {
  await using other = faultServer(() => ({ body: "there" }));
  await using server = faultServer(({ path }): ServedAnswer => {
    if (path === "/here") return { body: "here" };
    const location = path === "/near" ? "/here" : `${other.address}file?X-Signature=1`;
    return { status: path === "/near" ? 307 : 302, headers: { location, "x-size": "5" } };
  });
  const { client } = clientOf([server, other], { token, tokenHost: server.host });
  const headers = { cookie: "a=b", range: "bytes=0-" };
  const away = await client.get(`${server.address}away`, { headers });
  assert.equal(new TextDecoder().decode(away.bytes), "there");
  assert.equal(away.url.host, other.host);
  assert.equal(away.redirect?.get("x-size"), "5");
  await client.get(`${server.address}near`, { headers });
  assert.deepEqual(
    server.log.map(({ path, headers }) => [path, headers.get("authorization")]),
    ["/away", "/near", "/here"].map((path) => [path, `Bearer ${token}`]),
  );
  assert.ok(server.log.every(({ headers }) => headers.get("cookie") === "a=b"));
  const [sent] = other.log;
  assert.equal(sent.path, "/file?X-Signature=1");
  assert.equal(sent.headers.get("authorization"), null);
  assert.equal(sent.headers.get("cookie"), null);
  assert.equal(sent.headers.get("range"), "bytes=0-");
});

Deno.test("HttpClient refuses redirects to other hosts, schemes and user names, and says where to", async () => {
  for (
    const [location, why] of [
      ["https://evil.example/x?token=1", 'to "https://evil.example/x", which is not among 127.'],
      ["http://huggingface.co/x", 'to "http://huggingface.co/x", which is not https'],
      ["ftp://127.0.0.1/x", 'to "ftp://127.0.0.1/x", which is not https'],
      ["file:///etc/passwd", 'to "file:///etc/passwd", which is not https'],
      ["data:text/plain,hello", "which is not https"],
      ["//evil.example/", 'to "http://evil.example/", which is not https'],
      ["http://[::bad/?sig=1", 'to "http://[::bad/", which is no address'],
      ["", "more than 5 redirects"],
    ]
  ) {
    await using server = faultServer(() => ({ status: 302, headers: { location } }));
    const { client, waits } = clientOf([server], { token, tokenHost: server.host });
    const { message } = await rejection(client.get(`${server.address}a?b=c`), RefusedError);
    assert.ok(message.startsWith(`Cannot fetch "${server.address}a": `), message);
    assert.ok(message.includes(why), message);
    assert.doesNotMatch(message, /b=c|token=1|sig=1/);
    assert.deepEqual(waits, []);
  }
  await using server = faultServer(({ url }) => ({
    status: 302,
    headers: { location: `http://user:word@${url.host}/x` },
  }));
  const { message } = await rejection(clientOf([server]).client.get(server.address), RefusedError);
  assert.match(message, /which has a user name in it$/);
  assert.doesNotMatch(message, /word/);
});

Deno.test("HttpClient refuses addresses that are not its hosts' before it asks", async () => {
  const { client } = clientOf([]);
  for (const address of ["https://evil.example/", "http://127.0.0.1:1/", "https://u@a.example"]) {
    await rejection(client.get(address), RefusedError);
  }
});

Deno.test("HttpClient never shows the token, whatever a server sends back", async () => {
  const answers: ServedAnswer[] = [
    { status: 400, body: `bad token ${token}` },
    { status: 400, body: `${"x".repeat(190)}${token}${"y".repeat(500)}` },
    { status: 500, body: `${"x".repeat(199)}${token}` },
    { status: 302, headers: { location: `https://evil.example/${token}` } },
    { status: 302, headers: { location: `http://[${token}` } },
    { status: 429, body: token, headers: { "retry-after": "99999" } },
  ];
  for (const answer of answers) {
    await using server = faultServer(() => answer);
    const { client, waits } = clientOf([server], { token, tokenHost: server.host, tries: 2 });
    const error = await client.get(`${server.address}x`).then(() => null, (error) => error);
    assert.ok(error instanceof Error);
    assert.equal(server.log[0].headers.get("authorization"), `Bearer ${token}`);
    for (const text of [printed(error), printed(client), JSON.stringify(waits)]) {
      assert.doesNotMatch(text, /hf_S/);
    }
  }
});

Deno.test("HttpClient takes a token without the white space around it, and shows none that it refuses", async () => {
  await using server = faultServer(() => ({}));
  await clientOf([server], { token: ` ${token}\r\n`, tokenHost: server.host }).client.get(
    server.address,
  );
  await clientOf([server], { token: " \n", tokenHost: server.host }).client.get(server.address);
  assert.deepEqual(
    server.log.map(({ headers }) => headers.get("authorization")),
    [`Bearer ${token}`, null],
  );
  for (const wrong of ["hf_Se\nCrEt", "hf_Se CrEt", "hf_Se…CrEt", "hf_Se\0CrEt"]) {
    assert.throws(() => clientOf([server], { token: wrong }), (error: Error) => {
      assert.ok(error instanceof RangeError);
      assert.match(error.message, /^Cannot use the token: .*HF_TOKEN/);
      assert.doesNotMatch(printed(error).split("\n")[0], /Se|CrEt/);
      return true;
    });
  }
});

Deno.test("HttpClient says what may be wrong with the token after 401 and 403, once and without asking again", async () => {
  for (const status of [401, 403]) {
    await using server = faultServer(() => ({ status, body: "Invalid credentials" }));
    for (
      const [options, hint] of [
        [{ token, tokenHost: server.host }, /; the token in HF_TOKEN may be wrong/],
        [{ tokenHost: server.host }, /; it may be open to a token in HF_TOKEN$/],
        [{ tokenHost: server.host, tokenName: "GITHUB_TOKEN" }, /to a token in GITHUB_TOKEN$/],
        [{}, /status 40[13], "Invalid credentials"$/],
      ] as const
    ) {
      const { client, waits } = clientOf([server], options);
      const error = await rejection(client.get(`${server.address}x?y`), HttpError);
      assert.equal(error.status, status);
      assert.match(error.message, hint);
      assert.deepEqual(waits, []);
    }
    assert.equal(server.log.length, 4);
  }
});

Deno.test("HttpClient quotes the address after 404, and hostile text in one line", async () => {
  await using server = faultServer(() => ({
    status: 404,
    body: `no\nsuch\u0007 \u202e"thing" ${"z".repeat(1000)}`,
  }));
  const { message } = await rejection(
    clientOf([server]).client.get(`${server.address}a/b?secret=1`),
    HttpError,
  );
  const text = `no such "thing" ${"z".repeat(184)}`;
  assert.equal(
    message,
    `Cannot fetch "${server.address}a/b": status 404, ${JSON.stringify(text)}`,
  );
});

Deno.test("HttpClient says nothing of a page for people", async () => {
  await using server = faultServer(() => ({
    status: 404,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: "<!doctype html><script>alert(1)</script>",
  }));
  const { message } = await rejection(clientOf([server]).client.get(server.address), HttpError);
  assert.match(message, /: status 404$/);
});

Deno.test("HttpClient gives up after its attempts, with what was wrong and without the query", async () => {
  for (
    const [fault, reason] of [
      ["status500", 'status 500, "{\\"error\\":\\"500, as was planned\\"}"'],
      ["droppedBeforeHeaders", "connection closed before message completed"],
      ["truncatedBody", "error reading a body from connection"],
    ] as const
  ) {
    await using server = faultServer(() => ({ body: "0123456789" }), { plan: () => fault });
    const { client, waits } = clientOf([server], { tries: 4 });
    const error = await rejection(client.get(`${server.address}x?secret=1`), HttpError);
    assert.equal(
      error.message,
      `Cannot fetch "${server.address}x": ${reason} (4 attempts); try again later`,
    );
    assert.doesNotMatch(printed(error), /secret=1/);
    assert.equal(server.log.length, 4);
    assert.deepEqual(
      waits.map(([, reason]) => reason),
      Array(3).fill(fault === "status500" ? "status 500" : reason),
    );
    for (const [i, [milliseconds]] of waits.entries()) {
      assert.ok(milliseconds > 2 ** i / 2 && milliseconds <= 2 ** i, `${milliseconds} at ${i}`);
    }
  }
});

Deno.test("HttpClient says that nothing listens, without the query", async () => {
  const closed = faultServer(() => null);
  await closed.close();
  const { client } = clientOf([closed], { tries: 2 });
  const error = await rejection(client.get(`${closed.address}x?secret=1`), HttpError);
  assert.match(error.message, /x": tcp connect error: Connection refused \(2 attempts\)/);
  assert.equal(error.status, null);
  assert.doesNotMatch(printed(error), /secret=1/);
});

Deno.test("HttpClient does not ask again what will not pass", async () => {
  for (const status of [400, 403, 404, 410, 418, 204, 304, 301]) {
    await using server = faultServer(() => ({ status }));
    const error = await rejection(clientOf([server]).client.get(server.address), HttpError);
    assert.deepEqual([error.status, server.log.length], [status, 1]);
  }
});

Deno.test("HttpClient waits as long as the server says, and tells the reason in a few words", async () => {
  for (const fault of ["429RetryAfterSeconds", "429RateLimit", "403XRateLimit"] as const) {
    // 20 ms as a server would say it; waits of a second and more are not slept here.
    await using server = faultServer(() => ({ body: "x" }), { plan: inTurn([fault]), wait: 0.02 });
    const { client, waits } = clientOf([server]);
    await client.get(server.address);
    const status = fault === "403XRateLimit" ? 403 : 429;
    if (fault === "403XRateLimit") assert.ok(waits.length <= 1);
    else assert.deepEqual(waits, [[20, `status ${status}`]]);
    assert.deepEqual(server.log.map(({ status }) => status), [status, 200]);
  }
});

Deno.test("HttpClient refuses waits that are too long, at once and with their length", async () => {
  await using server = faultServer(() => ({
    status: 429,
    headers: { "retry-after": "999999999999" },
  }));
  const { client, waits } = clientOf([server]);
  const error = await rejection(client.get(server.address), HttpError);
  assert.match(
    error.message,
    /status 429; the server asks to wait 999999999999 s; try again then$/,
  );
  assert.equal(error.status, 429);
  assert.deepEqual([waits, server.log.length], [[], 1]);
});

Deno.test("HttpClient gives a server more time that says at once and refuses again", async () => {
  await using server = faultServer(() => ({ status: 429, headers: { "retry-after": "0" } }));
  const { client, waits } = clientOf([server], { tries: 5 });
  await rejection(client.get(server.address), HttpError);
  assert.equal(server.log.length, 5);
  assert.equal(waits.length, 2);
});

Deno.test("HttpClient does not take the quota that a failing server sends along for a wait", async () => {
  await using server = faultServer(({ number }) => ({
    status: number === 1 ? 500 : 200,
    headers: { ratelimit: '"api";r=499;t=300' },
  }));
  const { client, waits } = clientOf([server]);
  await client.get(server.address);
  assert.equal(waits.length, 1);
  assert.ok(waits[0][0] <= 1);
});

Deno.test("HttpClient waits before the next request when nothing remains, all of them once", async () => {
  await using server = faultServer(({ number }) => ({
    headers: { ratelimit: number === 1 ? '"api";r=0;t=0.05' : '"api";r=9;t=9' },
  }));
  const { client, waits } = clientOf([server]);
  await client.get(server.address);
  assert.deepEqual(waits, []);
  await Promise.all([1, 2, 3, 4].map(() => client.get(server.address)));
  assert.deepEqual(waits, [[50, "the rate limit is reached"]]);
  await client.get(server.address);
  assert.equal(waits.length, 1);
});

Deno.test("HttpClient minds the quota of the server that redirected", async () => {
  await using other = faultServer(() => ({}));
  await using server = faultServer(() => ({
    status: 302,
    headers: { location: other.address, ratelimit: '"resolvers";r=0;t=0.03' },
  }));
  const { client, waits } = clientOf([server, other]);
  await client.get(server.address);
  await client.get(server.address);
  assert.deepEqual(waits, [[30, "the rate limit is reached"]]);
});

Deno.test("HttpClient leaves a pause that is too long to the server's next answer", async () => {
  await using server = faultServer(() => ({ headers: { ratelimit: '"api";r=0;t=3000' } }));
  const { client, waits } = clientOf([server]);
  await client.get(server.address);
  await client.get(server.address);
  assert.deepEqual(waits, []);
});

Deno.test("HttpClient ends waits, requests and bodies when it is aborted, with the reason", async () => {
  const reason = new Error("enough");
  for (const fault of ["silence", "silenceMidBody", "429RetryAfterSeconds"] as const) {
    await using server = faultServer(() => ({ body: "0123456789" }), {
      plan: () => fault,
      wait: 99,
    });
    const controller = new AbortController();
    const { client } = clientOf([server], {
      signal: controller.signal,
      onWait: () => controller.abort(reason),
    });
    const asked = client.get(server.address);
    asked.catch(() => {});
    while (server.log.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    if (fault !== "429RetryAfterSeconds") controller.abort(reason);
    assert.equal(await rejection(asked, Error), reason);
    assert.equal(await rejection(client.get(server.address), Error), reason);
    assert.equal(server.log.length, 1);
  }
});

Deno.test("HttpClient.open() gives the body as it comes, and ends the connection when it is cancelled half-way", async () => {
  const body = new Uint8Array(8 << 20).fill(7);
  await using server = faultServer(() => ({ body }));
  const { client } = clientOf([server]);
  const whole = await client.open(server.address);
  let bytes = 0;
  for await (const part of whole.body) bytes += part.length;
  assert.equal(bytes, body.length);
  // Before, during and after reading; the test's own check for leaks sees connections that stay.
  const unread = await client.open(server.address);
  await unread.cancel();
  const begun = await client.open(server.address);
  assert.equal((await begun.body.next()).value![0], 7);
  await begun.cancel();
  assert.equal((await begun.body.next()).done, true);
  await whole.cancel();
});

Deno.test("HttpClient.open() does not take the time of a slow reader for the server's silence", async () => {
  const body = new Uint8Array(4 << 20).fill(7);
  await using server = faultServer(() => ({ body }));
  const { client } = clientOf([server], { idle: 700 });
  const answer = await client.open(server.address);
  await new Promise((resolve) => setTimeout(resolve, 800));
  let bytes = 0;
  for await (const part of answer.body) {
    if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 800));
    bytes += part.length;
  }
  assert.equal(bytes, body.length);
});

Deno.test("HttpClient takes options that are given as undefined for not given", async () => {
  await using server = faultServer(() => ({ body: "x" }), { plan: inTurn(["status500"]) });
  const { client } = clientOf([server], { tries: undefined, idle: undefined, signal: undefined });
  assert.equal((await client.get(server.address)).bytes.length, 1);
});

Deno.test("HttpClient ends at once, naming the permission, when the program may not reach the host", async () => {
  const source = `
    import { HttpClient } from ${JSON.stringify(`${paths.root}lib/fetch/http_client.ts`)};
    const client = new HttpClient({ hosts: ["huggingface.co"], token: "${token}", tokenHost: "huggingface.co" });
    await client.get("https://huggingface.co/api/models?secret=1");
  `;
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--allow-read", "--ext=ts", "-"],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(source));
  await writer.close();
  const { code, stderr } = await process.output();
  const said = new TextDecoder().decode(stderr);
  assert.equal(code, 1);
  assert.match(said, /NotCapable: Requires net access to "huggingface\.co:443"/);
  assert.doesNotMatch(said, /secret=1|hf_S/);
});
