import assert from "node:assert/strict";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { TarEntry } from "modern-tar";
import {
  unpackAssets,
  type UnpackLimits,
} from "../../../lib/fetch/ecosystem_graphs/unpack_assets.ts";
import { RefusedError } from "../../../lib/fetch/http_errors.ts";
import { archiveOf, entriesOf } from "./fake_github.ts";

const hash = "0123456789abcdef".repeat(3).slice(0, 40);
const top = `ecosystem-graphs-${hash}`;

function file(name: string, body = "- type: dataset\n"): TarEntry {
  return { header: { name, type: "file", size: new TextEncoder().encode(body).length }, body };
}

function link(name: string, type: "symlink" | "link"): TarEntry {
  return { header: { name, type, size: 0, linkname: "../../../etc/passwd" } };
}

/** Unpacks bytes in a folder of their own. @returns the files that are there then, by path */
async function unpack(
  archive: Uint8Array,
  limits: UnpackLimits = {},
): Promise<Record<string, string>> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "a.tar.gz");
    await Deno.writeFile(path, archive);
    await Deno.mkdir(join(folder, "inner"));
    const files = await unpackAssets(path, { folder: join(folder, "inner"), ...limits });
    assert.deepEqual(
      [...Deno.readDirSync(folder)].map(({ name }) => name).sort(),
      ["a.tar.gz", "inner"],
    );
    assert.deepEqual([...Deno.readDirSync(join(folder, "inner"))].map(({ name }) => name), [
      "assets",
    ]);
    const found = [...Deno.readDirSync(join(folder, "inner/assets"))].map(({ name }) => name);
    assert.deepEqual(found.sort(), files.map(({ path }) => path.slice(7)).sort());
    return Object.fromEntries(
      files.map(({ path }) => [path, Deno.readTextFileSync(join(folder, "inner", path))]),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function refusal(entries: readonly TarEntry[], limits: UnpackLimits = {}): Promise<string> {
  const archive = await archiveOf(entries);
  const error = await unpack(archive, limits).then(() => null, (error) => error);
  assert.ok(error instanceof RefusedError, `found ${error}`);
  return error.message;
}

Deno.test("unpackAssets() writes the YAML files that lie directly in assets, and nothing else", async () => {
  const long = `assets/${"long ".repeat(24)}name.yaml`;
  const files = {
    "README.md": "# Read",
    "assets.yaml": "- type: dataset\n",
    "assets/a.yaml": "- name: Grüße 你好\n",
    "assets/b copy, 2.YML": "- name: b\n",
    "assets/empty.yaml": "",
    "assets/convert.py": "print()",
    "assets/deeper/c.yaml": "- name: c\n",
    "js/assets/d.yaml": "- name: d\n",
    [long]: "- name: long\n",
  };
  const entries = entriesOf({ hash, date: "", files });
  entries.push(link(`${top}/js/link`, "symlink"));
  const kept = ["assets/a.yaml", "assets/b copy, 2.YML", "assets/empty.yaml", long];
  assert.deepEqual(
    await unpack(await archiveOf(entries)),
    Object.fromEntries(kept.map((path) => [path, files[path as keyof typeof files]])),
  );
});

Deno.test("unpackAssets() reads files that are larger than a piece of the stream", async () => {
  const text = "- name: large\n".repeat(300_000);
  const found = await unpack(
    await archiveOf([file(`${top}/x`, text), file(`${top}/assets/l.yaml`, text)]),
  );
  assert.equal(found["assets/l.yaml"] === text, true);
});

Deno.test("unpackAssets() refuses names that lead elsewhere", async () => {
  for (
    const name of [
      `../evil.yaml`,
      `${top}/assets/../../../evil.yaml`,
      `${top}/../assets/evil.yaml`,
      `/etc/evil.yaml`,
      `${top}//assets/evil.yaml`,
      `${top}/./assets/evil.yaml`,
      `${top}/assets/..\\evil.yaml`,
      `${top}/assets/a\nb.yaml`,
    ]
  ) {
    assert.equal(
      await refusal([file(`${top}/assets/a.yaml`), file(name)]),
      `Cannot unpack the archive: it has an entry ${JSON.stringify(name)}, which leads elsewhere`,
    );
  }
  assert.match(
    await refusal([file(`${top}/assets/a.yaml`), file("other/assets/b.yaml")]),
    /"other\/assets\/b\.yaml" is outside "ecosystem-graphs-/,
  );
});

Deno.test("unpackAssets() refuses links as assets and files that come twice", async () => {
  assert.match(
    await refusal([link(`${top}/assets/a.yaml`, "symlink")]),
    /"assets\/a\.yaml" is a symlink, expected a file$/,
  );
  assert.match(
    await refusal([link(`${top}/assets/a.yaml`, "link")]),
    /"assets\/a\.yaml" is a link, expected a file$/,
  );
  assert.match(
    await refusal([{ header: { name: `${top}/assets/a.yaml/`, type: "directory", size: 0 } }]),
    /"assets\/a\.yaml" is a directory, expected a file$/,
  );
  assert.match(
    await refusal([file(`${top}/assets/a.yaml`), file(`${top}/assets/a.yaml`, "- x\n")]),
    /it has "assets\/a\.yaml" twice$/,
  );
});

Deno.test("unpackAssets() refuses archives that unpack to too much", async () => {
  const zeros = file(`${top}/zeros`, "\0".repeat(4 << 20));
  assert.match(
    await refusal([zeros], { mostBytes: 1 << 20 }),
    /unpacks to more than 1048576 bytes$/,
  );
  const many = Array.from({ length: 20 }, (_, i) => file(`${top}/${i}`));
  assert.match(await refusal(many, { mostEntries: 19 }), /it has more than 19 entries$/);
  assert.match(
    await refusal([file(`${top}/assets/a.yaml`, "- ".repeat(60))], { largestFile: 100 }),
    /"assets\/a\.yaml" has 120 bytes, expected at most 100$/,
  );
});

Deno.test("unpackAssets() says that an archive is cut or damaged", async () => {
  const archive = await archiveOf([
    file(`${top}/assets/a.yaml`),
    file(`${top}/b`, "b".repeat(3000)),
  ]);
  const tar = new Uint8Array(gunzipSync(archive));
  const damaged = archive.slice();
  damaged[archive.length >> 1] ^= 0xff;
  const header = tar.slice();
  header[3] ^= 1;
  const cases: [Uint8Array, RegExp][] = [
    [archive.subarray(0, archive.length >> 1), /gzip stream is truncated/],
    [damaged, /gzip stream is damaged/],
    [new TextEncoder().encode("<!doctype html><title>502</title>"), /gzip stream is damaged/],
    [gzipSync(tar.subarray(0, 2000)), /tar stream is damaged/],
    [gzipSync(tar.subarray(0, tar.length - 1024)), /tar stream is damaged/],
    [gzipSync(header), /tar stream is damaged/],
    [gzipSync("no tar at all"), /tar stream is damaged/],
  ];
  for (const [bytes, message] of cases) {
    await assert.rejects(unpack(new Uint8Array(bytes)), { name: "SyntaxError", message });
  }
});
