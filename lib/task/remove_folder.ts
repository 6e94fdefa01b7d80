/** Removes a folder into which processes that end may still write for some seconds. */
export async function removeFolder(folder: string): Promise<void> {
  for (let tenths = 0;; tenths++) {
    try {
      return Deno.removeSync(folder, { recursive: true });
    } catch (error) {
      if (tenths === 50) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
