import assert from "node:assert/strict";
import { isAllowed, quoted, refusalOf, upstreamAddress } from "../../lib/fetch/hosts.ts";

const hosts = ["huggingface.co", "*.hf.co", "127.0.0.1:8080"];

Deno.test("isAllowed() takes the hosts and the names below one", () => {
  for (
    const address of [
      "https://huggingface.co/api/models?limit=1",
      "https://HuggingFace.co:443/",
      "https://cdn-lfs.hf.co/x",
      "https://a.b.hf.co/x",
      "http://127.0.0.1:8080/",
      "https://127.0.0.1:8080/",
    ]
  ) assert.ok(isAllowed(new URL(address), hosts), address);
});

Deno.test("isAllowed() refuses names that only look like them", () => {
  for (
    const [address, why] of [
      ["https://evilhf.co/", /not among/],
      ["https://hf.co/", /not among/],
      ["https://hf.co.evil.com/", /not among/],
      ["https://cdn.hf.co.evil.com/", /not among/],
      ["https://evil.com/.hf.co", /not among/],
      ["https://evil.com#.hf.co", /not among/],
      ["https://evil.com?.hf.co", /not among/],
      ["https://evil.com\\.hf.co/", /not among/],
      ["https://huggingface.co.evil.com/", /not among/],
      ["https://nothuggingface.co/", /not among/],
      ["https://sub.huggingface.co/", /not among/],
      ["https://huggingface.co./", /not among/],
      ["https://huggingfac\u0435.co/", /not among/],
      ["https://huggingface.co:8443/", /not among/],
      ["https://cdn.hf.co:8443/", /not among/],
      ["http://127.0.0.1:8081/", /not among/],
      ["http://127.0.0.1/", /not among/],
      ["http://huggingface.co/", /not https/],
      ["http://127.0.0.1.evil.com:8080/", /not https/],
      ["http://127.0.0.2:8080/", /not https/],
      ["ftp://huggingface.co/", /not https/],
      ["file:///etc/passwd", /not https/],
      ["data:text/plain,x", /not https/],
      ["https://huggingface.co@evil.com/", /user name/],
      ["https://user:secret@huggingface.co/", /user name/],
      ["https://:secret@huggingface.co/", /user name/],
    ] as const
  ) {
    const url = new URL(address);
    assert.equal(isAllowed(url, hosts), false, address);
    assert.match(refusalOf(url, hosts)!, why, address);
    assert.doesNotMatch(refusalOf(url, hosts)!, /secret/);
  }
});

Deno.test("quoted() shows neither a query nor a user name, and cannot break out of its quotes", () => {
  assert.equal(
    quoted(new URL('https://user:secret@a.co/x"<script>\u202e?X-Signature=secret#secret')),
    '"https://a.co/x%22%3Cscript%3E%E2%80%AE"',
  );
});

Deno.test("upstreamAddress() takes the variable's address where there is one", () => {
  const variable = "KINDRED_TEST_ADDRESS";
  const usual = "https://huggingface.co";
  const found = (value: string) => {
    Deno.env.set(variable, value);
    try {
      return upstreamAddress(usual, { variable }).href;
    } finally {
      Deno.env.delete(variable);
    }
  };
  assert.equal(upstreamAddress(usual, { variable }).href, "https://huggingface.co/");
  assert.equal(found(""), "https://huggingface.co/");
  assert.equal(found("https://mirror.example/hub"), "https://mirror.example/hub");
  assert.equal(found(" http://127.0.0.1:9999\n"), "http://127.0.0.1:9999/");
  for (
    const value of [
      "mirror.example",
      "http://mirror.example",
      "ftp://127.0.0.1",
      "https://a.example/?x=1",
      "https://a.example/#x",
      "https://user:secret@a.example",
      "user:secret@a.example",
    ]
  ) {
    assert.throws(() => found(value), (error: Error) => {
      assert.ok(error instanceof RangeError);
      assert.match(
        error.message,
        /^Cannot use KINDRED_TEST_ADDRESS: found .*, expected .*huggingface/,
      );
      assert.doesNotMatch(error.message, /secret/);
      return true;
    });
  }
});
