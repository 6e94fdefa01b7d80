import assert from "node:assert/strict";
import {
  auditAssets,
  auditModels,
  buildLineage,
  measureAssets,
  measureModels,
  readModelBlocks,
  show,
} from "kindred";
import { parseHTML } from "linkedom";
import { assetSnapshot } from "./inputs.ts";

const modelRows =
  '{"id":"a/base","tags":["en","license:mit"],"createdAt":"2024-01-01T00:00:00.000Z"}\n' +
  '{"id":"b/<b>","tags":["base_model:finetune:a/base","en","fr","license:gpl-3.0"]}\n' +
  '{"id":"c/lost","tags":["base_model:gone/away"]}\n';

/** Headings and tables of a shown report. */
async function read(html: string | Promise<{ [type: string]: string }>): Promise<Document> {
  const text = typeof html === "string" ? html : (await html)["text/html"];
  return parseHTML(`<body>${text}</body>`).document as unknown as Document;
}

/** The cells of the table under a heading that begins so. */
function tableUnder(document: Document, heading: string): string[][] {
  const title = [...document.querySelectorAll("h4")].find(({ textContent }) =>
    textContent!.startsWith(heading)
  );
  let next = title?.nextElementSibling;
  while (next && next.localName !== "div") next = next.nextElementSibling;
  return [...next!.querySelectorAll("tbody tr")].map((row) =>
    [...row.children].map((cell) => cell.textContent!)
  );
}

Deno.test("show() turns a report on models into headings and tables", async () => {
  const snapshot = await readModelBlocks([new TextEncoder().encode(modelRows)], { name: "three" });
  const { report } = measureModels(snapshot, buildLineage(snapshot));
  const document = await read(show(report).bundle());
  assert.equal(document.querySelector("h3")!.textContent, "Models of three");
  assert.match(
    document.querySelector("p")!.textContent!,
    /^3 models, 1 edge, raw tier \(sha256 [0-9a-f]{12}…\)\.$/,
  );
  assert.deepEqual(tableUnder(document, "Edges by relation")[1], [
    "finetune",
    "1",
    "100.0",
    "0",
    "0.0",
  ]);
  assert.deepEqual(tableUnder(document, "Models with most children"), [["a/base", "1"]]);
  const text = String(show(report));
  assert.match(text, /^Models of three\n3 models, 1 edge/);
  assert.match(text, /license\s+1\.000\s+1\.0\s+1/);
});

Deno.test("show() writes intervals behind their estimates, and nothing where there is none", async () => {
  const snapshot = await readModelBlocks([new TextEncoder().encode(modelRows)], { name: "three" });
  const { report } = measureModels(snapshot, buildLineage(snapshot));
  report.mutation.license.interval = [0.048, 0.259];
  report.mutation.license.rate = 0.13492;
  const document = await read(show(report).bundle());
  const rows = tableUnder(document, "Mutation");
  assert.deepEqual(rows.find(([trait]) => trait === "license")!.slice(0, 2), [
    "license",
    "0.135 (95% 0.048 to 0.259)",
  ]);
  assert.equal(rows.find(([trait]) => trait === "task")![1], "–");
});

Deno.test("show() turns a report on assets and audits into headings and tables", async () => {
  const assets = await assetSnapshot(
    "- {type: dataset, name: The Pile, organization: A, dependencies: [<script>]}\n" +
      "- {type: model, name: GPT-J, organization: B, dependencies: [The Pile]}\n",
  );
  const report = await read(show(measureAssets(assets)).bundle());
  assert.deepEqual(tableUnder(report, "Records by type")[1].slice(0, 2), ["model", "1"]);
  assert.deepEqual(tableUnder(report, "Most dependants in one step")[0], ["The Pile", "1"]);
  const html = (await show(auditAssets(assets)).bundle())["text/html"];
  const audit = await read(html);
  assert.equal(html.match(/<script>/g)!.length, 1);
  const [fault] = tableUnder(audit, "undocumentedDependency (1)");
  assert.equal(fault[1], "The Pile");
  assert.equal(fault[3], "<script>");
  const snapshot = await readModelBlocks([new TextEncoder().encode(modelRows)], { name: "three" });
  const models = await read(show(auditModels(snapshot, buildLineage(snapshot))).bundle());
  assert.equal(tableUnder(models, "Kinds of faults")[0][0], "missingParent");
});
