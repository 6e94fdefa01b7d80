/** A server on loopback that behaves like arXiv's API, and the faults that it has. */

/** What a request gets instead of its answer. */
export type Fault = (request: Request, answer: () => Response) => Response | Promise<Response>;

/** A paper as the server has it. */
export interface FakePaper {
  version?: number;
  /** The primary one first. */
  categories: string[];
}

/** Options of {@link FakeArxiv}. */
export interface FakeArxivOptions {
  papers: Record<string, FakePaper>;
  /** Identifiers that spoil an answer. */
  malformed?: string[];
  /** Status of the answer that says so. */
  refusal?: number;
  /** Fault of each request in turn; null for none. */
  faults?: (Fault | null)[];
  /** Milliseconds before each answer. */
  delay?: number;
}

export class FakeArxiv {
  /** Identifiers of each request. */
  readonly requests: string[][] = [];
  /** Requests at work at the same time, at most. */
  most = 0;
  readonly address: URL;
  #server: Deno.HttpServer<Deno.NetAddr>;
  #options: FakeArxivOptions;
  #faults: (Fault | null)[];
  #now = 0;

  constructor(options: FakeArxivOptions) {
    this.#options = options;
    this.#faults = [...options.faults ?? []];
    this.#server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen() {} },
      async (request) => {
        this.most = Math.max(this.most, ++this.#now);
        try {
          await new Promise((done) => setTimeout(done, options.delay ?? 0));
          return await this.#handle(request);
        } finally {
          this.#now--;
        }
      },
    );
    this.address = new URL(`http://127.0.0.1:${this.#server.addr.port}/api/query`);
  }

  async close(): Promise<void> {
    await this.#server.shutdown();
  }

  #handle(request: Request): Response | Promise<Response> {
    const url = new URL(request.url);
    if (url.pathname !== "/api/query") return new Response("no such page", { status: 404 });
    const ids = (url.searchParams.get("id_list") ?? "").split(",");
    this.requests.push(ids);
    const fault = this.#faults.shift() ?? null;
    const answer = () => this.#answer(ids, Number(url.searchParams.get("max_results") ?? 10));
    return fault === null ? answer() : fault(request, answer);
  }

  #answer(ids: string[], most: number): Response {
    const { papers, malformed = [], refusal = 200 } = this.#options;
    const wrong = ids.find((id) => malformed.includes(id));
    if (wrong !== undefined) return xml(feed([errorEntry(wrong)]), { status: refusal });
    // arXiv answers in an order of its own.
    const entries = ids.filter((id) => Object.hasOwn(papers, id)).slice(0, most).reverse()
      .map((id) => entry(id, papers[id]));
    return xml(feed(entries));
  }
}

export function xml(text: string, { status = 200 } = {}): Response {
  return new Response(text, {
    status,
    headers: {
      "content-type": "application/atom+xml; charset=utf-8",
      date: "Sat, 21 Nov 2026 10:00:00 GMT",
    },
  });
}

export function feed(entries: string[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    "<title>A list of papers</title>",
    "<id>http://arxiv.org/api/made-up</id>",
    `<o:totalResults xmlns:o="http://a9.com/-/spec/opensearch/1.1/">${entries.length}</o:totalResults>`,
    ...entries,
    "</feed>",
  ].join("\n");
}

export function entry(
  id: string,
  { version = 1, categories }: FakePaper,
  { host = "http://arxiv.org" } = {},
): string {
  const term = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const [primary] = categories;
  return [
    "<entry>",
    `<id>${host}/abs/${id}v${version}</id>`,
    "<title>On &lt;b&gt;trees&lt;/b&gt; &amp; 2305.00001</title>",
    "<summary>Made up. <![CDATA[<category term='cs.XX'/>]]></summary>",
    "<author><name>A. Nobody</name></author>",
    `<arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="${
      term(primary ?? "")
    }"/>`,
    ...categories.map((category) =>
      `<category term="${term(category)}" scheme="http://arxiv.org/schemas/atom"/>`
    ),
    "</entry>",
  ].join("");
}

export function errorEntry(id: string): string {
  return [
    "<entry>",
    `<id>http://arxiv.org/api/errors#incorrect_id_format_for_${id}</id>`,
    "<title>Error</title>",
    `<summary>incorrect id format for ${id}</summary>`,
    "</entry>",
  ].join("");
}

/** Ends the answer in the middle, at the length that was announced. */
export const truncatedXml: Fault = async (_request, answer) => {
  const text = await answer().text();
  return xml(text.slice(0, text.length >> 1));
};

export const busyPage: Fault = () =>
  new Response("<html><head><title>Busy</title></head><body><p>Rate exceeded.</p></body></html>", {
    headers: { "content-type": "text/html" },
  });

export const plainBusy: Fault = () => new Response("Rate exceeded.");

export const unavailable: Fault = () =>
  new Response("later", { status: 503, headers: { "retry-after": "0" } });

export const noEntries: Fault = () => xml(feed([]));

/** A document type whose entities grow. */
export const bomb: Fault = () =>
  xml(
    '<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><feed xmlns="http://www.w3.org/2005/Atom"><title>&b;</title></feed>',
  );

/** A server that announces more than it sends, for every request. */
export function droppingServer(): { host: string; requests: () => number; close(): void } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let requests = 0;
  const answer = [
    "HTTP/1.1 200 OK",
    "content-type: application/atom+xml",
    "content-length: 5000",
    "",
    feed([entry("2305.12345", { categories: ["cs.LG"] })]),
  ].join("\r\n");
  (async () => {
    for await (const connection of listener) {
      requests++;
      await connection.read(new Uint8Array(4096));
      await connection.write(new TextEncoder().encode(answer));
      connection.close();
    }
  })();
  return {
    host: `127.0.0.1:${listener.addr.port}`,
    requests: () => requests,
    close: () => listener.close(),
  };
}
