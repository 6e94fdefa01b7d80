/** What tells licenses apart in their names: letters of either case, digits, `+` and points between digits. */
export function licenseKey(name: string): string {
  return name.normalize("NFKC").toLowerCase()
    .replace(/\b(?:licen[cs]es?|agreement|the|version)\b/g, " ")
    .replace(/v(?=\.? ?\d)/g, " ")
    .replace(/\.(?!\d)/g, " ")
    .replace(/[^\p{L}\p{N}+.]+/gu, "")
    .replace(/(?<=\d)\.0(?![.\d])/g, "")
    .replace(/^\.+/, "");
}

/** The text without addresses and citations; of a link its words stay. White space is one space. */
export function withoutLinks(text: string): string {
  return text.replace(/\s+/g, " ")
    .replace(/\[\[[^[\]]*\]\] ?(?:\([^()]*\))?/g, "")
    .replace(/\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replace(/https?:\/\/[^\s,;()]+/gi, "")
    .replace(/ (?:at|see)? ?[.:]? ?$/i, "")
    .trim();
}

/** The text between commas, semicolons, slashes, `and` and `or` that are in no brackets. */
export function licenseParts(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(/[()]|[,;/]| (?:and|or|&) /gi)) {
    if (mark === "(") depth++;
    else if (mark === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0) {
      parts.push(text.slice(start, index));
      start = index + mark.length;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== "");
}

/** Name of the license that a sentence says something is under or uses; null where it says none, or takes any of it back. */
export function licenseSentence(text: string): string | null {
  if (/\b(?:not|no|except|unless|but|only|other|n['’]t)\b/i.test(text)) return null;
  const names = [...text.matchAll(/\b(?:under|uses) the ([^.;,()[\]]{1,60}?) licen[cs]e\b/gi)];
  return names.length === 1 ? names[0][1] : null;
}
