import type { HttpClient } from "../http_client.ts";
import { HttpError, OversizedError, RefusedError } from "../http_errors.ts";
import type { Answer } from "../http_types.ts";

/** Longest card that is taken, in bytes. */
const longestCard = 8 << 20;

/** Ids of the Hub: a name, or an owner and a name; no part of one is a step in a path. */
const idForm = /^(?!\.{1,2}(?:\/|$))[\w.-]+(?:\/(?!\.{1,2}$)[\w.-]+)?$/;

/** A card as the Hub gave it. */
export interface FetchedCard {
  /** Its text, null where there is none to be had. */
  text: string | null;
  /** Why there is none, or what was odd. */
  issue: { kind: string; rule: string; example: string } | null;
  /** The Hub's clock, null where it was not asked or does not say. */
  date: string | null;
}

/** Fetches the cards (README.md) of models. */
export class ModelCards {
  #client: HttpClient;
  #base: string;
  #authorized: boolean;
  /** Cards that the Hub answered for. */
  #answered = 0;

  /**
   * Takes the address of the Hub.
   *
   * @param options.authorized Whether the client sends a token: then 401 says that the token is no good, without one that a model is closed.
   */
  constructor(
    client: HttpClient,
    { endpoint, authorized }: { endpoint: URL; authorized: boolean },
  ) {
    this.#client = client;
    this.#authorized = authorized;
    this.#base = `${endpoint.origin}${endpoint.pathname.replace(/\/+$/, "")}`;
  }

  /**
   * The card of a model. The Hub's refusal of one card is an issue.
   *
   * @throws {HttpError} when the Hub cannot be reached, or does not know the token
   */
  async of(id: string): Promise<FetchedCard> {
    const none = (kind: string, rule: string, example: string) => ({
      text: null,
      issue: { kind, rule, example },
      date: null,
    });
    if (!idForm.test(id)) {
      return none("unusualId", "no id of the Hub's form; its card is not asked for", id);
    }
    const before = this.#answered;
    let answer: Answer;
    try {
      answer = await this.#get(
        `${this.#base}/${id.split("/").map(encodeURIComponent).join("/")}/raw/main/README.md`,
      );
    } catch (error) {
      if (error instanceof OversizedError) {
        return none("oversizedCard", `longer than ${longestCard} bytes; not taken`, id);
      }
      if (error instanceof RefusedError) {
        return none("refusedCard", "the Hub leads elsewhere; not taken", `${id}: ${error.message}`);
      }
      const status = error instanceof HttpError ? error.status : null;
      if (status === 401 && this.#authorized) {
        throw new HttpError(
          `Cannot fetch the card of ${id}: the Hub does not know the token (status 401); set HF_TOKEN to another, or to none`,
          { status },
        );
      }
      if (status === 401 || status === 403) {
        const rule = "gated, private or deleted since it was listed; not taken";
        return none("closedCard", rule, `${id}: status ${status}`);
      }
      // Of a server that is down no card can be had: that is no issue of this one.
      const alone = status !== null && status >= 500 && this.#answered - before >= 16;
      if (alone || (status !== null && status >= 400 && status < 500 && status !== 429)) {
        return none("refusedCard", "the Hub does not give it", `${id}: status ${status}`);
      }
      throw error;
    }
    this.#answered++;
    const { status, date, bytes } = answer;
    if (status === 404) return { text: null, issue: null, date };
    const text = decoder.decode(bytes);
    if (text.includes("\ufffd") && !isUtf8(bytes)) {
      const rule = "what is not UTF-8 in it is replaced by U+FFFD";
      return { text, issue: { kind: "cardNotUtf8", rule, example: id }, date };
    }
    return { text, issue: null, date };
  }

  /** The answer to a request for a card; a page for people in its place is no answer. */
  async #get(address: string): Promise<Answer> {
    for (let failures = 0;;) {
      const answer = await this.#client.get(address, {
        accept: [200, 404],
        mostBytes: longestCard,
      });
      const type = answer.headers.get("content-type") ?? "";
      if (answer.status !== 200 || !/^text\/html\b/i.test(type)) return answer;
      const error = new HttpError("the answer is a page for people", { status: null });
      await this.#client.backOff(address, { failures: ++failures, error });
    }
  }
}

// A mark at the beginning is part of the text.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
