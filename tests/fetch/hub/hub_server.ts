/**
 * A server on loopback that behaves like the Hub: the list of models with cursors, and the cards. Its models are simulated; they can be
 * created, changed and deleted while it serves.
 *
 * @module
 */
import { simulateHub } from "../../../lib/source/simulate.ts";
import {
  type FaultServer,
  faultServer,
  type FaultServerOptions,
  type ServedAnswer,
  type ServedRequest,
} from "../fault_server.ts";

/** A model as the server has it. */
export interface SimulatedModel {
  /** The Hub's own number of the repository, in the order of creation. */
  _id: string;
  id: string;
  createdAt: string;
  lastModified: string;
  /** Text of its card, null where it has none. */
  modelCard: string | null;
  /** All other fields, as the list gives them. */
  fields: Record<string, unknown>;
}

/** Options of {@link hubServer}. */
export interface HubServerOptions extends FaultServerOptions {
  /**
   * Rows of a page, whatever the client asks for.
   * @default 100
   */
  pageRows?: number;
  /** Milliseconds before each answer. */
  delay?: () => number;
  /** Called with each request before it is answered. */
  onRequest?: (request: ServedRequest, hub: SimulatedHub) => void;
  /** Another page instead of the right one. */
  spoilPage?: (rows: Record<string, unknown>[], request: ServedRequest) => unknown;
  /** Another answer instead of a card. */
  cardAnswer?: (id: string, request: ServedRequest) => ServedAnswer | undefined;
  /** Another path below which everything is. */
  prefix?: string;
}

/** The models behind a server. */
export class SimulatedHub {
  /** In the order of creation. */
  models: SimulatedModel[] = [];
  #created = 0;

  /** Simulates some models. */
  constructor({ models = 300, seed = 1 }: { models?: number; seed?: number } = {}) {
    const decoder = new TextDecoder();
    for (const block of simulateHub({ models, seed, cards: true })) {
      for (const line of decoder.decode(block).split("\n").slice(0, -1)) {
        this.#add(JSON.parse(line));
      }
    }
    this.models.sort((a, b) => order(a, b, "createdAt"));
  }

  #add(row: Record<string, unknown>): SimulatedModel {
    const { id, createdAt, modelCard = null, modelId: _, ...fields } = row;
    const model: SimulatedModel = {
      _id: String(this.#created++).padStart(24, "0"),
      id: id as string,
      createdAt: createdAt as string,
      lastModified: createdAt as string,
      modelCard: modelCard as string | null,
      fields,
    };
    this.models.push(model);
    return model;
  }

  /** Creates a model. */
  create(id: string, { at, ...fields }: { at: string } & Record<string, unknown>): SimulatedModel {
    return this.#add({
      id,
      createdAt: at,
      likes: 0,
      private: false,
      downloads: 0,
      tags: [],
      ...fields,
    });
  }

  /** Changes a model. */
  change(id: string, { at, ...fields }: { at: string } & Record<string, unknown>): void {
    const model = this.find(id)!;
    model.lastModified = at;
    Object.assign(model.fields, fields);
  }

  /** Deletes a model. */
  remove(id: string): void {
    this.models = this.models.filter((model) => model.id !== id);
  }

  find(id: string): SimulatedModel | undefined {
    return this.models.find((model) => model.id === id);
  }

  /** The row of a model as a snapshot has it. */
  row(id: string): Record<string, unknown> {
    const { fields, createdAt } = this.find(id)!;
    return { id, ...fields, createdAt, modelId: id };
  }
}

/** Starts a server with the models of a hub. */
export function hubServer(
  hub: SimulatedHub,
  { pageRows = 100, delay, onRequest, spoilPage, cardAnswer, prefix = "", ...options }:
    HubServerOptions = {},
): FaultServer {
  return faultServer(async (request) => {
    onRequest?.(request, hub);
    const wait = delay?.() ?? 0;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const { pathname } = request.url;
    if (!pathname.startsWith(prefix)) return null;
    const path = pathname.slice(prefix.length);
    if (path === "/api/models") return listed(hub, request, { pageRows, spoilPage });
    const found = /^\/(.+)\/raw\/main\/README\.md$/.exec(path);
    if (found === null) return null;
    const id = found[1].split("/").map(decodeURIComponent).join("/");
    const other = cardAnswer?.(id, request);
    if (other !== undefined) return other;
    const card = hub.find(id)?.modelCard ?? null;
    return card === null ? { status: 404, body: "Entry not found" } : {
      body: card,
      headers: { "content-type": "text/plain; charset=utf-8" },
      gzip: card.length > 2000,
    };
  }, options);
}

function listed(
  hub: SimulatedHub,
  request: ServedRequest,
  { pageRows, spoilPage }: Pick<HubServerOptions, "spoilPage"> & { pageRows: number },
): ServedAnswer {
  const { searchParams } = request.url;
  const field = searchParams.get("sort") === "lastModified" ? "lastModified" : "createdAt";
  const sign = searchParams.get("direction") === "1" && field === "createdAt" ? 1 : -1;
  const expand = searchParams.getAll("expand[]");
  const limit = Math.min(pageRows, Number(searchParams.get("limit") ?? 1000));
  const text = searchParams.get("cursor");
  const cursor = text === null ? null : JSON.parse(atob(text));
  const rest = hub.models
    .filter((model) => cursor === null || sign * order(model, cursor, field) > 0)
    .sort((a, b) => sign * order(a, b, field));
  const page = rest.slice(0, limit);
  const rows = page.map((model) => {
    const all: Record<string, unknown> = { ...model.fields, ...model };
    return Object.fromEntries([
      ["_id", model._id],
      ["id", model.id],
      ...expand.filter((key) => all[key] !== undefined).map((key) => [key, all[key]]),
    ]);
  });
  const headers: Record<string, string> = { "content-type": "application/json; charset=utf-8" };
  const last = page.at(-1);
  if (last !== undefined && rest.length > page.length) {
    const next = new URL(request.url);
    next.searchParams.set("cursor", btoa(JSON.stringify({ _id: last._id, [field]: last[field] })));
    headers.link = `<${next.href}>; rel="next"`;
  }
  return { body: JSON.stringify(spoilPage?.(rows, request) ?? rows), headers, gzip: true };
}

/** Order by a time, then by number. */
function order<F extends "createdAt" | "lastModified">(
  a: Pick<SimulatedModel, "_id" | F>,
  b: Pick<SimulatedModel, "_id" | F>,
  field: F,
): number {
  const [x, y] = a[field] === b[field] ? [a._id, b._id] : [a[field], b[field]];
  return x < y ? -1 : x > y ? 1 : 0;
}
