import type { MediationData } from "../../../lib/figure/assets/mediation.ts";
import type { MediatedPair } from "../../../lib/measure/assets/organizations/mediated_pairs.ts";
import { standings } from "../../../lib/measure/assets/organizations/third_party.ts";

/** Eleven models that carry fewer and fewer pairs, of every standing; the last one carries data of unknown owners. */
export function mediationInput(n: (plain: string) => string): MediationData {
  const carried = Array.from(
    { length: 11 },
    (_, i) =>
      Array.from({ length: 3 * (12 - i) }, (_, j): MediatedPair => ({
        dataset: n(`data ${j % 5}`),
        dataOwners: i === 10 ? [] : [n(`Lab ${j % 5}`), n("Science")],
        application: n(`product ${j}`),
        productOwners: [n(`Startup ${j % (1 + i)}`)],
        standing: standings[j % (1 + i % 4)],
        sole: j % 3 === 0,
      })),
  );
  const models = carried.map((pairs, i) => {
    const of = (standing: string) => pairs.filter((pair) => pair.standing === standing);
    return {
      name: n(`model ${i}`),
      owners: i === 1 ? [n("Meta"), n("Lab 1")] : [n("OpenAI")],
      pairs: of("thirdParty").length,
      share: of("thirdParty").length / 200,
      sole: of("thirdParty").filter(({ sole }) => sole).length,
      datasets: 5,
      applications: 7,
      dataOrganizations: 6,
      productOrganizations: 1 + i,
      organizations: 7 + i,
      ownData: of("ownData").length,
      ownProducts: of("ownProducts").length,
      joint: of("joint").length,
    };
  });
  return {
    mediation: {
      variant: "aliased",
      undocumentedData: false,
      known: { dataset: 40, model: 30, application: 60 },
      leftOut: { dataset: 1, model: 0, application: 2, undocumented: 34 },
      connections: 200,
      routes: { thirdParty: 90, ownData: 60, ownProducts: 40, joint: 6, none: 4 },
      sole: 50,
      severalRecords: {
        assets: ["Dragonfly", "Twin", "Gemini", "GLM"].map(n),
        connections: 12,
        thirdPartyWithout: 83,
      },
      models,
      organizations: [],
    },
    carried,
  };
}
