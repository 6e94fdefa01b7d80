/** Whether there is a file or folder of a path. */
export function exists(path: string): boolean {
  // With limited permissions Deno refuses the question itself.
  if (path === "") return false;
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return false;
    }
    throw error;
  }
}
