import assert from "node:assert/strict";
import { feedbackChannelsFigure } from "../../../lib/figure/assets/feedback_channels.ts";
import { modalityTrendsFigure } from "../../../lib/figure/assets/modality_trends.ts";
import { permissiveModalitiesFigure } from "../../../lib/figure/assets/permissive_modalities.ts";
import { readAssetTables } from "../../../lib/measure/assets/fields/asset_row.ts";
import { feedbackChannels } from "../../../lib/measure/assets/fields/feedback_channels.ts";
import { modalityTrends } from "../../../lib/measure/assets/fields/modality_trends.ts";
import { permissiveAssets } from "../../../lib/measure/assets/fields/permissive_assets.ts";
import { paths } from "../../../lib/paths.ts";
import { readAssetSnapshot } from "../../../lib/snapshot/asset_snapshot.ts";
import { snapshotOf } from "../../oracle/random_assets.ts";
import { source } from "../inputs.ts";
import { layoutFaults } from "../layout.ts";
import { feedbackInput } from "./feedback_input.ts";
import { modalityInput } from "./modality_input.ts";
import { permissiveInput } from "./permissive_input.ts";

const same = (name: string) => name;
const tables = await readAssetTables();
const sample = await readAssetSnapshot(paths.assets);
const empty = snapshotOf([]);

Deno.test("modalityTrendsFigure() draws the share of a modality that no model of a year has", () => {
  const data = modalityInput(same);
  const { values, svg } = modalityTrendsFigure(data, { source });
  assert.equal(values["output: robot movements"], 0);
  assert.deepEqual([values.undated, values.unsplit, values.notKnown, values.last], [2, 3, 5, 2023]);
  // The seventh modality has no room, and the first year too few models.
  assert.doesNotMatch(svg, /depth maps<|>2020</);
  assert.match(svg, />2021</);
});

Deno.test("modalityTrendsFigure() has one point where there is one year", () => {
  const { trends, ...data } = modalityInput(same);
  const { svg, values } = modalityTrendsFigure({
    ...data,
    trends: trends.map((trend) => ({ ...trend, years: trend.years.slice(0, 2) })),
  }, { source });
  assert.equal(values.last, 2021);
  assert.deepEqual(layoutFaults(svg), []);
});

Deno.test("permissiveModalitiesFigure() draws bars as wide as their families are large", () => {
  const { values, rows, svg } = permissiveModalitiesFigure(permissiveInput(same), { source });
  const bars = [...svg.matchAll(/<rect[^>]*>/g)].map(([rect]) => rect)
    .filter((rect) => rect.includes('fill="#009e73"'))
    .map((rect) => Number(/ width="([\d.]+)"/.exec(rect)![1]));
  // The third modality has 10 of 34, the first 40 of 90.
  assert.ok(Math.abs(bars[2] / bars[0] - (10 / 34) / (40 / 90)) < 0.01);
  assert.equal(values["model: text: permissive share"], 40 / 90);
  assert.equal(values.hidden, 2);
  assert.equal(rows.length, 12);
});

Deno.test("feedbackChannelsFigure() says how many records are silent", () => {
  const { values, caption } = feedbackChannelsFigure(feedbackInput(), { source });
  assert.deepEqual([values.records, values.silent], [1247, 346]);
  assert.equal(values["application: in-product"], 1);
  assert.match(caption, /900 of 1,234 datasets \(72\.9%\)/);
});

Deno.test("figures of the questions about assets draw the embedded sample, every caption number among their values", () => {
  const figures = [
    modalityTrendsFigure(modalityTrends(sample, tables.modalities), { source }),
    permissiveModalitiesFigure(permissiveAssets(sample, tables), { source }),
    feedbackChannelsFigure(feedbackChannels(sample), { source }),
  ];
  for (const { svg, caption, values, title } of figures) {
    assert.deepEqual(layoutFaults(svg), []);
    assert.doesNotMatch(title, /\d/);
    const known = Object.values(values).filter((value) => typeof value === "number");
    const shares = known.map((value) => `${(100 * value).toFixed(1)}%`);
    const counts = known.map((value) => value.toLocaleString("en-US"));
    const said = caption.replace("95% score", "").match(/\d[\d,.]*%?/g) ?? [];
    for (const number of said.map((text) => text.replace(/[.,]$/, ""))) {
      assert.ok(
        shares.includes(number) || counts.includes(number) || known.includes(Number(number)),
        `${title}: ${number}`,
      );
    }
  }
});

Deno.test("figures of the questions about assets refuse an empty snapshot", () => {
  assert.throws(
    () => modalityTrendsFigure(modalityTrends(empty, tables.modalities), { source }),
    /Cannot draw the modalities of models/,
  );
  assert.throws(
    () => permissiveModalitiesFigure(permissiveAssets(empty, tables), { source }),
    /Cannot draw licenses by modality/,
  );
  assert.throws(
    () => feedbackChannelsFigure(feedbackChannels(empty), { source }),
    /Cannot draw the channels of feedback/,
  );
});
