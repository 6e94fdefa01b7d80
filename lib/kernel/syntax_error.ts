/** What Deno's kernel tells of code that it cannot parse: nothing. */
const unknown = "The cell could not be parsed.";

/**
 * Why code cannot be parsed, and where: a message, then the line with a mark below the place. Deno's formatter is asked, since the kernel tells
 * neither; where that finds no fault (it parses modules, and the kernel scripts), only that there is one.
 */
export async function syntaxError(code: string): Promise<string> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--no-config", "--ext", "ts", "-"],
    env: { NO_COLOR: "1" },
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const output = process.output();
  const writer = process.stdin.getWriter();
  // It may have ended before it read all.
  await writer.write(new TextEncoder().encode(code)).then(() => writer.close()).catch(() => {});
  const said = new TextDecoder().decode((await output).stderr);
  // "error: SyntaxError: MESSAGE", lines of the code with a mark, "    at FILE:LINE:COLUMN".
  const found = /SyntaxError: ([^\n]+)\n([^]*?)\n\s+at \S+:(\d+):(\d+)/.exec(said);
  if (!found) return unknown;
  const [, message, frame, line, column] = found;
  return `${message} (line ${line}, column ${column})\n${frame}`;
}
