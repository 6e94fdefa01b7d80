/** Nodes by falling gain, ties by number: a binary heap whose first node's gain can be lowered. */
export class GainHeap {
  /** Gain of each node; change it through {@link lower}. */
  readonly gains: Uint32Array;
  readonly #heap: Uint32Array;
  #size: number;

  /**
   * Holds every node.
   *
   * @param gains One for each node; taken over, not copied.
   */
  constructor(gains: Uint32Array) {
    this.gains = gains;
    this.#size = gains.length;
    this.#heap = new Uint32Array(gains.length);
    for (let u = 0; u < gains.length; u++) this.#heap[u] = u;
    for (let i = (this.#size >> 1) - 1; i >= 0; i--) this.#sink(i);
  }

  /** Number of nodes. */
  get size(): number {
    return this.#size;
  }

  /** The node of the largest gain. */
  get first(): number {
    return this.#heap[0];
  }

  /** Gives the first node a gain that is not larger than the one it has. */
  lower(gain: number): void {
    this.gains[this.#heap[0]] = gain;
    this.#sink(0);
  }

  /** Takes out the first node. */
  pop(): number {
    const first = this.#heap[0];
    this.#heap[0] = this.#heap[--this.#size];
    this.#sink(0);
    return first;
  }

  /** Puts back a node that was taken out. */
  push(node: number): void {
    let at = this.#size++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#before(node, this.#heap[above])) break;
      this.#heap[at] = this.#heap[above];
      at = above;
    }
    this.#heap[at] = node;
  }

  #before(u: number, v: number): boolean {
    return this.gains[u] > this.gains[v] || (this.gains[u] === this.gains[v] && u < v);
  }

  #sink(start: number): void {
    const heap = this.#heap;
    const node = heap[start];
    let at = start;
    for (;;) {
      let next = 2 * at + 1;
      if (next >= this.#size) break;
      if (next + 1 < this.#size && this.#before(heap[next + 1], heap[next])) next++;
      if (!this.#before(heap[next], node)) break;
      heap[at] = heap[next];
      at = next;
    }
    heap[at] = node;
  }
}
