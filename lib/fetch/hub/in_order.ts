/** Options of {@link inOrder}. */
export interface InOrderOptions<T, R> {
  /** What is done with an item. */
  task(item: T): Promise<R>;
  /** Bytes that a result holds. */
  bytesOf(result: R): number;
  /** Tasks that run at a time. */
  atOnce: number;
  /** Tasks that were begun and whose results were not taken. */
  most: number;
  /** When results that were not taken hold as many bytes, no task begins until some were. */
  mostBytes: number;
}

/**
 * Results of tasks in the order of their items, while the next ones are under way. After an error no further task begins; when it ends, by an error or
 * since nobody takes more, no task is under way.
 */
export async function* inOrder<T, R>(
  items: AsyncIterator<T>,
  { task, bytesOf, atOnce, most, mostBytes }: InOrderOptions<T, R>,
): AsyncGenerator<R> {
  const begun: { result: Promise<R>; ended: boolean }[] = [];
  let running = 0;
  let bytes = 0;
  let last = false;
  let wake = () => {};
  const begin = async (item: T): Promise<R> => {
    running++;
    try {
      const result = await task(item);
      bytes += bytesOf(result);
      return result;
    } catch (error) {
      last = true;
      throw error;
    } finally {
      running--;
    }
  };
  try {
    for (;;) {
      while (!last && running < atOnce && begun.length < most && bytes < mostBytes) {
        const item = await items.next();
        if (item.done) {
          last = true;
          break;
        }
        const one = { result: begin(item.value), ended: false };
        const end = () => {
          one.ended = true;
          wake();
        };
        one.result.then(end, end);
        begun.push(one);
      }
      const first = begun[0];
      if (first === undefined) return;
      if (!first.ended) {
        await new Promise<void>((resolve) => wake = resolve);
        continue;
      }
      const result = await first.result;
      begun.shift();
      bytes -= bytesOf(result);
      yield result;
    }
  } finally {
    await Promise.allSettled(begun.map(({ result }) => result));
  }
}
