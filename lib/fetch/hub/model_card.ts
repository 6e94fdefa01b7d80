import type { HttpClient } from "../http_client.ts";
import { HttpError, OversizedError, RefusedError } from "../http_errors.ts";
import type { Answer } from "../http_types.ts";
import { modelsAddress } from "./model_pages.ts";

/** Longest card that is taken, in bytes. */
const longestCard = 8 << 20;

/** Cards that are given up while no card was given at all. */
const mostDoubted = 16;

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
  /** Address of the list of models, which a Hub gives that is up. */
  #list: string;
  /** Address of the card that was given last, null where none was. */
  #given: string | null = null;
  /** Cards that were given up while there was none. */
  #doubted = 0;

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
    this.#list = `${modelsAddress(endpoint).href}?limit=1`;
    this.#base = `${endpoint.origin}${endpoint.pathname.replace(/\/+$/, "")}`;
  }

  /**
   * The card of a model. The Hub's refusal of one card is an issue, and so is one that cannot be had however often it is asked for,
   * while others can.
   *
   * @throws {HttpError} when the Hub cannot be reached, asks to be left alone for too long, or does not know the token
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
    const address = `${this.#base}/${
      id.split("/").map(encodeURIComponent).join("/")
    }/raw/main/README.md`;
    let answer: Answer;
    try {
      answer = await this.#get(address);
    } catch (error) {
      if (error instanceof OversizedError) {
        return none("oversizedCard", `longer than ${longestCard} bytes; not taken`, id);
      }
      if (error instanceof RefusedError) {
        return none("refusedCard", "the Hub leads elsewhere; not taken", `${id}: ${error.message}`);
      }
      if (!(error instanceof HttpError)) throw error;
      const { status, reason } = error;
      if (status === 401 && this.#authorized) {
        throw new HttpError(
          `Cannot fetch the card of ${id}: the Hub does not know the token (status 401); set HF_TOKEN to another, or to none`,
          { status },
        );
      }
      // Who says when to ask again does not say that there is no card.
      if (status === 429 || asksToWait(error)) throw error;
      if (status === 401 || status === 403) {
        const rule = "gated, private or deleted since it was listed; not taken";
        return none("closedCard", rule, `${id}: status ${status}`);
      }
      // Of a server that is down no card can be had: that is no issue of this one.
      const mayPass = status === null || status >= 500 || status === 408;
      if (mayPass && !await this.#givesOthers()) throw error;
      return none("refusedCard", "the Hub does not give it", `${id}: ${reason}`);
    }
    const { status, date, bytes } = answer;
    if (status === 404) return { text: null, issue: null, date };
    this.#given = address;
    const text = decoder.decode(bytes);
    if (text.includes("\ufffd") && !isUtf8(bytes)) {
      const rule = "what is not UTF-8 in it is replaced by U+FFFD";
      return { text, issue: { kind: "cardNotUtf8", rule, example: id }, date };
    }
    return { text, issue: null, date };
  }

  /**
   * Whether the Hub gives what it gave before: the last card, or the list of models where none was given yet. The list says less, so that
   * only some cards are given up for it.
   */
  async #givesOthers(): Promise<boolean> {
    if (this.#given === null && this.#doubted++ >= mostDoubted) return false;
    try {
      const { status } = await this.#get(this.#given ?? this.#list);
      return this.#given !== null || status === 200;
    } catch {
      return false;
    }
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

/** Whether the Hub said when it wishes to be asked again. */
function asksToWait(error: HttpError): boolean {
  return [error, error.cause].some((one) => one instanceof HttpError && one.wait !== null);
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
