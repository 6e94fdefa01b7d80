import assert from "node:assert/strict";
import { join } from "node:path";
import { type Random, random } from "../../lib/core/random.ts";
import { fileNumber, PageLog } from "../../lib/fetch/page_log.ts";
import { paths } from "../../lib/paths.ts";
import { contentChunks } from "../../lib/source/content_chunks.ts";
import { pageText } from "./page_text.ts";

interface Note {
  page: number;
}

/** Small files, so that a log has several. */
const options = { name: "rows", fileBytes: 1000 };
const index = "rows.index.jsonl";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Appends pages up to a number. */
async function fill(folder: string, pages: number): Promise<void> {
  const log = await PageLog.open<Note>(folder, options);
  try {
    for (let page = log.pages.length; page < pages; page++) {
      await log.append(pageText(page), { page });
    }
  } finally {
    log.close();
  }
}

/** Every file of a folder by its name. */
function contents(folder: string): Record<string, string> {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  return Object.fromEntries(
    names.map((name) => [name, Deno.readFileSync(join(folder, name)).toHex()]),
  );
}

function append(path: string, bytes: Uint8Array): void {
  Deno.writeFileSync(path, bytes, { append: true, create: true });
}

function garbage(draw: Random, most: number): Uint8Array {
  return Uint8Array.from(
    { length: draw.below(most) },
    () => draw.below(5) === 0 ? 10 : draw.below(256),
  );
}

Deno.test("PageLog keeps pages as frames that are one text together, and begins a file when one is full", async () => {
  await inFolder(async (folder) => {
    await fill(folder, 12);
    const log = await PageLog.open<Note>(folder, options);
    assert.deepEqual(log.pages.map(({ page }) => page), Array.from({ length: 12 }, (_, i) => i));
    const files = [...new Set(log.pages.map(({ file }) => file))];
    assert.ok(files.length > 2);
    assert.deepEqual(files, files.map((_, i) => `rows-000${i + 1}.jsonl.zst`));
    for (const page of log.pages) {
      assert.deepEqual(new Uint8Array(await log.read(page)), pageText(page.page));
    }
    for (const file of files) {
      const decoder = new TextDecoder();
      let text = "";
      for await (const part of contentChunks(join(folder, file), { compression: "zst" })) {
        text += decoder.decode(part, { stream: true });
      }
      const pages = log.pages.filter((page) => page.file === file);
      const expected = pages.map(({ page }) => new TextDecoder().decode(pageText(page))).join("");
      assert.equal(text, expected);
    }
    log.close();
  });
});

Deno.test("PageLog.open() gives what was acknowledged, and goes on to the same bytes, whatever a crash left", async () => {
  const pages = 14;
  await inFolder(async (whole) => {
    await fill(whole, pages);
    const expected = contents(whole);
    const lines = new TextDecoder().decode(Deno.readFileSync(join(whole, index)))
      .split("\n").slice(0, -1);
    const places = lines.map((line) => JSON.parse(line));
    for (let seed = 1; seed <= 40; seed++) {
      const draw = random({ seed });
      await inFolder(async (folder) => {
        const done = draw.below(pages);
        for (const { file, at, bytes } of places.slice(0, done)) {
          append(join(folder, file), Deno.readFileSync(join(whole, file)).subarray(at, at + bytes));
        }
        const text = lines.slice(0, done).map((line) => `${line}\n`).join("");
        Deno.writeTextFileSync(join(folder, index), text);
        const before = contents(folder);
        // What is under way when it stops: the frame, then its line.
        const { file, at } = places[done];
        const frame = Deno.readFileSync(join(whole, file)).subarray(at, at + places[done].bytes);
        const line = new TextEncoder().encode(`${lines[done]}\n`);
        switch (draw.below(7)) {
          case 0: // part of the frame, or a new file without any
            append(join(folder, file), frame.subarray(0, draw.below(frame.length)));
            break;
          case 1: // the frame without a line
            append(join(folder, file), frame);
            break;
          case 2: // part of the line
            append(join(folder, file), frame);
            append(join(folder, index), line.subarray(0, draw.below(line.length)));
            break;
          case 3: // after a power cut, other bytes in the place of the line
            append(join(folder, file), frame);
            append(join(folder, index), garbage(draw, 300));
            break;
          case 4: // and of the frame
            append(join(folder, file), garbage(draw, 3000));
            append(join(folder, index), new Uint8Array(draw.below(200)));
            break;
          case 5: // a file that was not begun by a page
            append(join(folder, "rows-0099.jsonl.zst"), garbage(draw, 100));
            break;
          default: // it stopped between two pages
        }
        const log = await PageLog.open<Note>(folder, options);
        assert.deepEqual(log.pages, places.slice(0, done), `seed ${seed}`);
        log.close();
        assert.deepEqual(contents(folder), before, `seed ${seed}`);
        await fill(folder, pages);
        assert.deepEqual(contents(folder), expected, `seed ${seed}`);
      });
    }
  });
});

