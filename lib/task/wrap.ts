/**
 * Text in lines of at most `width` characters, cut at blanks; a longer word gets a line of its own.
 *
 * @param options.indent What every line but the first begins with.
 */
export function wrap(
  text: string,
  { width, indent = "" }: { width: number; /** @default "" */ indent?: string },
): string {
  const lines: string[] = [];
  let line = /^ */.exec(text)![0];
  for (const word of text.slice(line.length).split(" ")) {
    const longer = line.trim() === "" ? line + word : `${line} ${word}`;
    if (line.trim() !== "" && [...longer].length > width) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line].join("\n");
}
