import type { TaskGroup } from "../measure/task_groups.ts";
import type { AssetLicenseFamily } from "../measure/assets/fields/asset_license.ts";
import type { LicenseFamily } from "../source/license_terms.ts";

/** Colours of license families and task groups; none is near the colour that marks a contradiction. */
export const groupColours: Readonly<Record<LicenseFamily | TaskGroup, string>> = {
  "commercial-terms": "#0072b2",
  "use-restricted": "#e69f00",
  "non-commercial": "#cc79a7",
  copyleft: "#56b4e9",
  permissive: "#009e73",
  unspecified: "#8a929c",
  language: "#0072b2",
  vision: "#e69f00",
  audio: "#cc79a7",
  multimodal: "#009e73",
  control: "#56b4e9",
  tabular: "#7a6a00",
  other: "#8a929c",
};

/** The groups as figures name them, in the order of legends. */
export const groupNames: Readonly<Record<LicenseFamily | TaskGroup, string>> = {
  "commercial-terms": "commercial terms",
  "use-restricted": "use restrictions",
  "non-commercial": "non-commercial",
  copyleft: "copyleft",
  permissive: "permissive",
  unspecified: "not specified",
  language: "language",
  vision: "vision",
  audio: "audio",
  multimodal: "multimodal",
  control: "control",
  tabular: "tabular",
  other: "other",
};

/** License families of assets from the freest to the most binding, then what names none: key, name and colour. */
export const assetLicenseGroups: readonly {
  family: AssetLicenseFamily;
  name: string;
  fill: string;
}[] = [
  ...([
    "permissive",
    "copyleft",
    "non-commercial",
    "use-restricted",
    "commercial-terms",
  ] as const).map((family) => ({
    family,
    name: groupNames[family],
    fill: groupColours[family],
  })),
  { family: "unspecified", name: "other terms", fill: groupColours.unspecified },
  { family: "none", name: "says there is none", fill: "#b3bac2" },
  { family: "unknown", name: "says unknown", fill: "#d3d8dd" },
  { family: "absent", name: "says nothing", fill: "#eaedf0" },
];
