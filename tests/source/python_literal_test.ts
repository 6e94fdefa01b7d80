import assert from "node:assert/strict";
import fc from "fast-check";
import { parsePythonLiteral } from "../../lib/source/python_literal.ts";
import { needsNetworkx, python } from "../support.ts";
import { pythonRepr } from "../fixtures/write_formats.ts";

const values: [literal: string, value: unknown][] = [
  ["None", null],
  ["True", true],
  [" False\n", false],
  ["0", 0],
  ["-12", -12],
  ["1_000", 1000],
  ["0x1F", 31],
  ["-0o17", -15],
  ["0b101", 5],
  ["1.", 1],
  ["-.5e-3", -0.0005],
  ["1E+05", 100000],
  ["inf", Infinity],
  ["-inf", -Infinity],
  ["nan", NaN],
  ["-nan", NaN],
  ["''", ""],
  ["'it\\'s'", "it's"],
  ['"it\'s"', "it's"],
  ["'''a\n'b'''", "a\n'b"],
  ['"""say "so" now"""', 'say "so" now'],
  ["'a' \"b\"\n  'c'", "abc"],
  ["r'\\n\\''", "\\n\\'"],
  ["u'x' R\"\\t\"", "x\\t"],
  ["'\\n\\t\\r\\a\\b\\f\\v\\\\\\\"'", '\n\t\r\x07\b\f\v\\"'],
  ["'\\x41\\u00e9\\U0001F600\\101\\0'", "Aé😀A\0"],
  ["'\\d\\\nx'", "\\dx"],
  ["[]", []],
  ["[1, [2, []], 'x',]", [1, [2, []], "x"]],
  ["()", []],
  ["(1,)", [1]],
  ["(1)", 1],
  ["('a,)')", "a,)"],
  ["(1, 2)", [1, 2]],
  ["{}", {}],
  ["{'a': {'b': [None]}, 2: 'c', None: 1,}", { a: { b: [null] }, 2: "c", None: 1 }],
];
Deno.test("parsePythonLiteral() reads every kind of literal", () => {
  for (const [literal, value] of values) {
    assert.deepEqual(parsePythonLiteral(literal), value, literal);
  }
});

Deno.test("parsePythonLiteral() says at which character a text is no literal", () => {
  const bad: [string, RegExp][] = [
    ["", /at character 1 found the end, expected a literal/],
    ["[1,,2]", /at character 4 found ",2\]", expected a literal/],
    ["[1 2]", /at character 4 found "2\]", expected "," or "\]"/],
    ["[1", /at character 3 found the end, expected "," or "\]"/],
    ["'abc", /expected the closing '/],
    ["'a\nb'", /at character 3 .*expected the closing '/],
    ["'\\x4'", /expected \\x and 2 hexadecimal digits/],
    ["'\\U00110000'", /expected \\U and 8 hexadecimal digits/],
    ["'\\", /expected a character after the backslash/],
    ["{'a'}", /expected ":"/],
    ["{'a': 1 'b'}", /expected "," or "}"/],
    ["{1, 2}", /expected ":"/],
    ["[1] x", /at character 5 found "x", expected the end/],
    ["__import__('os')", /at character 1 found "__import__\('os'\)", expected a literal/],
    ["f'{x}'", /expected a literal/],
    ["--1", /expected a literal/],
    ["nan1", /expected a literal/],
    ["true", /expected a literal/],
  ];
  for (const [literal, message] of bad) {
    assert.throws(() => parsePythonLiteral(literal), { name: "SyntaxError", message }, literal);
  }
});

Deno.test("parsePythonLiteral() refuses what has no counterpart", () => {
  for (
    const [literal, message] of [
      ["[b'x']", /bytes at character 2/],
      ["rb'x'", /bytes at character 1/],
      ["3j", /a complex number at character 1/],
      ["{(1, 2): 3}", /a dict key before character 8/],
    ] as const
  ) assert.throws(() => parsePythonLiteral(literal), { name: "TypeError", message });
});

Deno.test("parsePythonLiteral() refuses nesting beyond 200 levels without running out of stack", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  assert.ok(Array.isArray(parsePythonLiteral(nested(200))));
  for (
    const text of [nested(300), "[".repeat(1_000_000), "{1:".repeat(1_000_000), "(".repeat(999)]
  ) {
    assert.throws(() => parsePythonLiteral(text), {
      name: "SyntaxError",
      message: /at most 200 levels of nesting/,
    });
  }
});

Deno.test("parsePythonLiteral() keeps hostile keys as keys", () => {
  const read = parsePythonLiteral(
    "{'__proto__': {'polluted': 1}, 'constructor': 2, 'toString': None}",
  ) as Record<string, unknown>;
  assert.deepEqual(Object.keys(read), ["__proto__", "constructor", "toString"]);
  assert.equal(Object.getPrototypeOf(read), Object.prototype);
  assert.equal(({} as { polluted?: number }).polluted, undefined);
});

const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom("'", '"', "\\", "\n", "a", "é", "😀") }),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: "grapheme" }), tie("value"), { maxKeys: 4 }),
  ),
})).value;

Deno.test("parsePythonLiteral() reads back the repr of any value", () => {
  fc.assert(
    fc.property(anything, (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      assert.deepEqual(parsePythonLiteral(pythonRepr(plain)), plain);
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test({
  name:
    "parsePythonLiteral() agrees with Python's own repr and literal_eval (skipped without networkx)",
  ignore: needsNetworkx(),
  fn() {
    const texts = ["it's", 'say "so"', "' and \"", "\\n\n\t\0\x7f\x80\u2028\ufeff", "é😀", "\\"];
    const input = [texts, { a: texts, "it's": null }, [1.5, -2, 1e300, true], []];
    const script = "import ast, json, sys\nvalues = json.loads(sys.argv[1])\n" +
      "print(json.dumps([[repr(v), json.dumps(ast.literal_eval(repr(v)))] for v in values]))";
    const { success, stdout } = new Deno.Command(python, {
      args: ["-c", script, JSON.stringify(input)],
    }).outputSync();
    assert.ok(success);
    for (const [literal, json] of JSON.parse(new TextDecoder().decode(stdout))) {
      assert.deepEqual(parsePythonLiteral(literal), JSON.parse(json));
    }
  },
});

Deno.test("parsePythonLiteral() ends in a value or a clear error when literals are damaged", () => {
  fc.assert(
    fc.property(
      anything,
      fc.nat(),
      fc.string({ unit: "binary", maxLength: 3 }),
      (value, at, junk) => {
        const literal = pythonRepr(JSON.parse(JSON.stringify(value)));
        const cut = at % (literal.length + 1);
        try {
          parsePythonLiteral(literal.slice(0, cut) + junk + literal.slice(cut + 1));
        } catch (error) {
          assert.ok(error instanceof SyntaxError || error instanceof TypeError, String(error));
          assert.match(error.message, /^Cannot read a Python literal: /);
        }
      },
    ),
    { seed: 1, numRuns: 500 },
  );
});
