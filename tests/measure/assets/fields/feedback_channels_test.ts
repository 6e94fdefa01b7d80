import assert from "node:assert/strict";
import { feedbackChannel } from "../../../../lib/measure/assets/fields/feedback_channel.ts";
import { feedbackChannels } from "../../../../lib/measure/assets/fields/feedback_channels.ts";
import { paths } from "../../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../../lib/snapshot/asset_snapshot.ts";
import { readCell } from "../../../../lib/source/asset_cell.ts";
import { assetTypes } from "../../../../lib/source/asset_record.ts";
import { assetRecord, snapshotOf } from "../../../oracle/random_assets.ts";
import { needsShared } from "../../../support.ts";

Deno.test("feedbackChannel() follows its rules", () => {
  const cases: [text: string, channels: string, addresses?: string[]][] = [
    ["https://huggingface.co/a/b/discussions", "hub", ["https://huggingface.co/a/b/discussions"]],
    ["[https://hf.co/a](https://hf.co/a)", "hub", ["https://hf.co/a"]],
    ["https://nothuggingface.co/a", "web", ["https://nothuggingface.co/a"]],
    ["Likely through the HuggingFace platform.", "hub"],
    ["https://github.com/a/b/issues", "github", ["https://github.com/a/b/issues"]],
    ["On [[GitHub Issues]](https://github.com/a/b/issues).", "github", [
      "https://github.com/a/b/issues",
    ]],
    ["A page of the code [[Page]] (https://github.com/a/b/discussions)", "github", [
      "https://github.com/a/b/discussions",
    ]],
    // Citations are evidence, not places.
    ["Email the authors [[Paper]](https://arxiv.org/pdf/1.pdf).", "email"],
    [
      "The form linked in the card [[Model Card]](https://github.com/a/b/blob/main/contact.md).",
      "form",
    ],
    ["Contact the authors [[Paper]](https://arxiv.org/pdf/1.pdf).", "other"],
    ["Write to help@a-b.org!", "email", ["mailto:help@a-b.org"]],
    ["Send it to info at ai21.com", "email"],
    ["{ann, bob} at lab.edu", "email"],
    ["Feedback can be provided at openai.com", "web"],
    ["Submitted at [bing.com](bing.com).", "web"],
    ["Through the organization's website.", "web"],
    ["By a form on their website.", "form"],
    ["Via https://www.together.ai/contact", "form", ["https://www.together.ai/contact"]],
    ["https://help.openai.com", "form", ["https://help.openai.com"]],
    ["https://www.upstage.ai/solar-llm", "web", ["https://www.upstage.ai/solar-llm"]],
    ["Join Discord, Twitter, or write to a@b.ai", "email + community", ["mailto:a@b.ai"]],
    ["Submitted directly in-product.", "in-product"],
    ["Thumbs below each answer.", "in-product"],
    ["The talk page of each article.", "community"],
    ["The broader research community informs us.", "other"],
    ["Problems should be reported to the team.", "other"],
  ];
  for (const [text, channels, addresses = []] of cases) {
    const found = feedbackChannel(text);
    assert.equal(found.channels.join(" + "), channels, text);
    assert.deepEqual(found.addresses, addresses, text);
  }
});

Deno.test("feedbackChannel() makes no address of hostile text, and reads it in linear time", () => {
  for (
    const text of [
      "javascript:alert(1)",
      "data:text/html,x",
      "mailto:",
      "@",
      "a@b",
      "https://u:p@a.org",
    ]
  ) {
    assert.deepEqual(feedbackChannel(text).addresses, [], text);
  }
  const long = 200_000;
  for (const part of ["[[", "a at ", "a.", "a@", "[[a]](", "@a.b", "https://", "a-"]) {
    assert.ok(feedbackChannel(part.repeat(long / part.length)).channels.length > 0);
  }
});

Deno.test("feedbackChannels() counts by type and organization, and keeps none, unknown and absent apart", () => {
  const record = (name: string, feedback: unknown, organization = "") =>
    assetRecord({ name, organization, cells: { feedback: readCell(feedback) } });
  const { rows, byType, byOrganization } = feedbackChannels(snapshotOf([
    record("a", "a@b.org and https://github.com/a/b/issues", "Lab"),
    record("b", "none", "Lab"),
    record("c", "Unknown", "constructor"),
    record("d", new Map([["value", ""], ["explanation", "write to a@b.org"]])),
    assetRecord({ name: "e", type: "dataset" }),
    record("a", "Say it on Discord"),
  ]));
  assert.deepEqual(rows.map(({ name, channels }) => [name, channels]), [
    ["a", ["github", "email"]],
    ["a", ["community"]],
  ]);
  const [dataset, model, application] = byType;
  assert.deepEqual([dataset.records, dataset.absent, application.records], [1, 1, 0]);
  const { channels, ...counts } = model;
  assert.deepEqual(counts, { type: "model", records: 5, known: 2, none: 1, unknown: 1, absent: 1 });
  assert.deepEqual([channels.email, channels.github, channels.community, channels.hub], [
    1,
    1,
    1,
    0,
  ]);
  assert.deepEqual(
    byOrganization.map(({ organization, records, known }) => [organization, records, known]),
    [
      ["", 3, 1],
      ["Lab", 2, 1],
      ["constructor", 1, 0],
    ],
  );
});

Deno.test({
  name: "feedbackChannels() reads the snapshots of Ecosystem Graphs (needs shared data)",
  ignore: needsShared("data/ecosystem-graphs/"),
  async fn() {
    const read = async (date: string) =>
      feedbackChannels(
        await readAssetSnapshot(`${paths.shared}data/ecosystem-graphs/${date}/assets`),
      );
    const late = await read("2025-01-24");
    assert.deepEqual(
      late.byType.map((
        { type, records, known, none, unknown, absent },
      ) => [type, records, known, none, unknown, absent]),
      [["dataset", 112, 35, 17, 9, 51], ["model", 429, 183, 75, 41, 130], [
        "application",
        98,
        16,
        1,
        10,
        71,
      ]],
    );
    assert.deepEqual(
      late.byType.map(({ channels }) => [channels.hub, channels.github, channels.email]),
      [
        [21, 3, 11],
        [137, 4, 15],
        [1, 2, 10],
      ],
    );
    const early = await read("2023-03-20");
    assert.deepEqual(early.byType.map(({ known, records }) => [known, records]), [[11, 64], [
      20,
      128,
    ], [8, 70]]);
    for (const { rows, byType, byOrganization } of [early, late]) {
      assert.equal(rows.length, byType.reduce((sum, { known }) => sum + known, 0));
      assert.equal(rows.length, byOrganization.reduce((sum, { known }) => sum + known, 0));
      assert.deepEqual(byType.map(({ type }) => type), [...assetTypes]);
      for (const { records, known, none, unknown, absent } of byType) {
        assert.equal(records, known + none + unknown + absent);
      }
      // Nothing is made up: what stands behind a scheme stands in the text.
      for (const { text, addresses } of rows) {
        for (const address of addresses) {
          assert.ok(text.includes(address.replace(/^mailto:/, "")), text);
        }
      }
    }
  },
});
