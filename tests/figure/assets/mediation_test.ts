import assert from "node:assert/strict";
import { mediationFigure } from "../../../lib/figure/assets/mediation.ts";
import { AssetGraph } from "../../../lib/graph/assets.ts";
import {
  mediation,
  type SeveralRecords,
} from "../../../lib/measure/assets/organizations/mediation.ts";
import { snapshotOf } from "../../oracle/random_assets.ts";
import { hostile, source } from "../inputs.ts";
import { layoutFaults } from "../layout.ts";
import { mediationInput } from "./mediation_input.ts";

const options = { source, variant: "aliased" } as const;
const data = mediationInput((name) => name);

Deno.test("mediationFigure() says of its caption's numbers what they are", () => {
  const { values, rows, caption, note } = mediationFigure(data, { ...options, resolved: true });
  assert.deepEqual(values, {
    connections: 200,
    thirdParty: 90,
    ownData: 60,
    ownProducts: 40,
    joint: 6,
    none: 4,
    sole: 50,
    severalRecords: 12,
    thirdPartyWithout: 83,
    thirdPartyShare: 0.45,
    ownDataShare: 0.3,
    first: "model 0",
    firstPairs: 36,
  });
  assert.match(caption, /200 pairs.* 90 \(45\.0%\) .* 50 of them .* 60 \(30\.0%\)/);
  assert.match(note, /table of aliases.* 1 dataset, 0 models, 2 products and 34 undocumented/);
  assert.equal(rows.length, 10);
  assert.deepEqual(rows[1], {
    model: "model 1",
    owners: "Meta; Lab 1",
    pairs: 17,
    sole: 6,
    ownData: 16,
    ownProducts: 0,
    joint: 0,
    datasets: 5,
    applications: 7,
    dataOrganizations: 6,
    productOrganizations: 2,
  });
});

Deno.test("mediationFigure() says in its note what rests on names of several records, where any do", () => {
  const noteOf = (severalRecords: SeveralRecords) =>
    mediationFigure({ ...data, mediation: { ...data.mediation, severalRecords } }, options).note;
  assert.match(
    noteOf(data.mediation.severalRecords),
    /\. 12 of the 200 pairs pass through a name of several records: Dragonfly, Twin, Gemini and 1 more; without them, 83 are carried by a third party's model\. Left out/,
  );
  assert.match(
    noteOf({ assets: ["<script>"], connections: 1, thirdPartyWithout: 1 }),
    /1 of the 200 pairs passes through a name of several records: <script>; without it, 1 is carried/,
  );
  assert.doesNotMatch(
    noteOf({ assets: [], connections: 0, thirdPartyWithout: 90 }),
    /several records/,
  );
});

Deno.test("mediationFigure() draws as many models as asked for, unknown owners among them", () => {
  const { svg, rows } = mediationFigure(data, { ...options, top: 20 });
  assert.equal(rows.length, 11);
  assert.equal(svg.split("owner not known").length, 2);
  assert.deepEqual(layoutFaults(svg), []);
  assert.equal(mediationFigure(data, { ...options, top: 1 }).rows.length, 1);
});

Deno.test("mediationFigure() keeps its texts apart when numbers are large and names hostile", () => {
  const named = mediationInput((name) =>
    hostile[[...name].reduce((sum, character) => sum + character.codePointAt(0)!, 0) % 11]
  );
  const { svg } = mediationFigure({
    ...named,
    mediation: {
      ...named.mediation,
      connections: 12_345_678,
      routes: {
        thirdParty: 2_345_678,
        ownData: 9_999_990,
        ownProducts: 8,
        joint: 1,
        none: 1,
      },
      models: named.mediation.models.map((model) => ({ ...model, ownData: 9_876_543 })),
    },
  }, options);
  assert.deepEqual(layoutFaults(svg), []);
  assert.ok(!svg.includes("<script"));
});

Deno.test("mediationFigure() refuses a graph without connections and lists that do not fit", () => {
  const none = mediation(new AssetGraph(snapshotOf([])));
  assert.throws(() => mediationFigure({ mediation: none, carried: [] }, options), {
    name: "RangeError",
    message: /found 0 connections and 0 models/,
  });
  assert.throws(() => mediationFigure({ ...data, carried: [] }, options), {
    name: "RangeError",
    message: /found pairs of 0 models, expected those of 11/,
  });
});
