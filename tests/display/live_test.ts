import assert from "node:assert/strict";
import { AssetGraph, type FamilyTree, show, type Shown } from "kindred";
import { type BrowserPage, openBrowser } from "../../lib/task/chromium.ts";
import { chromium, needsChromium } from "../support.ts";
import { assetSnapshot } from "./inputs.ts";

/** Puts the pages of some outputs under each other, as a notebook does, and looks at them in Chromium. */
async function inBrowser(
  shown: readonly Shown[],
  look: (page: BrowserPage) => Promise<void>,
): Promise<void> {
  const outputs = await Promise.all(shown.map(async (one) => (await one.bundle())["text/html"]));
  const file = await Deno.makeTempFile({ suffix: ".html" });
  await Deno.writeTextFile(file, `<!doctype html><meta charset="utf-8">${outputs.join("\n")}`);
  const page = await openBrowser(chromium, { signal: new AbortController().signal });
  try {
    await page.goto(`file://${file}`);
    await page.until(
      "document.readyState === 'complete' && document.querySelector('[data-live]')",
      10,
    );
    await look(page);
  } finally {
    await page.close();
    await Deno.remove(file);
  }
}

/*
 *     r
 *    / \
 *   a   b
 *  / \
 * c   d
 */
const edges = [["r", "a"], ["r", "b"], ["a", "c"], ["a", "d"]] as const;
const family: FamilyTree = {
  root: "r",
  models: 5,
  edges: edges.map(([parent, child]) => ({ parent, child, relation: "finetune" })),
};
const rows = [
  { name: "b", count: 1000, day: new Date(3), note: null },
  { name: "a", count: 9, day: new Date(1), note: "x" },
  { name: "c", count: null, day: new Date(2), note: "w" },
  { name: "d", count: 9, day: new Date(4), note: "x" },
];

Deno.test({
  name:
    "show() in a page: heads sort by value, the tree collapses and all drawings zoom (skipped where there is no Chromium)",
  ignore: needsChromium(),
  async fn() {
    const graph = new AssetGraph(
      await assetSnapshot("- {type: dataset, name: The Pile, dependencies: [arXiv]}\n"),
    );
    const shown = [show(rows), show(rows), show(family), show(graph, { around: "arXiv" })];
    await inBrowser(shown, async (page) => {
      const names = (table: number) =>
        page.evaluate(
          `[...document.querySelectorAll("table")[${table}].tBodies[0].rows].map((row) => row.cells[0].textContent).join("")`,
        );
      const head = (i: number) => `document.querySelectorAll("table")[0].tHead.rows[0].cells[${i}]`;
      const press = (i: number) => page.evaluate(`${head(i)}.click()`);
      assert.equal(await page.evaluate(`${head(1)}.getAttribute("aria-sort")`), "none");
      await press(1);
      // Equal values stay as they were; what is missing comes last either way.
      assert.equal(await names(0), "adbc");
      assert.equal(await page.evaluate(`${head(1)}.getAttribute("aria-sort")`), "ascending");
      await press(1);
      assert.equal(await names(0), "badc");
      await press(1);
      assert.equal(await names(0), "bacd");
      await press(2);
      assert.equal(await names(0), "acbd");
      assert.equal(await page.evaluate(`${head(1)}.getAttribute("aria-sort")`), "none");
      await page.evaluate(
        `${head(0)}.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }))`,
      );
      assert.equal(await names(0), "abcd");
      assert.equal(await names(1), "bacd");

      const box = (i: number) => `document.querySelectorAll(".kindred-graph")[${i}]`;
      const node = (i: number) => `${box(0)}.querySelectorAll(".n")[${i}]`;
      const drawn = () =>
        page.evaluate(
          `[...${
            box(0)
          }.querySelectorAll(".n")].filter(({ style }) => style.display !== "none").map((n) => n.querySelector("text").textContent).join(" ")`,
        );
      assert.equal(await drawn(), "r a c d b");
      const places = () =>
        page.evaluate(
          `[...${box(0)}.querySelectorAll(".n")].map((n) => n.getAttribute("transform")).join()`,
        );
      const before = await places();
      await page.evaluate(`${node(1)}.dispatchEvent(new MouseEvent("click", { bubbles: true }))`);
      assert.equal(await drawn(), "r a +2 b");
      assert.equal(await page.evaluate(`${node(1)}.getAttribute("aria-expanded")`), "false");
      assert.equal(
        await page.evaluate(
          `[...${
            box(0)
          }.querySelectorAll(".edges path")].filter(({ style }) => style.display === "none").length`,
        ),
        2,
      );
      await page.evaluate(
        `${node(1)}.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }))`,
      );
      assert.equal(await drawn(), "r a c d b");
      // The script places what it opens again where the drawing had it.
      assert.equal(await places(), before);

      await page.evaluate(`${node(2)}.dispatchEvent(new PointerEvent("pointerenter"))`);
      assert.match(
        String(await page.evaluate(`${box(0)}.querySelector(".tip").textContent`)),
        /^c\nrelation: fine-tune$/,
      );
      assert.equal(await page.evaluate(`${box(0)}.querySelectorAll(".n.dim").length`), 2);
      for (const i of [0, 1]) {
        const view = () => page.evaluate(`${box(i)}.querySelector("svg").getAttribute("viewBox")`);
        const wide = async () => Number(String(await view()).split(" ")[2]);
        const whole = await wide();
        await page.evaluate(`${box(i)}.querySelector("button").click()`);
        assert.ok(await wide() < whole);
        await page.evaluate(`${box(i)}.querySelectorAll("button")[2].click()`);
        assert.equal(await wide(), whole);
        await page.evaluate(`document.activeElement.blur()`);
        const wheel = `${
          box(i)
        }.querySelector("svg").dispatchEvent(new WheelEvent("wheel", { deltaY: -1, cancelable: true }))`;
        assert.equal(await page.evaluate(wheel), true, "the page scrolls past");
        assert.equal(await wide(), whole);
        await page.evaluate(`${box(i)}.querySelector("svg").focus()`);
        assert.equal(await page.evaluate(wheel), false);
        assert.ok(await wide() < whole);
      }
      assert.equal(
        await page.evaluate(`document.querySelectorAll("[id]").length + document.images.length`),
        0,
      );
    });
  },
});

Deno.test("the scripts of pages are small and name nothing outside themselves", async () => {
  const pages = await Promise.all([show(rows), show(family)].map((one) => one.bundle()));
  for (const { "text/html": html } of pages) {
    const scripts = [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script]) => script);
    assert.equal(scripts.length, 1);
    assert.ok(scripts[0].length < 8_000, `${scripts[0].length} characters`);
    assert.doesNotMatch(html, /https?:(?!\/\/www\.w3\.org\/)/);
    assert.doesNotMatch(scripts[0], /\b(?:window|globalThis|fetch|import)\b/);
  }
});
