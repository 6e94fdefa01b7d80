import assert from "node:assert/strict";
import { allFigures } from "../../lib/figure/all_figures.ts";
import { paths } from "../../lib/paths.ts";
import { inputs } from "./inputs.ts";

const folder = `${paths.tests}golden/`;
const { figures } = allFigures(inputs({ simulated: true }));

Deno.test("allFigures() draws every figure in the order of their numbers", () => {
  assert.deepEqual(figures.map(({ name }) => name), [
    "01_asset_hubs",
    "02_asset_growth",
    "03_organization_flows",
    "04_top_tens",
    "05_family_trees",
    "06_family_growth",
    "07_mutation_rates",
    "08_transition_matrices",
    "09_drift_lines",
    "10_transition_graphs",
    "11_trait_persistence",
    "12_kinship_metadata",
    "13_kinship_cards",
    "14_row_diff",
    "15_card_terms",
    "16_modality_trends",
    "17_permissive_modalities",
    "18_size_trends",
    "19_release_strategy",
    "20_feedback_channels",
    "21_hub_rankings",
    "22_organization_sankey",
    "23_mediation",
    "24_concentration",
    "25_removal",
    "26_patterns",
    "27_hubs_moved",
  ]);
});

for (const { name, function: drawer, svg } of figures) {
  Deno.test(`${drawer}() draws tests/golden/${name}.svg`, async () => {
    const path = `${folder}${name}.svg`;
    const fresh = `${folder}${name}.new.svg`;
    const golden = await Deno.readTextFile(path).catch(() => null);
    if (golden === null && Deno.env.get("UPDATE_GOLDEN") === "1" && !Deno.env.get("CI")) {
      await Deno.writeTextFile(path, svg);
      return;
    }
    if (golden === svg) {
      await Deno.remove(fresh).catch(() => {});
      return;
    }
    if (!Deno.env.get("CI")) await Deno.writeTextFile(fresh, svg);
    assert.fail(
      golden === null
        ? `${path} is missing: look at ${fresh} and run the test with UPDATE_GOLDEN=1`
        : `${path} differs from what is drawn now: compare it with ${fresh} and, where the change is meant, put that in its place`,
    );
  });
}
