/** A folder of programs for a test: each name with the shell script that it is. */
export function programs(scripts: Record<string, string>): string {
  const folder = Deno.makeTempDirSync();
  for (const [name, script] of Object.entries(scripts)) {
    Deno.writeTextFileSync(`${folder}/${name}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return folder;
}

/** Resolves when a file is there and not empty, with its text. @throws {Error} when it is not within ten seconds */
export async function textOf(file: string): Promise<string> {
  for (let tries = 0; tries < 500; tries++) {
    try {
      const text = Deno.readTextFileSync(file);
      if (text !== "") return text;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`Not there in time: ${file}`);
}
