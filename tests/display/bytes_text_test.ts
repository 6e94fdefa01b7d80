import assert from "node:assert/strict";
import { bytesText } from "../../lib/display/bytes_text.ts";

Deno.test("bytesText() takes the unit that people would", () => {
  const cases: [number, string][] = [
    [0, "0 bytes"],
    [999, "999 bytes"],
    [1000, "1.0 kB"],
    [999_949, "999.9 kB"],
    [999_950, "1.0 MB"],
    [1_234_567_890, "1.2 GB"],
    [9e18, "9000.0 PB"],
  ];
  for (const [bytes, text] of cases) assert.equal(bytesText(bytes), text);
});
