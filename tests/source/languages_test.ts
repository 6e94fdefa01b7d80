import assert from "node:assert/strict";
import { paths } from "../../lib/paths.ts";
import { isLanguage, languageCodes, languageName } from "../../lib/source/languages.ts";
import { needsShared } from "../support.ts";

Deno.test("isLanguage() knows 185 codes and nothing else when tags are short or hostile", () => {
  assert.equal(new Set(languageCodes).size, 185);
  for (const code of languageCodes) {
    assert.match(code, /^[a-z]{2}$/);
    assert.ok(isLanguage(code));
    assert.match(languageName(code), /^\p{Lu}[\p{L} -]+$/u);
  }
  for (const tag of ["", "EN", "tf", "eng", "xx", "zh-CN", "__proto__", "constructor"]) {
    assert.ok(!isLanguage(tag), tag);
  }
});

Deno.test("languageName() agrees with the runtime's names when asked for common languages", () => {
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  for (
    const code of ["en", "zh", "fr", "es", "de", "ja", "ko", "it", "pt", "ru", "ar", "hi", "sw"]
  ) {
    assert.equal(languageName(code), names.of(code));
  }
  assert.equal(languageName("__proto__"), "__proto__");
});

const list = `${paths.shared}iso639-1.txt`;
Deno.test({
  name: "languageCodes equals the reference list (skipped where the shared data is absent)",
  ignore: needsShared("iso639-1.txt"),
  fn() {
    assert.deepEqual(languageCodes, Deno.readTextFileSync(list).trim().split(/\s+/));
  },
});
