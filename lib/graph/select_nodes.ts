import { type BothWays, type Direction, neighbourhood } from "./neighbourhood.ts";

/** Which part of a graph is meant: a family, a neighbourhood, or (where neither is given) the whole. */
export interface NodeSelection {
  /** A member of the wanted family, that is of its weak component. */
  family?: string;
  /** Where the wanted neighbourhood begins. */
  around?: string | readonly string[];
  /**
   * With `around`: longest way from there, in edges; `Infinity` for all that can be reached.
   * @default 1
   */
  hops?: number;
  /**
   * With `around`: `up` to what it was made from, `down` to what was made from it.
   * @default "both"
   */
  direction?: Direction;
  /**
   * Most nodes that are taken. A graph of objects needs about 1 kB a node, writing it as GEXF 8 kB.
   * @default 200_000
   */
  limit?: number;
}

/** What {@link selectNodes} must know of the graph. */
export interface SelectNodesOptions extends NodeSelection {
  /** Node of a name; throws where there is none. */
  find: (name: string) => number;
  /** Whether an edge number counts. */
  has?: (edge: number) => boolean;
}

/** Most nodes that are turned into objects unless a higher limit is asked for. */
const usualLimit = 200_000;

/**
 * Nodes of a selection in ascending order.
 *
 * @throws {TypeError} when options contradict each other
 * @throws {RangeError} when a name is not in the graph, or there are more nodes than the limit
 */
export function selectNodes(graph: BothWays, options: SelectNodesOptions): Uint32Array {
  const { family, around, hops, direction, limit = usualLimit, find, has } = options;
  if (family !== undefined && around !== undefined) {
    throw new TypeError(
      `Cannot select nodes: both "family" and "around" are given, expected at most one`,
    );
  }
  if (around === undefined && (hops !== undefined || direction !== undefined)) {
    throw new TypeError(
      `Cannot select nodes: "hops" and "direction" are for "around", which is not given`,
    );
  }
  if (!(limit >= 0)) {
    throw new RangeError(`Cannot select nodes: the limit is ${limit}, expected at least 0`);
  }
  const whole = graph.children.offsets.length - 1;
  if (family !== undefined) {
    return checked(neighbourhood(graph, [find(family)], { hops: Infinity, has }), limit);
  }
  if (around === undefined) {
    checkCount(whole, limit);
    return Uint32Array.from({ length: whole }, (_, node) => node);
  }
  const starts = namesOf(around).map(find);
  return checked(neighbourhood(graph, starts, { hops, direction, has }), limit);
}

/** A selection in words: `2 hops up from "a/b"`. */
export function describeSelection(
  { family, around, hops = 1, direction = "both" }: NodeSelection,
): string {
  if (family !== undefined) return `family of ${JSON.stringify(family)}`;
  if (around === undefined) return "all nodes";
  const names = namesOf(around).map((name) => JSON.stringify(name)).join(", ");
  const way = { up: "up from", down: "down from", both: "around" }[direction];
  return `${hops === Infinity ? "all" : hops} hop${hops === 1 ? "" : "s"} ${way} ${names}`;
}

function namesOf(around: string | readonly string[]): readonly string[] {
  if (around.length === 0) {
    throw new TypeError('Cannot select nodes: "around" has no name, expected at least one');
  }
  return typeof around === "string" ? [around] : around;
}

function checked(nodes: Uint32Array, limit: number): Uint32Array {
  checkCount(nodes.length, limit);
  return nodes;
}

function checkCount(nodes: number, limit: number): void {
  if (nodes <= limit) return;
  throw new RangeError(
    `Cannot make a graph of ${nodes} objects: the limit is ${limit} nodes. Ask for a family or fewer hops, or raise the limit ` +
      `(option "limit", on the command line --limit ${nodes})`,
  );
}
