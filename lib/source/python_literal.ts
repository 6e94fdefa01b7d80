/** Deepest nesting that is read. */
const deepest = 200;

const escapes: Record<string, string> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  f: "\f",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "\n": "",
};

/** Names that stand for a value; `repr` writes numbers that are none or not finite as names too. */
const words: Record<string, unknown> = {
  None: null,
  True: true,
  False: false,
  nan: NaN,
  "-nan": NaN,
  inf: Infinity,
  "+inf": Infinity,
  "-inf": -Infinity,
};

/**
 * Value of a Python literal, as `repr` writes lists, tuples, dicts, strings, numbers, `True`, `False` and `None`: lists and tuples become arrays,
 * dicts become objects whose keys are all their own (a key `__proto__` too), `None` becomes null, `nan` and `inf` become numbers.
 * Integers beyond 2^53 lose digits, as in JSON. Nothing is evaluated.
 *
 * @throws {SyntaxError} when the text is no such literal, or is nested more than 200 levels deep; says at which character
 * @throws {TypeError} when it holds something that has no counterpart: bytes, a complex number, a dict key that is a list
 *
 * @example
 * ```ts
 * import { parsePythonLiteral } from "kindred";
 * parsePythonLiteral("{'tags': ['en', \"it's\"], 'private': False}"); // { tags: ["en", "it's"], private: false }
 * ```
 */
export function parsePythonLiteral(text: string): unknown {
  let at = 0;

  function fail(wanted: string): never {
    const found = at < text.length ? JSON.stringify(text.slice(at, at + 20)) : "the end";
    throw new SyntaxError(
      `Cannot read a Python literal: at character ${at + 1} found ${found}, expected ${wanted}`,
    );
  }
  function skip(): void {
    while (at < text.length && " \t\n\r\f".includes(text[at])) at++;
  }
  function take(mark: string): boolean {
    skip();
    if (text[at] !== mark) return false;
    at++;
    return true;
  }
  function value(depth: number): unknown {
    if (depth > deepest) fail(`at most ${deepest} levels of nesting`);
    skip();
    if (take("[")) return items("]", depth);
    if (take("{")) return dict(depth);
    if (take("(")) {
      const start = at;
      const list = items(")", depth);
      // (x) is x in brackets, (x,) is a tuple.
      return list.length === 1 && !/,\s*\)$/.test(text.slice(start, at)) ? list[0] : list;
    }
    if (isString()) return strings();
    return atom();
  }
  function items(close: string, depth: number): unknown[] {
    const list: unknown[] = [];
    while (!take(close)) {
      list.push(value(depth + 1));
      if (take(",")) continue;
      if (!take(close)) fail(`"," or "${close}"`);
      break;
    }
    return list;
  }
  function dict(depth: number): unknown {
    const fields: Record<string, unknown> = {};
    while (!take("}")) {
      const key = value(depth + 1);
      if (typeof key === "object" && key !== null) {
        throw new TypeError(
          `Cannot read a Python literal: a dict key before character ${
            at + 1
          } is no string or number`,
        );
      }
      if (!take(":")) fail('":"');
      Object.defineProperty(fields, key === null ? "None" : String(key), {
        value: value(depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
      if (take(",")) continue;
      if (!take("}")) fail('"," or "}"');
      break;
    }
    return fields;
  }
  function isString(): boolean {
    return /^(?:[rRuU]|)['"]/.test(text.slice(at, at + 2));
  }
  /** Adjacent strings are one string. */
  function strings(): string {
    let joined = "";
    do {
      joined += string();
      skip();
    } while (isString());
    return joined;
  }
  function string(): string {
    const raw = /[rR]/.test(text[at]);
    if (!/['"]/.test(text[at])) at++;
    const single = text[at];
    const mark = text.startsWith(single.repeat(3), at) ? single.repeat(3) : single;
    at += mark.length;
    let out = "";
    let from = at;
    for (;;) {
      if (at >= text.length) fail(`the closing ${mark}`);
      if (text.startsWith(mark, at)) break;
      if (mark.length === 1 && text[at] === "\n") fail(`the closing ${mark}`);
      if (text[at] !== "\\") {
        at++;
        continue;
      }
      if (raw) {
        at += 2;
        continue;
      }
      out += text.slice(from, at) + escape();
      from = at;
    }
    out += text.slice(from, at);
    at += mark.length;
    return out;
  }
  function escape(): string {
    const letter = text[at + 1];
    const digits = letter === "x" ? 2 : letter === "u" ? 4 : letter === "U" ? 8 : 0;
    if (digits > 0) {
      const hex = text.slice(at + 2, at + 2 + digits);
      const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === digits
        ? parseInt(hex, 16)
        : Infinity;
      if (code > 0x10ffff) fail(`\\${letter} and ${digits} hexadecimal digits`);
      at += 2 + digits;
      return String.fromCodePoint(code);
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4));
    if (octal !== null) {
      at += 1 + octal[0].length;
      return String.fromCodePoint(parseInt(octal[0], 8));
    }
    if (letter === undefined) fail("a character after the backslash");
    at += 2;
    // Python keeps the backslash of an escape it does not know.
    return Object.hasOwn(escapes, letter) ? escapes[letter] : `\\${letter}`;
  }
  function atom(): unknown {
    const word = /^[-+]?[\w.]+(?:(?<=[eE])[-+]\d+)?/.exec(text.slice(at, at + 400))?.[0] ?? "";
    if (Object.hasOwn(words, word)) {
      at += word.length;
      return words[word];
    }
    const [strange] =
      /^(?:[bB][rR]?|[rR][bB])(?=['"])|^[-+]?[\d.]+[jJ]/.exec(text.slice(at, at + 400)) ?? [];
    if (strange !== undefined) {
      throw new TypeError(
        `Cannot read a Python literal: ${
          /\d/.test(strange) ? "a complex number" : "bytes"
        } at character ${at + 1}, which has no counterpart`,
      );
    }
    const plain = word.replace(/(?<=\d)_(?=\d)/g, "");
    if (/^[-+]?(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(plain)) {
      at += word.length;
      const size = Number(plain.replace(/^[-+]/, ""));
      return plain.startsWith("-") ? -size : size;
    }
    if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(plain)) fail("a literal");
    at += word.length;
    return Number(plain);
  }

  const result = value(0);
  skip();
  if (at < text.length) fail("the end");
  return result;
}
