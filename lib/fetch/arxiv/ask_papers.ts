import { type IssueCount, Issues } from "../../core/issues.ts";
import { HttpError } from "../http_errors.ts";
import type { ArxivClient } from "./arxiv_client.ts";
import { type Feed, type Filing, readFeed } from "./read_feed.ts";

/** Largest answer that is read; a hundred papers take some 300 kB, abstracts included. */
const mostBytes = 16 << 20;

/** Options of {@link askPapers}. */
export interface AskPapersOptions {
  client: ArxivClient;
  /** Called after each answer with the number of requests that are due, as far as is known. */
  onAnswer?: (due: number) => void;
}

/** What arXiv says of some papers. */
export interface AskedPapers {
  /** Those that it has, by identifier. */
  found: Map<string, Filing>;
  /** Those that it says nothing of, in the order asked. */
  absent: string[];
  /** Those that it takes for malformed, in the order asked. */
  refused: string[];
  /** Times of its answers by its own clock; null where it told none. */
  from: string | null;
  to: string | null;
  /** Answers read, those that were no feed included. */
  answers: number;
  issues: IssueCount[];
}

/**
 * Asks arXiv for the categories of papers in one request. An identifier that is malformed to arXiv spoils the whole answer: the
 * papers are then asked for by halves until it is found. An answer that is no feed (arXiv has them when it is busy) is asked for again.
 *
 * @param papers Canonical identifiers.
 * @throws {HttpError} when the server cannot be reached, or refuses whatever it is asked for
 */
export async function askPapers(
  papers: readonly string[],
  { client, onAnswer = () => {} }: AskPapersOptions,
): Promise<AskedPapers> {
  const issues = new Issues();
  const asked: AskedPapers = {
    found: new Map(),
    absent: [],
    refused: [],
    from: null,
    to: null,
    answers: 0,
    issues: [],
  };
  const pending: (readonly string[])[] = [papers];
  let answered = false;
  let unnamed: string | null = null;
  for (let some = pending.pop(); some !== undefined; some = pending.pop()) {
    const { feed, date, answers } = await askOnce(some, { client, issues });
    asked.answers += answers;
    asked.from ??= date;
    asked.to = date ?? asked.to;
    if (feed.refusal !== null) {
      if (some.length === 1) {
        asked.refused.push(some[0]);
        if (!feed.refusal.includes(some[0])) unnamed ??= feed.refusal;
      } else {
        const half = some.length >> 1;
        pending.push(some.slice(half), some.slice(0, half));
      }
      onAnswer(pending.length);
      continue;
    }
    onAnswer(pending.length);
    answered = true;
    for (const paper of some) {
      const filing = feed.papers.get(paper);
      if (filing === undefined) asked.absent.push(paper);
      else asked.found.set(paper, filing);
      feed.papers.delete(paper);
    }
    for (const other of feed.papers.keys()) {
      issues.add("unasked", "a paper that was not asked for; left out", other);
    }
  }
  // Who refuses everything, and does not name what is malformed, may have another reason: of that nothing shall be remembered.
  if (unnamed !== null && !answered) {
    throw new HttpError(
      `Cannot fetch categories: arXiv refuses all papers of a batch, one of them with ${
        JSON.stringify(unnamed.slice(0, 200))
      }; try again later`,
      { status: null },
    );
  }
  for (const paper of asked.refused) {
    issues.add("refusedId", "an identifier that arXiv takes for malformed; not found", paper);
  }
  return { ...asked, issues: issues.list() };
}

/** One request, repeated while its answer is no feed. */
async function askOnce(
  papers: readonly string[],
  { client, issues }: { client: ArxivClient; issues: Issues },
): Promise<{ feed: Feed; date: string | null; answers: number }> {
  const url = new URL(client.address);
  url.search = new URLSearchParams({
    id_list: papers.join(","),
    start: "0",
    max_results: String(papers.length),
  }).toString();
  for (let failures = 0;;) {
    const { status, bytes, date } = await client.get(url, { accept: [200, 400, 414], mostBytes });
    const answers = failures + 1;
    try {
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      // A refusal has come with either status, with a feed and without.
      const feed = status === 200
        ? readFeed(text, issues)
        : { papers: new Map<string, Filing>(), refusal: refusalOf(text, status) };
      return { feed, date, answers };
    } catch (error) {
      await client.backOff(url, { failures: ++failures, error });
    }
  }
}

/** What arXiv says with a status that is no answer. */
function refusalOf(text: string, status: number): string {
  try {
    return readFeed(text, new Issues()).refusal ?? `status ${status}`;
  } catch {
    return `status ${status}`;
  }
}
