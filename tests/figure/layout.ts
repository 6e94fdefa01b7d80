import { DOMParser } from "linkedom";
import { advance, type FontWeight } from "../../lib/figure/fonts.ts";

/** A corner of a text's box. */
type Point = [x: number, y: number];
/** Affine map (x, y) -> (a x + c y + e, b x + d y + f). */
type Matrix = [a: number, b: number, c: number, d: number, e: number, f: number];

interface Box {
  text: string;
  size: number;
  corners: Point[];
}

interface State {
  matrix: Matrix;
  size: number;
  weight: FontWeight;
  anchor: string;
}

function multiply([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}

function parseTransform(text: string): Matrix {
  let matrix: Matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, list] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const v = list.split(/[\s,]+/).map(Number);
    if (name === "translate") matrix = multiply(matrix, [1, 0, 0, 1, v[0], v[1] ?? 0]);
    else if (name === "rotate" && v.length === 1) {
      const t = v[0] * Math.PI / 180;
      matrix = multiply(matrix, [Math.cos(t), Math.sin(t), -Math.sin(t), Math.cos(t), 0, 0]);
    } else throw new SyntaxError(`Cannot check the transform "${text}"`);
  }
  return matrix;
}

function boxOf(text: string, state: State, x: number, y: number): Box {
  const { size, weight, anchor, matrix: [a, b, c, d, e, f] } = state;
  let width = 0;
  for (const character of text) width += advance(character.codePointAt(0)!, weight) * size;
  const left = x - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
  // Heights of Inter's capitals and descenders.
  const [top, bottom] = [y - 0.73 * size, y + 0.21 * size];
  const corners: Point[] = [[left, top], [left + width, top], [left + width, bottom], [
    left,
    bottom,
  ]];
  return {
    text,
    size,
    corners: corners.map(([x, y]) => [a * x + c * y + e, b * x + d * y + f]),
  };
}

function collect(node: Element, inherited: State, boxes: Box[]): void {
  const get = (name: string) => node.getAttribute(name);
  const transform = get("transform");
  const state: State = {
    matrix: transform === null
      ? inherited.matrix
      : multiply(inherited.matrix, parseTransform(transform)),
    size: Number(get("font-size") ?? inherited.size),
    weight: Number(get("font-weight") ?? inherited.weight) as FontWeight,
    anchor: get("text-anchor") ?? inherited.anchor,
  };
  if (node.localName !== "text") {
    for (const child of node.children) collect(child, state, boxes);
    return;
  }
  const parts = node.children.length > 0 ? [...node.children] : [node];
  let y = Number(get("y") ?? 0);
  for (const part of parts) {
    if (part !== node && part.hasAttribute("y")) y = Number(part.getAttribute("y"));
    y += Number(part.getAttribute("dy") ?? 0);
    const x = Number(part.getAttribute("x") ?? get("x") ?? 0);
    if (part.textContent) boxes.push(boxOf(part.textContent, state, x, y));
  }
}

/** Depth to which two convex outlines overlap, 0 where they do not. */
function overlap(a: Point[], b: Point[]): number {
  let least = Infinity;
  for (const outline of [a, b]) {
    for (let i = 0; i < outline.length; i++) {
      const [p, q] = [outline[i], outline[(i + 1) % outline.length]];
      const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
      if (length === 0) continue;
      const normal = [(q[1] - p[1]) / length, (p[0] - q[0]) / length];
      const span = (points: Point[]) => {
        const along = points.map(([x, y]) => x * normal[0] + y * normal[1]);
        return [Math.min(...along), Math.max(...along)];
      };
      const [a0, a1] = span(a);
      const [b0, b1] = span(b);
      least = Math.min(least, Math.min(a1, b1) - Math.max(a0, b0));
      if (least <= 0) return 0;
    }
  }
  return least;
}

/**
 * What is wrong with the texts of a figure: outside the view box, smaller than 7 points, or overlapping each other by
 * more than `tolerance` pixels.
 */
export function layoutFaults(svg: string, { tolerance = 0.8 } = {}): string[] {
  const root = new DOMParser().parseFromString(svg, "image/svg+xml")
    .documentElement as unknown as Element;
  const [, , width, height] = root.getAttribute("viewBox")!.split(" ").map(Number);
  const boxes: Box[] = [];
  collect(root, { matrix: [1, 0, 0, 1, 0, 0], size: 16, weight: 400, anchor: "start" }, boxes);
  const faults: string[] = [];
  boxes.forEach(({ text, size, corners }, i) => {
    if (size < 28 / 3) faults.push(`"${text}" is ${size} pixels, expected at least 7 points`);
    const outside = corners.some(([x, y]) =>
      x < -tolerance || y < -tolerance || x > width + tolerance || y > height + tolerance
    );
    if (outside) faults.push(`"${text}" leaves the frame`);
    for (let j = 0; j < i; j++) {
      const depth = overlap(corners, boxes[j].corners);
      if (depth > tolerance) {
        faults.push(`"${boxes[j].text}" and "${text}" overlap by ${depth.toFixed(1)} pixels`);
      }
    }
  });
  return faults;
}