Deno.test("PageLog.open() leaves the files of others", async () => {
  await inFolder(async (folder) => {
    const others = ["cards-0001.jsonl.zst", "rows-0001.jsonl", "rows.x", "xrows-0001.jsonl.zst"];
    for (const name of others) Deno.writeTextFileSync(join(folder, name), name);
    await fill(folder, 1);
    for (const name of others) assert.equal(Deno.readTextFileSync(join(folder, name)), name);
  });
});

Deno.test("PageLog.open() refuses a log whose pages are not on disk as they were written, and changes nothing", async () => {
  const [first, last] = ["rows-0001.jsonl.zst", "rows-0003.jsonl.zst"];
  const changes: [string, (folder: string) => void, RegExp][] = [
    ["a line without its frame", (folder) => {
      Deno.truncateSync(join(folder, last), Deno.statSync(join(folder, last)).size - 1);
    }, /rows-0003.*": it has \d+ bytes, its index \d+; remove the folder and begin again$/],
    ["no file", (folder) => Deno.removeSync(join(folder, first)), /it has 0 bytes, its index/],
    ["another frame", (folder) => {
      const bytes = Deno.readFileSync(join(folder, last));
      bytes[bytes.length - 1] ^= 1;
      Deno.writeFileSync(join(folder, last), bytes);
    }, /sha256 of its page at \d+ is [0-9a-f]{12}…, expected/],
    [
      "a line that is gone",
      (folder) => edit(folder, (lines) => lines.toSpliced(2, 1)),
      /line 3 was changed/,
    ],
    [
      "lines in another order",
      (folder) => edit(folder, (lines) => lines.toReversed()),
      /line 1 was/,
    ],
    [
      "a line that is no JSON",
      (folder) => edit(folder, (lines) => lines.with(1, "{")),
      /line 2 was/,
    ],
    [
      "another file",
      (folder) => edit(folder, (lines) => lines.map((line) => line.replace("rows-", "../rows-"))),
      /line 1 was/,
    ],
    [
      "another place",
      (folder) => edit(folder, (lines) => lines.with(1, lines[1].replace(/"at":\d+/, '"at":-1'))),
      /line 2 was/,
    ],
  ];
  for (const [what, change, message] of changes) {
    await inFolder(async (folder) => {
      await fill(folder, 14);
      change(folder);
      const before = contents(folder);
      await assert.rejects(
        PageLog.open(folder, options),
        (error: Error) => {
          assert.ok(error instanceof SyntaxError, what);
          assert.match(error.message, /^Cannot go on with "/);
          assert.match(error.message, message);
          return true;
        },
      );
      assert.deepEqual(contents(folder), before, what);
    });
  }
});

function edit(folder: string, change: (lines: string[]) => string[]): void {
  const path = join(folder, index);
  const lines = Deno.readTextFileSync(path).split("\n").slice(0, -1);
  Deno.writeTextFileSync(path, change(lines).map((line) => `${line}\n`).join(""));
}

Deno.test("PageLog.append() refuses a page while another is being appended, and keeps that one", async () => {
  await inFolder(async (folder) => {
    const log = await PageLog.open<Note>(folder, options);
    const first = log.append(pageText(0), { page: 0 });
    await assert.rejects(log.append(pageText(1), { page: 1 }), /await the page before it first/);
    await first;
    await log.append(pageText(1), { page: 1 });
    assert.deepEqual(log.pages.map(({ page }) => page), [0, 1]);
    log.close();
  });
});

Deno.test("PageLog.append() begins no file with a page without text", async () => {
  await inFolder(async (folder) => {
    const log = await PageLog.open<Note>(folder, { name: "rows", fileBytes: 1 });
    const none = new Uint8Array();
    const places: [page: number, file?: number][] = [[0, 1], [1], [2], [3, 3]];
    for (const [page, file] of places) {
      await log.append(page % 2 === 0 ? pageText(page) : none, { page }, { file });
    }
    await log.append(none, { page: 4 }, { file: 2 });
    await log.append(pageText(5), { page: 5 });
    const files = log.pages.map(({ file }) => fileNumber(file));
    assert.deepEqual(files, [1, 1, 2, 2, 2, 3]);
    for (const page of log.pages) {
      const empty = [1, 3, 4].includes(page.page);
      assert.deepEqual(new Uint8Array(await log.read(page)), empty ? none : pageText(page.page));
    }
    log.close();
    const again = await PageLog.open<Note>(folder, { name: "rows", fileBytes: 1 });
    assert.deepEqual(again.pages, log.pages);
    again.close();
  });
});

Deno.test("PageLog.append() keeps hostile notes and text as they are", async () => {
  await inFolder(async (folder) => {
    const note = JSON.parse(
      '{"page":0,"__proto__":{"x":1},"cursor":"\\u2028\\n<script>\\u202e\\"=cmd()"}',
    );
    const text = new TextEncoder().encode('{"id":"__proto__"}\n{"id":"../x"}\n');
    const log = await PageLog.open<Note>(folder, options);
    await log.append(text, note);
    log.close();
    const again = await PageLog.open<Note & { cursor: string }>(folder, options);
    assert.equal(again.pages.length, 1);
    assert.equal(again.pages[0].cursor, note.cursor);
    assert.deepEqual(new Uint8Array(await again.read(again.pages[0])), text);
    again.close();
  });
});

/** Runs the program that fills a disk, as `"$@"` of a shell. */
async function fillDisk(
  script: string,
  { folder, args, wrap = [] }: { folder: string; args: string[]; wrap?: string[] },
) {
  const program = `${paths.tests}fetch/page_log_program.ts`;
  const [command, ...rest] = [...wrap, "sh", "-c", script, "sh"];
  const run = [Deno.execPath(), "run", "--quiet", "--no-check", "--allow-read", "--allow-write"];
  const { code, stdout, stderr } = await new Deno.Command(command, {
    args: [...rest, ...run, program, folder, ...args],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stderr);
  assert.equal(code, 0, said);
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Whether a file system of its own can be mounted here: by Linux, with user namespaces. */
async function canMount(): Promise<boolean> {
  try {
    const { success } = await new Deno.Command("unshare", {
      args: ["-rm", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"],
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  } catch {
    return false;
  }
}

Deno.test("PageLog.append() keeps what it has when the disk is full, and goes on when there is room", async (t) => {
  const pages = 120;
  const all = Array.from({ length: pages }, (_, i) => i);
  await inFolder(async (whole) => {
    await fillPlain(whole, pages);
    if (await canMount()) {
      await t.step(
        "on a file system of 160 kB",
        () =>
          inFolder((folder) =>
            inFolder(async (saved) => {
              const mount =
                `mount -t tmpfs -o size=160k tmpfs "${folder}" && mkdir "${folder}/log"`;
              const ballast = `head -c 122880 /dev/zero > "${folder}/ballast"`;
              // The file system ends with the shell.
              const run = `"$@" && cp -r "${folder}/log/." "${saved}"`;
              const found = await fillDisk(`${mount} && ${ballast} && ${run}`, {
                folder: `${folder}/log`,
                args: [`${pages}`, `${folder}/ballast`],
                wrap: ["unshare", "-rm"],
              });
              assert.equal(found.errors.length, 2);
              assert.match(found.errors[0], /No space left on device/);
              assert.ok(found.atError[0] > 5 && found.atError[0] < pages);
              assert.equal(found.atError[1], found.atError[0]);
              assert.deepEqual(found.pages, all);
              assert.deepEqual(contents(saved), contents(whole));
            })
          ),
      );
    }
    await t.step(
      "on files that cannot grow, and then another program goes on",
      () =>
        inFolder(async (folder) => {
          // 12 blocks of 512 bytes, or of 1024 in some shells.
          const before = `trap "" XFSZ && ulimit -f 12 && exec "$@"`;
          const found = await fillDisk(before, { folder, args: [`${pages}`] });
          assert.equal(found.errors.length, 2);
          assert.match(found.errors[0], /File too large/);
          assert.ok(found.atError[0] > 5 && found.atError[0] < pages);
          assert.deepEqual(found.pages, all.slice(0, found.atError[0]));
          await fillPlain(folder, pages);
          assert.deepEqual(contents(folder), contents(whole));
        }),
    );
  });
});

/** As the program does it, on a disk with room. */
async function fillPlain(folder: string, pages: number): Promise<void> {
  const log = await PageLog.open<Note>(folder, { name: "rows", fileBytes: 20_000 });
  for (let page = log.pages.length; page < pages; page++) {
    await log.append(pageText(page), { page });
  }
  log.close();
}
