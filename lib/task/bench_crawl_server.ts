/**
 * The Hub that `deno task bench:crawl` reads, in a process of its own: a list of simulated models, page after page. Prints its port.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { simulateHub } from "../source/simulate.ts";

const pageRows = 1000;

/** Lines of the simulated models, one after the other. */
function* lines(models: number): Generator<string> {
  const decoder = new TextDecoder();
  for (const block of simulateHub({ models })) {
    yield* decoder.decode(block).split("\n").slice(0, -1);
  }
}

/** Pages as JSON arrays. */
function* pages(models: number): Generator<string> {
  let page: string[] = [];
  for (const line of lines(models)) {
    page.push(line);
    if (page.length < pageRows) continue;
    yield `[${page.join(",")}]`;
    page = [];
  }
  if (page.length > 0) yield `[${page.join(",")}]`;
}

if (import.meta.main) {
  const models = Number(Deno.args[0]);
  const last = Math.ceil(models / pageRows) - 1;
  const source = pages(models);
  // The first one takes long: the family trees are grown before it.
  let ahead = source.next();
  let number = -1;
  let body: Uint8Array<ArrayBuffer> = new Uint8Array();
  Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: ({ port }) => console.log(port) },
    (request) => {
      const { searchParams, origin, pathname } = new URL(request.url);
      const wanted = Number(searchParams.get("cursor") ?? 0);
      if (wanted === number + 1) {
        body = new Uint8Array(gzipSync(ahead.value as string, { level: 1 }));
        ahead = source.next();
        number = wanted;
      } else if (wanted !== number) return new Response("no such page", { status: 400 });
      const headers = new Headers({
        "content-type": "application/json",
        "content-encoding": "gzip",
      });
      if (wanted < last) {
        headers.set("link", `<${origin}${pathname}?cursor=${wanted + 1}>; rel="next"`);
      }
      return new Response(body, { headers });
    },
  );
}
