/**
 * Runs tasks in their order, so many at a time, and waits for all.
 *
 * @throws what the first task that failed threw; no further task is begun
 */
export async function inTurns<T>(
  tasks: readonly (() => Promise<T>)[],
  { jobs }: { jobs: number },
): Promise<T[]> {
  const results: T[] = [];
  const errors: unknown[] = [];
  let next = 0;
  async function worker(): Promise<void> {
    while (next < tasks.length && errors.length === 0) {
      const index = next++;
      try {
        results[index] = await tasks[index]();
      } catch (error) {
        errors.push(error);
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, worker));
  if (errors.length > 0) throw errors[0];
  return results;
}
