import assert from "node:assert/strict";
import {
  assetModality,
  modalitiesOf,
} from "../../../../lib/measure/assets/fields/asset_modality.ts";
import { readCell } from "../../../../lib/source/asset_cell.ts";
import type { AssetType } from "../../../../lib/source/asset_record.ts";
import { readModalityTerms } from "../../../../lib/source/modality_terms.ts";

const terms = await readModalityTerms();
const read = (type: AssetType, value: unknown) => {
  const field = type === "application" ? "output_space" : "modality";
  const { state, ...lists } = assetModality({ type, cells: { [field]: readCell(value) } }, terms);
  return [
    state,
    ...Object.entries(lists).filter(([, list]) => list.length > 0).map(
      ([side, list]) => `${side}: ${list.join(" + ")}`,
    ),
  ].join("; ");
};

Deno.test("assetModality() splits a model's modality at one semicolon", () => {
  const cases: [text: unknown, expected: string][] = [
    ["image, text; text", "known; input: image + text; output: text"],
    ["Text , Images;\n image,video", "known; input: image + text; output: image + video"],
    ["text ;text", "known; input: text; output: text"],
    ["speech; Text (English, French)", "known; input: audio; output: text"],
    ["text; text, vision", "known; input: text; output: image + text"],
    ["text; unknown", "known; input: text"],
    ["; text", "known; output: text"],
    [
      "amino acid sequence; protein structure",
      "known; input: protein sequence; output: protein structure",
    ],
    ["images, text; robot trajectories", "known; input: image + text; output: robotics"],
    ["text; dreams", "known; input: text; output: dreams"],
    [["text; image"], "known; input: text; output: image"],
  ];
  for (const [text, expected] of cases) assert.equal(read("model", text), expected, String(text));
});

Deno.test("assetModality() does not guess which side of a model is meant when there is no one semicolon", () => {
  assert.equal(read("model", "image, text"), "unsplit; content: image + text");
  assert.equal(read("model", "Text (English) and Code"), "unsplit; content: code + text");
  assert.equal(read("model", "text; image; video"), "unsplit; content: image + text + video");
  assert.equal(
    read("model", "Text, Images, Control/Robotics"),
    "unsplit; content: image + robotics + text",
  );
});

Deno.test("assetModality() reads a dataset's content as one list", () => {
  const cases: [text: string, expected: string][] = [
    ["text; text", "known; content: text"],
    ["Video, Image-Text", "known; content: image + text + video"],
    ["Text (46 languages) and Code (13 programming languages)", "known; content: code + text"],
    ["image-caption pairings", "known; content: image + text"],
    ["video with caption", "known; content: text + video"],
    [
      "Text, Text-Image pairs, simulated control tasks, robotics simulations",
      "known; content: image + robotics + simulated control tasks + text",
    ],
    ["time series", "known; content: time-series"],
    ["text, and audio", "known; content: audio + text"],
  ];
  for (const [text, expected] of cases) assert.equal(read("dataset", text), expected, text);
});

Deno.test("assetModality() takes of an application only words of the table", () => {
  assert.equal(read("application", "Text Generation, Text Completion"), "known; output: text");
  assert.equal(read("application", "text, product suggestions"), "known; output: text");
  assert.equal(read("application", "generation and embeddings"), "known; output: embedding");
  assert.equal(read("application", "Given a prompt, the API provides text."), "unread");
  assert.equal(read("application", "Generation"), "unread");
});

Deno.test("assetModality() keeps unknown, none and absent apart", () => {
  for (const type of ["dataset", "model", "application"] as const) {
    assert.equal(read(type, "Unknown"), "unknown");
    assert.equal(read(type, "none"), "none");
    assert.equal(read(type, ""), "absent");
    assert.equal(read(type, new Map([["explanation", "why"]])), "absent");
    assert.deepEqual(assetModality({ type, cells: {} }, terms).state, "absent");
  }
  assert.equal(read("model", "unknown; unknown"), "unknown");
  assert.equal(read("dataset", "(,)"), "unknown");
});

Deno.test("assetModality() keeps hostile words as text", () => {
  assert.equal(
    read("model", "__proto__, constructor; <script>alert'1'</script>, =cmd"),
    "known; input: __proto__ + constructor; output: <script>alert'1'</script> + =cmd",
  );
  for (const text of ["(".repeat(200_000), "and ".repeat(100_000), ";".repeat(200_000)]) {
    read("model", text);
  }
});

Deno.test("modalitiesOf() unites the sides", () => {
  const lists = { input: ["text", "image"], output: ["text"], content: ["audio"] };
  assert.deepEqual(modalitiesOf({ ...lists, state: "known" }), ["audio", "image", "text"]);
});
