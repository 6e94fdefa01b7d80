import { mean } from "d3";
import { dodge } from "../../figure/text.ts";
import { layersOf } from "./layers.ts";

/** A place in a layer: a node, or where an edge passes a layer on its way. */
interface Place {
  layer: number;
  left: number[];
  right: number[];
}

/** A network with its nodes placed. */
export interface Arranged {
  /** Layer of each node, from 0. */
  layer: number[];
  /** Height of the middle of each node, neighbours in a layer at least 1 apart. */
  y: number[];
  /** For each edge the layers and heights that it passes between its ends, from left to right. */
  passes: { layer: number; y: number }[][];
  /** Height of the whole. */
  height: number;
}

/** Sweeps over the layers, of which the one with fewest crossings is kept. */
const sweeps = 12;

/**
 * Places a graph by layers so that few edges cross: an edge over several layers has a place in each, every layer is sorted by the mean
 * place of its neighbours to the left, then to the right, and so on (Sugiyama, Tagawa and Toda 1981), then nodes move towards
 * their neighbours. The same graph gives the same places.
 */
export function arrange(
  nodes: number,
  edges: readonly { from: number; to: number }[],
): Arranged {
  const { layer } = layersOf(nodes, edges);
  const places: Place[] = layer.map((own) => ({ layer: own, left: [], right: [] }));
  const chains = edges.map(({ from, to }) => {
    const [a, b] = layer[from] <= layer[to] ? [from, to] : [to, from];
    const chain = [a];
    for (let own = layer[a] + 1; own < layer[b]; own++) {
      places.push({ layer: own, left: [], right: [] });
      chain.push(places.length - 1);
    }
    chain.push(b);
    for (let i = 1; i < chain.length; i++) {
      places[chain[i - 1]].right.push(chain[i]);
      places[chain[i]].left.push(chain[i - 1]);
    }
    return chain;
  });
  const layers: number[][] = [];
  places.forEach((place, i) => (layers[place.layer] ??= []).push(i));
  const sorted = fewestCrossings(layers, places);
  const { y, height } = heights(sorted, places, nodes);
  return {
    layer,
    y: y.slice(0, nodes),
    passes: chains.map((chain) =>
      chain.slice(1, -1).map((i) => ({ layer: places[i].layer, y: y[i] }))
    ),
    height,
  };
}

/** The layers sorted so that the fewest edges cross that the sweeps found. */
function fewestCrossings(first: readonly number[][], places: readonly Place[]): number[][] {
  let layers = first.map((layer) => [...layer]);
  let best = layers;
  let least = crossings(layers, places);
  for (let sweep = 0; sweep < sweeps && least > 0; sweep++) {
    const side = sweep % 2 === 0 ? "left" : "right";
    const at = positions(layers);
    const next: number[][] = [];
    const order = layers.map((_, i) => side === "left" ? i : layers.length - 1 - i);
    for (const l of order) {
      const want = new Map(
        layers[l].map((i) => [i, mean(places[i][side], (other) => at[other]) ?? at[i]]),
      );
      next[l] = [...layers[l]].sort((a, b) => want.get(a)! - want.get(b)! || at[a] - at[b]);
      next[l].forEach((i, k) => at[i] = k);
    }
    layers = next;
    const found = crossings(layers, places);
    if (found < least) [best, least] = [layers, found];
  }
  return best;
}

function positions(layers: readonly number[][]): number[] {
  const at: number[] = [];
  for (const layer of layers) layer.forEach((i, k) => at[i] = k);
  return at;
}

/** Pairs of edges that cross between two neighbouring layers, over all of them. */
function crossings(layers: readonly number[][], places: readonly Place[]): number {
  const at = positions(layers);
  let count = 0;
  for (const layer of layers) {
    const ends = layer.flatMap((i) => places[i].right.map((j) => at[j]).sort((a, b) => a - b));
    const starts = layer.flatMap((i) => places[i].right.map(() => at[i]));
    for (let a = 0; a < ends.length; a++) {
      for (let b = a + 1; b < ends.length; b++) {
        if (starts[a] < starts[b] && ends[a] > ends[b]) count++;
      }
    }
  }
  return count;
}

/** Height that a place takes: a passing edge less than a node, whose name is beside it. */
const thick = { node: 1, pass: 0.5 };

/** Heights near the neighbours' mean, the order kept; the longest layer sets the height of all. */
function heights(
  layers: readonly number[][],
  places: readonly Place[],
  nodes: number,
): { y: number[]; height: number } {
  const size = (i: number) => i < nodes ? thick.node : thick.pass;
  // How far each place is from the top of its layer where all lie close; less that, heights need only rise.
  const close: number[] = [];
  const lengths = layers.map((layer) => {
    let end = 0;
    for (const i of layer) {
      close[i] = end + size(i) / 2;
      end += size(i);
    }
    return end;
  });
  const height = Math.max(...lengths);
  const y: number[] = [];
  layers.forEach((layer, l) => {
    for (const i of layer) y[i] = close[i] + (height - lengths[l]) / 2;
  });
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const order = layers.map((_, i) => sweep % 2 === 0 ? i : layers.length - 1 - i);
    for (const l of order) {
      let highest = -Infinity;
      const want = layers[l].map((i) => {
        const near = mean([...places[i].left, ...places[i].right], (other) => y[other]);
        // dodge() sorts what it is given, so that places that want to change sides are held back.
        return highest = Math.max(highest, (near ?? y[i]) - close[i]);
      });
      const moved = dodge(want, { gap: 0, least: 0, most: height - lengths[l] });
      layers[l].forEach((i, k) => y[i] = moved[k] + close[i]);
    }
  }
  return { y, height };
}
