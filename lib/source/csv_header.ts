/**
 * Column names of a CSV text: the cells of its first record, without quotes and the white space around them. Enough to tell
 * formats apart from the first bytes of a file.
 */
export function csvHeader(text: string): string[] {
  const names: string[] = [];
  let name = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') {
      if (quoted && text[i + 1] === '"') name += text[++i];
      else quoted = !quoted;
    } else if (!quoted && (c === "," || c === "\n")) {
      names.push(name.trim());
      name = "";
      if (c === "\n") return names;
    } else name += c;
  }
  names.push(name.trim());
  return names;
}
