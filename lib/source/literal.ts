import { parsePythonLiteral } from "./python_literal.ts";

const words: Record<string, string> = { None: "null", True: "true", False: "false" };

/** A Python literal without double quotes and backslashes as JSON: each apostrophe is then a quote. */
function asJson(text: string): string {
  if (!/None|True|False/.test(text)) return text.replaceAll("'", '"');
  const parts = text.split("'");
  for (let i = 0; i < parts.length; i += 2) {
    if (parts[i].length > 3) {
      parts[i] = parts[i].replace(/\b(?:None|True|False)\b/g, (word) => words[word]);
    }
  }
  return parts.join('"');
}

/** A list as numpy prints it, without commas, which Python would read as one string. */
const numpyList = /^\[(?:\s*(?:'[^'\\]*'|"[^"\\]*"))+\s*\]$/;

/**
 * Value of a Python literal or of JSON, whichever the text is; a numpy list of strings counts as a list. Nearly all
 * literals of a file differ from JSON by their quotes only, and `JSON.parse` is many times faster than
 * {@link parsePythonLiteral}, which takes the rest.
 *
 * @throws {SyntaxError} when the text is neither
 * @throws {TypeError} when it holds something that has no counterpart
 */
export function parseLiteral(text: string): unknown {
  try {
    return JSON.parse(/["\\]/.test(text) ? text : asJson(text));
  } catch {
    if (!numpyList.test(text)) return parsePythonLiteral(text);
    return Array.from(text.matchAll(/'([^']*)'|"([^"]*)"/g), ([, a, b]) => a ?? b);
  }
}
